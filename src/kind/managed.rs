//! What kinds have in common whose recovery points AWS Backup manages fully: these are its own resources, under the key
//! of the vault that they lie in.

use super::call::End::{From, To};
use super::call::Phase::{BackUp, Copy};
use super::call::{Call, On, Thing::Point};
use super::every::POLICY_AND_REFERENCE;
use super::{ArnForm, Points};
use crate::reason::{Sentence, reasons};

/// The recovery points.
pub(super) const POINTS: Points = Points {
    form: ArnForm { service: "backup", before: "recovery-point:" },
    // https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html
    pattern: "*",
    made: "12a34a56-7bb8-901c-cd23-4567d8e9ef01",
    copied: "8a92c3f1-b475-4d9e-95e6-7c138f2d4b0a",
    others: &[],
};

/// Their type, and another of AWS Backup's with ARNs of the same form.
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html>.
pub(super) const LOOKALIKE: (&str, &str) = ("recovery-point:", "legal-hold:");

/// What the role may never do with a recovery point.
pub(super) const REFUSED_ON_POINTS: &[&str] =
    &["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle", "backup:UntagResource"];

const TAGGING: Sentence = Sentence {
    en: "AWS's policy allows it on the recovery points of every region, where the account is the role's own. The account stands in these ARNs, so no condition has to ask for it.",
    ja: "AWS のポリシーは、ロールと同じアカウントという条件付きで、全リージョンの復旧ポイントに対して許可しています。ここでは ARN でアカウントを指定しているため、条件は不要です。",
};

/// The tags of recovery points.
pub(super) const TAGS: &[Call] = &[
    Call::new(BackUp, "backup:TagResource", &[On(Point, From)], &TAG_RECOVERY_POINTS)
        .from(POLICY_AND_REFERENCE)
        .noting(TAGGING),
    Call::new(Copy, "backup:TagResource", &[On(Point, To)], &TAG_RECOVERY_POINTS)
        .from(POLICY_AND_REFERENCE)
        .noting(TAGGING),
];

reasons! {
    /// Tagging recovery points.
    TAG_RECOVERY_POINTS "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html"
    why "Recovery points that AWS Backup manages fully are its own resources, and so are their tags: those of the resource on backups, and those of the recovery point on copies." "AWS Backup が完全に管理する復旧ポイントは AWS Backup 自身のリソースで、タグも AWS Backup のものです。バックアップにはリソースのタグを、コピーには復旧ポイントのタグを付けます。"
    without "A job that may not set the tags of what it makes fails." "作成したものにタグを付けられないジョブは失敗します。"

    /// Recovery points in the source region.
    POINTS_AT_SOURCE "https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html"
    why "AWS Backup chooses the ids of its recovery points, and a new one for each job: hence the `*`. An id does not say of which resource it is. The role may tag them and copy from them, and delete none." "復旧ポイントの ID は AWS Backup がジョブごとに決めるため、`*` で指定します。ID からはどのリソースのものかわかりません。ロールにできるのはタグ付けとコピーの読み取りだけで、削除はできません。"
    without "Backup and copy jobs are denied at the recovery point." "バックアップジョブとコピージョブが復旧ポイントへのアクセスで拒否されます。"

    /// Recovery points in a destination region.
    POINTS_AT_DESTINATION "https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html"
    why "Copies are recovery points of AWS Backup in the destination region. The role tags those that it makes there, and copies from them on the way back." "コピーは、コピー先リージョンにある AWS Backup の復旧ポイントです。ロールは、作成したコピーにタグを付け、コピーバックのときに読み取ります。"
    without "Copy jobs are denied at the recovery point that they make, copies back at the one that they read." "コピージョブは作成する復旧ポイント、コピーバックは読み取る復旧ポイントへのアクセスで拒否されます。"
}
