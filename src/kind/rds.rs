//! What the kinds that RDS keeps have in common: snapshots that AWS Backup names, the groups that a restore is put
//! into, the conditions on keys, and the commands of a runbook.

pub(super) mod keys;
pub(super) mod steps;

use super::call::End::{self, From, To};
use super::call::Phase::{self, BackUp, Copy, Restore};
use super::call::Source::{self, BackupPolicy, RestorePolicy};
use super::call::Thing::{AnyPoint, AnyResource};
use super::call::{Call, On};
use super::{ArnForm, Points, Setting};
use crate::aws::name::NameKind;
use crate::reason::{Sentence, reasons};

/// What RDS makes by itself.
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Tagging.ARN.Constructing.html>.
pub(super) const AUTOMATED_SNAPSHOT: (Sentence, &str) =
    (Sentence::new("an automated snapshot of RDS", "RDS の自動スナップショット"), "rds:mydb-2026-01-31-16-10");

/// The recovery points, as those of databases. Users cannot make names that begin so.
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html>; that of a copy is what the recorded
/// system showed.
pub(super) const SNAPSHOTS: Points = Points {
    form: ArnForm { service: "rds", before: "snapshot:" },
    pattern: "awsbackup:*",
    made: "awsbackup:job-1a2b3c4d",
    copied: "awsbackup:copyjob-9f8e7d6c",
    // What a user made by hand AWS Backup never touches.
    others: &[
        (Sentence::new("a snapshot that a user made", "ユーザーが作成したスナップショット"), "before-release-42"),
        AUTOMATED_SNAPSHOT,
    ],
};

/// The subnet group of a restored resource.
pub(super) const SUBNET_GROUP: Setting = Setting {
    word: Some("subnet-group"),
    name: NameKind::SubnetGroup,
    arn: ArnForm { service: "rds", before: "subgrp:" },
    any: "*",
    sample: "default",
    other: Some(Sentence::new("another DB subnet group", "別の DB サブネットグループ")),
};

/// What the sources disagree on of what is read.
pub(super) const READING: Sentence = Sentence {
    en: "AWS's policies allow it on every resource, the recorded system, of clusters, on its own alone. No page says that AWS Backup names what it reads in every call, and a job that may not read fails, so it is allowed on every resource of the kind and every snapshot of one, of the account in the regions of the statement: reading changes nothing.",
    ja: "AWS のポリシーはすべてのリソースに対して、クラスター用の動作実績のある既存システムは自身のリソースだけに対して許可しています。AWS Backup がどの呼び出しでも対象を指定するとはどこにも書かれておらず、読み取れないとジョブが失敗します。読み取りは何も変更しないため、この文のリージョンにあるアカウントの同じ種類のすべてのリソースとそのスナップショットに対して許可します。",
};

/// What every phase reads of a kind, as the calls do that look for its resources and for their snapshots.
pub(super) const fn reading(looking: [Call; 2]) -> [[Call; 4]; 4] {
    let [resources, _] = looking;
    [
        reading_at(BackUp, From, looking, resources.known_from),
        reading_at(Copy, From, looking, &[BackupPolicy]),
        reading_at(Copy, To, looking, &[BackupPolicy]),
        reading_at(Restore, From, looking, &[RestorePolicy]),
    ]
}

/// What is read at one end: the resources and the snapshots, which can be asked for by their resource, and the tags of
/// both.
const fn reading_at(
    phase: Phase,
    end: End,
    [resources, snapshots]: [Call; 2],
    known_from: &'static [Source],
) -> [Call; 4] {
    let (of_resource, of_snapshot, both): (&[On], &[On], &[On]) = match end {
        From => (&[On(AnyResource, From)], &[On(AnyPoint, From)], &[On(AnyResource, From), On(AnyPoint, From)]),
        To => (&[On(AnyResource, To)], &[On(AnyPoint, To)], &[On(AnyResource, To), On(AnyPoint, To)]),
    };
    let tags = Call { phase, action: "rds:ListTagsForResource", why: &READ_TAGS, known_from, ..resources };
    [
        Call { phase, on: of_resource, known_from, ..resources },
        Call { phase, on: both, known_from, ..snapshots },
        Call { on: of_resource, ..tags },
        Call { on: of_snapshot, ..tags },
    ]
}

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

    /// The ARN of a resource that is backed up.
    BACKED_UP_RESOURCE "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html"
    why "The resource that snapshots are taken of, by its exact name." "スナップショットを取得するリソースを、正確な名前で指定しています。"
    without "Backup jobs are denied at the resource." "バックアップジョブがリソースへのアクセスで拒否されます。"

    /// The ARN patterns of everything that is read.
    READ_RESOURCES "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html"
    why "What AWS Backup reads it reads of any resource of the kind and any snapshot of one, of the account in this region: no page says that it names one in every call, and a call that names none is checked against all of them. Reading changes nothing." "読み取りは、このリージョンにあるアカウントの同じ種類のすべてのリソースとそのスナップショットが対象です。AWS Backup がどの呼び出しでも対象を指定するとは文書化されておらず、指定のない呼び出しは全体に対して認可されます。読み取りは何も変更しません。"
    without "A job is denied where it asks for all resources or snapshots, or reads the tags of another than those that are named; a role that cannot read tags fails the job." "すべてのリソースやスナップショットを一覧したり、指定したもの以外のタグを読み取ったりする場面で、ジョブが拒否されます。タグを読み取れないロールではジョブが失敗します。"

    /// The groups that a restored resource is put into.
    RESTORE_GROUPS "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html"
    why "RDS checks a restore against the subnet group, the parameter group and the option group of what it makes too. Groups that `restore` names are named here; a `*` stands where none was written. Aurora has default option groups only." "復元時、RDS は作成するもののサブネットグループ、パラメータグループ、オプショングループも検査します。`restore` で指定したグループ名がここに入り、指定がなければ `*` になります。Aurora のオプショングループはデフォルトのものだけです。"
    without "Restore jobs are denied at the group." "復元ジョブがグループへのアクセスで拒否されます。"

    /// The key of the resources.
    RESOURCE_KEY_ARN "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html"
    why "A snapshot stays under the key of its resource, whichever vault it lies in; `encrypted by` names it." "スナップショットは、どのボールトにあってもリソースのキーで暗号化されたままです。そのキーは `encrypted by` で指定されています。"
    without "Backup and copy jobs fail: \"The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it\"." "バックアップとコピーのジョブが失敗します(\"The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it\")。"

    /// The key of the resources, where the spec does not say which.
    UNKNOWN_RESOURCE_KEY_ARN "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html"
    why "A snapshot stays under the key of its resource, and the spec does not say which that is. A resource that was there before never has a key that this system makes, and keys may be kept in an account of their own, hence any key of the source region, of any account; the source vault's and those that AWS manages are among them. `encrypted by` and the ARN of the key narrow it to that one." "スナップショットはリソースのキーで暗号化されたままですが、そのキーが定義ファイルに書かれていません。既存のリソースがこのシステムの作るキーを使っていることはなく、キーを専用のアカウントで管理していることもあるため、ソースリージョンのすべてのキー(アカウントを問わない)が対象です。ソースボールトのキーと AWS マネージドキーもここに含まれます。`encrypted by` にキーの ARN を書けば、そのキーだけに絞れます。"
    without "Backup and copy jobs fail: \"The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it\"." "バックアップとコピーのジョブが失敗します(\"The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it\")。"

    /// Restoring.
    RESTORE_SNAPSHOT "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html"
    why "A restore makes a new resource from a snapshot. The service checks the call against the new resource, the snapshot, the subnet group, the parameter group and the option group. The new one needs a name of its own while the old one exists, hence the pattern." "復元では、スナップショットから新しいリソースを作成します。この呼び出しは、新しいリソース、スナップショット、サブネットグループ、パラメータグループ、オプショングループに対して認可されます。元のリソースが残っている間は別名が必要なため、名前はパターンで指定します。"
    without "Restore jobs are denied, on the day when they are needed." "いちばん必要なときに、復元ジョブが拒否されます。"
}
