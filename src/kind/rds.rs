//! What the kinds that RDS keeps have in common: snapshots that AWS Backup names, the groups that a restore is put
//! into, the conditions on keys, and the commands of a runbook.

pub(super) mod keys;
pub(super) mod steps;

use super::{ArnForm, Setting};
use crate::aws::name::NameKind;
use crate::reason::{Sentence, reasons};

/// What a user made by hand and AWS Backup never touches.
pub(super) const MANUAL_SNAPSHOT: (Sentence, &str) =
    (Sentence::new("a snapshot that a user made", "ユーザーが作成したスナップショット"), "before-release-42");

/// What RDS makes by itself.
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Tagging.ARN.Constructing.html>.
pub(super) const AUTOMATED_SNAPSHOT: (Sentence, &str) =
    (Sentence::new("an automated snapshot of RDS", "RDS の自動スナップショット"), "rds:mydb-2026-01-31-16-10");

/// The subnet group of a restored resource.
pub(super) const SUBNET_GROUP: Setting = Setting {
    word: Some("subnet-group"),
    name: NameKind::SubnetGroup,
    arn: ArnForm { service: "rds", before: "subgrp:" },
    any: "*",
    sample: "default",
    other: Some(Sentence::new("another DB subnet group", "別の DB サブネットグループ")),
};

reasons! {
    /// Reading tags.
    READ_TAGS "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html"
    why "AWS Backup carries the tags of the resource over to its recovery points, and those of a recovery point to its copies." "AWS Backup は、リソースのタグを復旧ポイントへ、復旧ポイントのタグをコピーへ引き継ぎます。"
    without "Backup and copy jobs are denied when they read the tags; AWS documents no error text for it." "バックアップジョブとコピージョブでタグの読み取りが拒否されます。エラーメッセージは文書化されていません。"

    /// Tagging snapshots.
    TAG_SNAPSHOTS "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html"
    why "Making and copying a snapshot with tags depends on the permission to tag it." "タグ付きのスナップショットの作成とコピーには、タグ付けの権限が必要です。"
    without "Backup and copy jobs fail, because the snapshot cannot be tagged." "スナップショットにタグを付けられないため、バックアップジョブとコピージョブが失敗します。"

    /// Deleting expired snapshots.
    DELETE_SNAPSHOT "https://docs.aws.amazon.com/aws-backup/latest/devguide/deleting-backups.html"
    why "AWS Backup deletes expired recovery points with this role. Deletion stands alone, so that it can be reviewed and withdrawn alone, and reaches no snapshot that AWS Backup did not make." "AWS Backup は、期限切れの復旧ポイントをこのロールで削除します。単独で確認や取り消しができるよう、削除は独立したステートメントにしています。AWS Backup が作成したもの以外のスナップショットは削除できません。"
    without "Expired recovery points that AWS Backup's service-linked role cannot delete either stay in state EXPIRED and are billed." "AWS Backup のサービスにリンクされたロールでも削除できなければ、期限切れの復旧ポイントは EXPIRED のまま残り、課金が続きます。"

    /// AWS Backup's snapshots in the source region.
    SNAPSHOTS_AT_SOURCE "https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html"
    why "The names of AWS Backup's snapshots begin with `awsbackup:`, which no user can choose, and go on with `job-` and an id that is new for each job: hence the `*`, which reaches no other snapshot. In the recorded system copies had `copyjob-` and such an id. Here they are made, read by copies, written by copies back and restored." "AWS Backup のスナップショット名は、ユーザーには付けられない `awsbackup:` で始まり、その後にジョブごとに異なる ID が付いた `job-` が続きます(動作実績のある既存システムでは、コピーは `copyjob-` でした)。そのため `*` で指定しますが、ほかのスナップショットには及びません。ソースリージョンでは、作成、コピーの読み取り、コピーバックの書き込み、復元の対象になります。"
    without "Backup, copy and restore jobs are denied at the snapshot." "バックアップ、コピー、復元の各ジョブがスナップショットへのアクセスで拒否されます。"

    /// AWS Backup's snapshots in a destination region.
    SNAPSHOTS_AT_DESTINATION "https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html"
    why "Copies are snapshots of the destination region, and their names begin with `awsbackup:` as well. They are written by copies, and read by restores there and by copies back after the disaster." "コピーの実体はコピー先リージョンのスナップショットで、名前は同じく `awsbackup:` で始まります。コピーで書き込み、コピー先での復元と災害後のコピーバックで読み取ります。"
    without "Copy jobs are denied at the snapshot that they write, restores at the one that they read." "コピージョブは書き込み先、復元は読み取り元のスナップショットへのアクセスで拒否されます。"

    /// The condition on data keys.
    ONLY_THROUGH_SERVICES "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html"
    why "`kms:ViaService` lets the key be used only through RDS and AWS Backup in the regions of this statement, never by a call to KMS itself. RDS in the source region is left out where it may use every key there anyway." "`kms:ViaService` により、この文のリージョンの RDS と AWS Backup を経由する場合にだけキーを使えます。KMS を直接呼び出して使うことはできません。ソースリージョンの RDS は、そこのすべてのキーを使える場合には省いています。"
    without "Without the condition the role could decrypt anything under the key by calling KMS." "この条件がないと、ロールが KMS を直接呼び出して復号できてしまいます。"

    /// The condition on what RDS does with a key that the spec does not name.
    ONLY_THROUGH_RDS "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html"
    why "On keys that nobody has named `kms:ViaService` lets only RDS in the source region use the key for the role, and RDS does for it no more than this policy allows. Neither the role itself nor any other service can read what else such a key protects." "`kms:ViaService` により、指定されていないキーについては、ソースリージョンの RDS がロールに代わって使う場合だけを許可します。RDS がロールのために行えるのは、このポリシーの許可する範囲だけです。ロール自身やほかのサービスが、これらのキーで保護されたほかのデータを読み取ることはできません。"
    without "Without the condition the role could use, or let any AWS service use, every key of the region whose policy lets this account in." "この条件がないと、キーポリシーがこのアカウントを許可しているリージョン内のすべてのキーを、ロール自身やほかの AWS サービスが使えてしまいます。"

    /// The condition on the aliases of keys.
    ONLY_MANAGED_KEYS "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html"
    why "`kms:ResourceAliases` narrows all keys of the region to those that bear the alias aws/rds or aws/backup. An alias in the resource would have no effect, because IAM compares key ARNs." "`kms:ResourceAliases` により、対象をエイリアスが aws/rds または aws/backup のキーに絞ります。IAM はキー ARN で比較するため、リソースにエイリアスを書いても効果はありません。"
    without "Without the condition the role could describe every key of the account in these regions." "この条件がないと、これらのリージョンにあるアカウントのすべてのキーを参照できてしまいます。"
}
