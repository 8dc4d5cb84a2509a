//! What kinds have in common whose recovery points AWS Backup manages fully: these are its own resources, under the key
//! of the vault that they lie in.

use super::call::End::{From, To};
use super::call::Phase::{BackUp, Copy, Restore};
use super::call::{Call, Circumstance, On, Phase, Source, Source::RestorePolicy, Thing::Point};
use super::every::{DATA_KEY_ACTIONS, POLICY_AND_REFERENCE};
use super::{ArnForm, Points};
use crate::reason::{Reason, Sentence, reasons};

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

/// What is done with a key, and why.
pub(super) struct KeyUses {
    /// Why it is looked at, why its use is granted, and why its data keys are used.
    pub(super) why: [&'static Reason; 3],
    /// Under which circumstance its use is granted.
    pub(super) grant: Circumstance,
    /// Under which circumstance its data keys are used.
    pub(super) data: Circumstance,
    /// What the sources disagree on.
    pub(super) note: Sentence,
}

impl KeyUses {
    /// What backups and copies do with it: as much as AWS's policy for backups has, and its page on encryption asks for.
    pub(super) const fn of_job(
        &self,
        phase: Phase,
        on: &'static [On],
        described: &'static [Source],
        used: &'static [Source],
    ) -> [Call; 4] {
        let [decrypt, _, generate, ..] = DATA_KEY_ACTIONS;
        let [describe, grant] = self.describe_and_grant(phase, on);
        [
            describe.from(described),
            grant.from(used),
            self.use_data_keys(phase, on, decrypt).from(used),
            self.use_data_keys(phase, on, generate).from(used),
        ]
    }

    /// What a restore does with it; of its data keys only AWS's restore policy tells.
    pub(super) const fn of_restore(&self, on: &'static [On], known_from: &'static [Source]) -> [Call; 8] {
        const fn data(uses: &KeyUses, on: &'static [On], action: &'static str) -> Call {
            uses.use_data_keys(Restore, on, action).from(&[RestorePolicy])
        }
        let [decrypt, encrypt, generate, without, from, to] = DATA_KEY_ACTIONS;
        let [describe, grant] = self.describe_and_grant(Restore, on);
        [
            describe.from(known_from),
            grant.from(known_from),
            data(self, on, decrypt),
            data(self, on, encrypt),
            data(self, on, generate),
            data(self, on, without),
            data(self, on, from),
            data(self, on, to),
        ]
    }

    const fn describe_and_grant(&self, phase: Phase, on: &'static [On]) -> [Call; 2] {
        let [describe, grant, _] = self.why;
        [
            Call::new(phase, "kms:DescribeKey", on, describe).noting(self.note),
            Call::new(phase, "kms:CreateGrant", on, grant).under(self.grant).noting(self.note),
        ]
    }

    const fn use_data_keys(&self, phase: Phase, on: &'static [On], action: &'static str) -> Call {
        let [_, _, data] = self.why;
        Call::new(phase, action, on, data).under(self.data).noting(self.note)
    }
}

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
