//! Why a generated thing exists: which clause asked for it, and the reason in both languages.
//!
//! INVARIANT: nothing is generated without an [`Origin`].

use crate::source::Span;
use crate::spec::Level;

/// The clause that caused something, and why it had to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The clause by its words, such as `backup mydb / to ap-northeast-3`: stable when lines move.
    pub clause: String,
    /// Where the clause stands.
    pub span: Span,
    /// Who decided.
    pub level: Level,
    /// Why.
    pub reason: Reason,
}

impl Origin {
    /// Puts a clause and a reason together.
    pub fn new(clause: impl Into<String>, span: Span, level: Level, reason: Reason) -> Self {
        Self { clause: clause.into(), span, level, reason }
    }
}

/// A sentence in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// English.
    pub en: &'static str,
    /// Japanese.
    pub ja: &'static str,
}

macro_rules! reasons {
    ($($(#[doc = $doc:expr])+ $name:ident {
        why: $why_en:literal, $why_ja:literal;
        without: $without_en:literal, $without_ja:literal;
        source: $source:literal;
    })+) => {
        /// Why something is generated.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Reason {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Reason {
            /// Every reason.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// What it is for.
            pub fn why(self) -> Sentence {
                match self {
                    $(Self::$name => Sentence { en: $why_en, ja: $why_ja },)+
                }
            }

            /// What breaks without it.
            pub fn without(self) -> Sentence {
                match self {
                    $(Self::$name => Sentence { en: $without_en, ja: $without_ja },)+
                }
            }

            /// The page that says so.
            pub fn source(self) -> &'static str {
                match self {
                    $(Self::$name => $source,)+
                }
            }
        }
    };
}

reasons! {
    /// The multi-Region primary key of a source region.
    PrimaryKey {
        why: "A multi-Region key of the system's own encrypts the source vault. Its replica, with the same key material, encrypts the copies, so neither region needs the other to decrypt.",
             "ソースリージョンのボールトは、システム専用のマルチリージョンキーで暗号化します。同じ鍵マテリアルを持つレプリカでコピーを暗号化するため、どちらのリージョンも復号時に相手のリージョンを必要としません。";
        without: "The source vault would fall back to the AWS managed key aws/backup, whose policy cannot be changed and which has no replica.",
                 "ソースボールトは AWS マネージドキー aws/backup で暗号化されますが、そのキーポリシーは変更できず、レプリカも作れません。";
        source: "https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html";
    }
    /// A replica of a primary key in a destination region.
    ReplicaKey {
        why: "The replica in the destination region encrypts the vault for copies. Aurora copies need a customer managed key there: a copy into a vault under aws/backup fails.",
             "コピー先リージョンのレプリカキーで、コピー用ボールトを暗号化します。Aurora のコピーにはカスタマーマネージドキーが必要で、aws/backup で暗号化したボールトへのコピーは失敗します。";
        without: "Every copy job into the destination vault would fail.",
                 "コピー先ボールトへのコピージョブはすべて失敗します。";
        source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html";
    }
    /// The alias of a key.
    KeyAlias {
        why: "The alias gives the key the name that people and consoles show.",
             "エイリアスは、コンソールや担当者が目にするキーの名前です。";
        without: "The key would be known by its id alone.",
                 "キーを ID でしか識別できなくなります。";
        source: "https://docs.aws.amazon.com/kms/latest/developerguide/alias-about.html";
    }
    /// The key policy statement that hands decisions to IAM.
    KeyPolicyAccount {
        why: "Without this statement IAM policies have no effect on the key, and nobody could ever change the key policy again. Who may use the key is decided in the role's policy.",
             "このステートメントがないと IAM ポリシーはキーに対して効力を持たず、キーポリシーも二度と変更できなくなります。誰がキーを使えるかはロールのポリシーで決めます。";
        without: "KMS refuses the key: \"The new key policy will not allow you to update the key policy in the future.\"",
                 "KMS がキーの作成を拒否します(\"The new key policy will not allow you to update the key policy in the future.\")。";
        source: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html";
    }
    /// The key policy statement for administrators.
    KeyPolicyAdministrators {
        why: "The named principals may administer the key, but not encrypt or decrypt with it.",
             "指定したプリンシパルはキーを管理できますが、キーで暗号化や復号はできません。";
        without: "Only principals whose IAM policies allow it could administer the key.",
                 "IAM ポリシーで許可されたプリンシパルだけがキーを管理できる状態になります。";
        source: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html";
    }
    /// The vault in the source region.
    SourceVault {
        why: "The source vault holds the recovery points that the plan makes, and receives those that are copied back after a disaster.",
             "ソースボールトには、プランが作成する復旧ポイントと、災害後にコピーバックした復旧ポイントが入ります。";
        without: "The plan would have no vault to write to.",
                 "プランの書き込み先となるボールトがなくなります。";
        source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault.html";
    }
    /// The vault for copies.
    DestinationVault {
        why: "The destination vault holds the copies: it is what is left when the source region is gone. Its key encrypts them.",
             "コピー先ボールトはコピーを保管します。ソースリージョンが失われたときに残るのはここだけです。コピーはこのボールトのキーで暗号化されます。";
        without: "There would be nowhere to copy to.",
                 "コピー先がなくなります。";
        source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html";
    }
    /// The backup plan.
    Plan {
        why: "The plan says when recovery points are made, how long they stay, and where they are copied.",
             "プランは、復旧ポイントをいつ作成し、いつまで保持し、どこへコピーするかを定めます。";
        without: "Nothing would be backed up.",
                 "何もバックアップされません。";
        source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/about-backup-plans.html";
    }
    /// The selection.
    Selection {
        why: "The selection names the clusters by their full ARNs, so that no other resource is ever backed up by this plan.",
             "セレクションはクラスターを完全な ARN で指定します。このプランがほかのリソースをバックアップすることはありません。";
        without: "The plan would back up nothing.",
                 "プランは何もバックアップしません。";
        source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html";
    }
    /// The role.
    Role {
        why: "AWS Backup acts with this role when it backs up, copies, expires and restores. It is kept when the stack goes, because expiry needs it as long as recovery points exist.",
             "AWS Backup は、バックアップ、コピー、期限切れ削除、復元をこのロールで行います。復旧ポイントがある限り期限切れ削除に必要なため、スタックを削除してもロールは残します。";
        without: "AWS Backup could do nothing; recovery points whose role is gone stay in state EXPIRED and are billed.",
                 "AWS Backup は何もできません。ロールを失った復旧ポイントは EXPIRED のまま残り、課金が続きます。";
        source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html";
    }
    /// The trust policy.
    RoleTrust {
        why: "Only the service AWS Backup may assume the role. There is no condition on the caller, because AWS documents none that AWS Backup sends here.",
             "このロールを引き受けられるのは AWS Backup サービスだけです。AWS Backup がここで送る条件キーは文書化されていないため、条件は付けていません。";
        without: "Making the selection is refused: the role cannot be assumed by AWS Backup.",
                 "セレクションの作成が拒否されます(ロールを AWS Backup が引き受けられないため)。";
        source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html";
    }
    /// The role's policy.
    RolePolicy {
        why: "The policy allows the calls that backup, copy, expiry and restore make, on the resources of this statement, and nothing else.",
             "このポリシーは、バックアップ、コピー、期限切れ削除、復元で行われる呼び出しだけを、このステートメントのリソースに対して許可します。";
        without: "Every job would be denied.",
                 "すべてのジョブが拒否されます。";
        source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html";
    }
    /// Finding resources.
    FindResources {
        why: "AWS Backup checks with this call which resources a selection means. It knows no resource types, so it can be allowed on all resources only; it reads tags and changes nothing.",
             "AWS Backup はこの呼び出しで、セレクションが指すリソースを確認します。リソースレベルの権限に対応していないため、すべてのリソースに対してのみ許可できます。タグを読むだけで、何も変更しません。";
        without: "Making the selection fails: the role \"is not authorized to call tag:GetResources\".",
                 "セレクションの作成が失敗します(\"is not authorized to call tag:GetResources\")。";
        source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html";
    }
    /// Looking at clusters.
    DescribeClusters {
        why: "AWS Backup looks at the cluster before it backs it up, and at the restored cluster until it is available.",
             "AWS Backup は、バックアップの前にクラスターの状態を確認し、復元したクラスターが利用可能になるまで状態を監視します。";
        without: "Backup jobs and restore jobs fail with AccessDenied.",
                 "バックアップジョブと復元ジョブが AccessDenied で失敗します。";
        source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html";
    }
    /// Looking at snapshots.
    DescribeSnapshots {
        why: "AWS Backup follows snapshots and copies until they are available, in both regions.",
             "AWS Backup は、両リージョンのスナップショットとそのコピーが利用可能になるまで状態を監視します。";
        without: "Backup, copy and restore jobs never learn that they are done.",
                 "バックアップ、コピー、復元の各ジョブが完了を検知できません。";
        source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html";
    }
    /// Reading tags.
    ReadTags {
        why: "AWS Backup carries the tags of the cluster over to its recovery points, and those of a recovery point to its copies.",
             "AWS Backup は、クラスターのタグを復旧ポイントへ、復旧ポイントのタグをコピーへ引き継ぎます。";
        without: "Backup and copy jobs fail with AccessDenied.",
                 "バックアップジョブとコピージョブが AccessDenied で失敗します。";
        source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html";
    }
    /// Making snapshots.
    CreateSnapshot {
        why: "A recovery point of an Aurora cluster is a cluster snapshot. The service checks the call against the cluster and against the snapshot, whose name AWS Backup chooses and begins with `awsbackup:`.",
             "Aurora クラスターの復旧ポイントの実体はクラスタースナップショットです。この呼び出しは、クラスターと、AWS Backup が `awsbackup:` で始まる名前を付けるスナップショットの両方に対して認可されます。";
        without: "Every backup job fails.",
                 "すべてのバックアップジョブが失敗します。";
        source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html";
    }
    /// Tagging snapshots.
    TagSnapshots {
        why: "Making and copying a snapshot with tags depends on the permission to tag it.",
             "タグ付きのスナップショットの作成とコピーには、タグ付けの権限が必要です。";
        without: "Backup and copy jobs fail, because the snapshot cannot be tagged.",
                 "スナップショットにタグを付けられないため、バックアップジョブとコピージョブが失敗します。";
        source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html";
    }
    /// Copying snapshots.
    CopySnapshot {
        why: "A copy between regions is a snapshot copy. Snapshots of both regions are named: copying out reads here and writes there, copying back after a disaster the other way round.",
             "リージョン間コピーの実体はスナップショットのコピーです。両リージョンのスナップショットを対象にしているのは、災害後のコピーバックでは向きが逆になるためです。";
        without: "Every copy job fails.",
                 "すべてのコピージョブが失敗します。";
        source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html";
    }
    /// Reading vaults.
    DescribeVault {
        why: "A copy job looks at the vault that it copies into, to learn its key.",
             "コピージョブは、コピー先ボールトを参照してその暗号化キーを調べます。";
        without: "Copy jobs fail: \"Access Denied trying to call AWS Backup service\".",
                 "コピージョブが失敗します(\"Access Denied trying to call AWS Backup service\")。";
        source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html";
    }
    /// Copying into vaults.
    CopyIntoVault {
        why: "Copying out writes into the destination vault, copying back after a disaster into the source vault. Since the action knows vaults as resources, it is allowed on these alone.",
             "コピーはコピー先ボールトへ、災害後のコピーバックはソースボールトへ書き込みます。このアクションはボールト単位の権限に対応しているため、この二つに限って許可します。";
        without: "Copy jobs fail: \"Access Denied trying to call AWS Backup service\".",
                 "コピージョブが失敗します(\"Access Denied trying to call AWS Backup service\")。";
        source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html";
    }
    /// Copying from recovery points.
    CopyFromVault {
        why: "AWS Backup has come to check the recovery point that is copied as well as the vault that it is copied into. For Aurora the recovery point's ARN is that of its snapshot.",
             "現在の AWS Backup は、コピー先ボールトに加えてコピー元の復旧ポイントも検査します。Aurora の復旧ポイントの ARN は、スナップショットの ARN です。";
        without: "Copy jobs can be denied at the recovery point that they read.",
                 "読み取り元の復旧ポイントに対して、コピージョブが拒否されることがあります。";
        source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html";
    }
    /// Deleting expired snapshots.
    DeleteSnapshot {
        why: "AWS Backup deletes expired recovery points with this role. Deletion stands alone, so that it can be reviewed and withdrawn alone, and reaches no snapshot that AWS Backup did not make.",
             "AWS Backup は、期限切れの復旧ポイントをこのロールで削除します。単独で確認や取り消しができるよう、削除は独立したステートメントにしています。AWS Backup が作成したもの以外のスナップショットは削除できません。";
        without: "Expired recovery points stay in state EXPIRED and are billed for ever.",
                 "期限切れの復旧ポイントが EXPIRED のまま残り、課金が続きます。";
        source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/deleting-backups.html";
    }
    /// Restoring clusters.
    RestoreCluster {
        why: "A restore makes a new cluster from a snapshot. The service checks the call against the new cluster, the snapshot, the subnet group, the parameter group and the option group. The new cluster needs a name of its own while the old one exists, hence the pattern. It has no instances: they are made afterwards.",
             "復元では、スナップショットから新しいクラスターを作成します。この呼び出しは、新しいクラスター、スナップショット、サブネットグループ、パラメータグループ、オプショングループに対して認可されます。元のクラスターが残っている間は別名が必要なため、名前はパターンで指定します。復元で作られるのはクラスターだけで、インスタンスは後から作成します。";
        without: "Restore jobs fail with AccessDenied, on the day when they are needed.",
                 "最も必要な日に、復元ジョブが AccessDenied で失敗します。";
        source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html";
    }
    /// Tagging restored clusters.
    TagRestoredCluster {
        why: "Restoring with tags depends on the permission to tag the new cluster.",
             "タグ付きの復元には、新しいクラスターへのタグ付け権限が必要です。";
        without: "Restore jobs fail when the recovery point carries tags.",
                 "復旧ポイントにタグがある場合、復元ジョブが失敗します。";
        source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html";
    }
    /// Looking at keys.
    DescribeKey {
        why: "The service looks at the key of the cluster, of the source vault and of the copies before it uses them.",
             "サービスは、クラスター、ソースボールト、コピーの各キーを使う前に、その情報を参照します。";
        without: "Jobs fail: \"The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it\".",
                 "ジョブが失敗します(\"The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it\")。";
        source: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.Keys.html";
    }
    /// Granting key use to RDS.
    GrantKey {
        why: "RDS works on encrypted snapshots under a grant that it asks for. The grant is allowed only when an AWS service asks for it for its own resource.",
             "RDS は、付与(グラント)を受けて暗号化スナップショットを処理します。グラントの作成は、AWS サービスが自身のリソースのために求める場合に限って許可します。";
        without: "Jobs on encrypted snapshots fail: the key \"does not exist, is not enabled or you do not have permissions to access it\".",
                 "暗号化スナップショットに対するジョブが失敗します(キーが \"does not exist, is not enabled or you do not have permissions to access it\")。";
        source: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.Keys.html";
    }
    /// Using data keys through RDS and AWS Backup.
    UseDataKeys {
        why: "The recorded working system used these calls on its keys, and AWS's own restore policy has them. They are allowed only when RDS or AWS Backup makes them on the role's behalf, so the role itself can decrypt nothing.",
             "実際に動作が確認されたシステムがキーに対して使っていた呼び出しで、AWS の復元用ポリシーにも含まれます。RDS または AWS Backup を経由する場合に限って許可するため、ロール自身が直接復号することはできません。";
        without: "Copies between keys and restores may fail where the service uses data keys directly.",
                 "サービスがデータキーを直接使う場面で、キーをまたぐコピーや復元が失敗することがあります。";
        source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html";
    }
    /// Looking at AWS managed keys.
    DescribeManagedKeys {
        why: "A copy job looks at the AWS managed keys aws/rds and aws/backup of the region that it copies into. Their ids are not known beforehand, and they are made only when first used, so they are named by their aliases.",
             "コピージョブは、コピー先リージョンの AWS マネージドキー aws/rds と aws/backup を参照します。キー ID は事前にわからず、最初に使われるまで存在しないこともあるため、エイリアスで指定します。";
        without: "In the recorded deployment the copy job was denied.",
                 "記録された実環境では、コピージョブが拒否されました。";
        source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html";
    }
}
