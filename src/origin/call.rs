//! Why the role may make each call.

use super::{Sentence, Text};

pub(super) const FIND_RESOURCES: Text = Text {
    why: Sentence {
        en: "AWS Backup checks with this call which resources a selection means. It knows no resource types, so it can be allowed on all resources only; it reads tags and changes nothing.",
        ja: "AWS Backup はこの呼び出しで、セレクションが指すリソースを確認します。リソースレベルの権限に対応していないため、すべてのリソースに対してのみ許可できます。タグを読むだけで、何も変更しません。",
    },
    without: Sentence {
        en: "Making the selection fails: the role \"is not authorized to call tag:GetResources\".",
        ja: "セレクションの作成が失敗します(\"is not authorized to call tag:GetResources\")。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html",
};

pub(super) const DESCRIBE_CLUSTERS: Text = Text {
    why: Sentence {
        en: "AWS Backup looks at the cluster before it backs it up, and at the restored cluster until it is available.",
        ja: "AWS Backup は、バックアップの前にクラスターの状態を確認し、復元したクラスターが利用できるようになるまで状態を監視します。",
    },
    without: Sentence {
        en: "Backup jobs and restore jobs are denied this call; AWS documents no error text for it.",
        ja: "バックアップジョブと復元ジョブでこの呼び出しが拒否されます。エラーメッセージは文書化されていません。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html",
};

pub(super) const DESCRIBE_SNAPSHOTS: Text = Text {
    why: Sentence {
        en: "AWS Backup follows snapshots and copies until they are available, in both regions.",
        ja: "AWS Backup は、両リージョンのスナップショットとそのコピーが利用できるようになるまで状態を監視します。",
    },
    without: Sentence {
        en: "Backup, copy and restore jobs are denied this call, and cannot tell when a snapshot is ready; AWS documents no error text for it.",
        ja: "バックアップ、コピー、復元の各ジョブでこの呼び出しが拒否され、スナップショットの完成を確認できません。エラーメッセージは文書化されていません。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html",
};

pub(super) const READ_TAGS: Text = Text {
    why: Sentence {
        en: "AWS Backup carries the tags of the cluster over to its recovery points, and those of a recovery point to its copies.",
        ja: "AWS Backup は、クラスターのタグを復旧ポイントへ、復旧ポイントのタグをコピーへ引き継ぎます。",
    },
    without: Sentence {
        en: "Backup and copy jobs are denied when they read the tags; AWS documents no error text for it.",
        ja: "バックアップジョブとコピージョブでタグの読み取りが拒否されます。エラーメッセージは文書化されていません。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html",
};

pub(super) const CREATE_SNAPSHOT: Text = Text {
    why: Sentence {
        en: "A recovery point of an Aurora cluster is a cluster snapshot. The service checks the call against the cluster and against the snapshot, whose name AWS Backup chooses and begins with `awsbackup:`.",
        ja: "Aurora クラスターの復旧ポイントの実体はクラスタースナップショットです。この呼び出しは、クラスターと、AWS Backup が `awsbackup:` で始まる名前を付けるスナップショットの両方に対して認可されます。",
    },
    without: Sentence {
        en: "Every backup job fails.", ja: "すべてのバックアップジョブが失敗します。"
    },
    source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html",
};

pub(super) const TAG_SNAPSHOTS: Text = Text {
    why: Sentence {
        en: "Making and copying a snapshot with tags depends on the permission to tag it.",
        ja: "タグ付きのスナップショットの作成とコピーには、タグ付けの権限が必要です。",
    },
    without: Sentence {
        en: "Backup and copy jobs fail, because the snapshot cannot be tagged.",
        ja: "スナップショットにタグを付けられないため、バックアップジョブとコピージョブが失敗します。",
    },
    source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html",
};

pub(super) const COPY_SNAPSHOT: Text = Text {
    why: Sentence {
        en: "A copy between regions is a snapshot copy. Snapshots of both regions are named: copying out reads here and writes there, copying back after a disaster the other way round.",
        ja: "リージョン間コピーの実体はスナップショットのコピーです。両リージョンのスナップショットを対象にしているのは、災害後のコピーバックでは向きが逆になるためです。",
    },
    without: Sentence { en: "Every copy job fails.", ja: "すべてのコピージョブが失敗します。" },
    source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html",
};

pub(super) const DESCRIBE_VAULT: Text = Text {
    why: Sentence {
        en: "AWS Backup looks at the vault that a job writes to. What it reads there is not documented; the vault's key is one of the things that the call returns.",
        ja: "AWS Backup は、ジョブの書き込み先となるボールトを参照します。何を読み取るのかは文書化されていませんが、この呼び出しの応答にはボールトの暗号化キーが含まれます。",
    },
    without: Sentence {
        en: "Field-tested: in the recorded system nothing could be copied into a vault that the role may not describe. AWS documents no error text for it.",
        ja: "動作実績のある既存システムでは、ロールが参照できないボールトへはコピーできませんでした。エラーメッセージは文書化されていません。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html",
};

pub(super) const COPY_INTO_VAULT: Text = Text {
    why: Sentence {
        en: "Copying out writes into the destination vault, copying back after a disaster into the source vault. The action could once be allowed on all resources only, and AWS's samples still do so; now it knows vaults as resources, and is allowed on these alone.",
        ja: "コピーはコピー先ボールトへ、災害後のコピーバックはソースボールトへ書き込みます。以前はすべてのリソースに対してしか許可できず、AWS のサンプルは今もそうなっていますが、現在はボールト単位の権限に対応しているため、これらのボールトに限って許可します。",
    },
    without: Sentence {
        en: "Copy jobs fail: \"Access Denied trying to call AWS Backup service\".",
        ja: "コピージョブが失敗します(\"Access Denied trying to call AWS Backup service\")。",
    },
    source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html",
};

pub(super) const COPY_FROM_VAULT: Text = Text {
    why: Sentence {
        en: "AWS Backup has come to check the recovery point that is copied as well as the vault that it is copied into. For Aurora the recovery point's ARN is that of its snapshot.",
        ja: "現在の AWS Backup は、コピー先ボールトに加えてコピー元の復旧ポイントも検査します。Aurora の復旧ポイントの ARN は、スナップショットの ARN です。",
    },
    without: Sentence {
        en: "Copy jobs can be denied at the recovery point that they read.",
        ja: "読み取り元の復旧ポイントに対して、コピージョブが拒否されることがあります。",
    },
    source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html",
};

pub(super) const DELETE_SNAPSHOT: Text = Text {
    why: Sentence {
        en: "AWS Backup deletes expired recovery points with this role. Deletion stands alone, so that it can be reviewed and withdrawn alone, and reaches no snapshot that AWS Backup did not make.",
        ja: "AWS Backup は、期限切れの復旧ポイントをこのロールで削除します。単独で確認や取り消しができるよう、削除は独立したステートメントにしています。AWS Backup が作成したもの以外のスナップショットは削除できません。",
    },
    without: Sentence {
        en: "Expired recovery points that AWS Backup's service-linked role cannot delete either stay in state EXPIRED and are billed.",
        ja: "AWS Backup のサービスにリンクされたロールでも削除できなければ、期限切れの復旧ポイントは EXPIRED のまま残り、課金が続きます。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/deleting-backups.html",
};

pub(super) const RESTORE_CLUSTER: Text = Text {
    why: Sentence {
        en: "A restore makes a new cluster from a snapshot. The service checks the call against the new cluster, the snapshot, the subnet group, the parameter group and the option group. The new cluster needs a name of its own while the old one exists, hence the pattern. It has no instances: they are made afterwards.",
        ja: "復元では、スナップショットから新しいクラスターを作成します。この呼び出しは、新しいクラスター、スナップショット、サブネットグループ、パラメータグループ、オプショングループに対して認可されます。元のクラスターが残っている間は別名が必要なため、名前はパターンで指定します。復元で作られるのはクラスターだけで、インスタンスは後から作成します。",
    },
    without: Sentence {
        en: "Restore jobs are denied, on the day when they are needed.",
        ja: "いちばん必要なときに、復元ジョブが拒否されます。",
    },
    source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html",
};

pub(super) const TAG_RESTORED_CLUSTER: Text = Text {
    why: Sentence {
        en: "Restoring with tags depends on the permission to tag the new cluster.",
        ja: "タグ付きの復元には、新しいクラスターへのタグ付け権限が必要です。",
    },
    without: Sentence {
        en: "Restore jobs fail when the recovery point carries tags.",
        ja: "復旧ポイントにタグがある場合、復元ジョブが失敗します。",
    },
    source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html",
};

pub(super) const DESCRIBE_KEY: Text = Text {
    why: Sentence {
        en: "The service looks at the key of the cluster, of the source vault and of the copies before it uses them.",
        ja: "サービスは、クラスター、ソースボールト、コピーの各キーを使う前に、その情報を参照します。",
    },
    without: Sentence {
        en: "Jobs fail: \"The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it\".",
        ja: "ジョブが失敗します(\"The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it\")。",
    },
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.Keys.html",
};

pub(super) const GRANT_KEY: Text = Text {
    why: Sentence {
        en: "RDS works on encrypted snapshots under a grant that it asks for. The grant is allowed only when an AWS service asks for it for its own resource.",
        ja: "RDS は、作成を求めたグラントを使って暗号化スナップショットを処理します。グラントの作成は、AWS サービスが自身のリソースのために求める場合に限って許可します。",
    },
    without: Sentence {
        en: "Jobs on encrypted snapshots fail: the key \"does not exist, is not enabled or you do not have permissions to access it\".",
        ja: "暗号化スナップショットに対するジョブが失敗します(キーが \"does not exist, is not enabled or you do not have permissions to access it\")。",
    },
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.Keys.html",
};

pub(super) const USE_DATA_KEYS: Text = Text {
    why: Sentence {
        en: "The recorded working system used all but one of these calls on its keys, and AWS's own restore policy has them all. They are allowed only when RDS or AWS Backup makes them on the role's behalf, so the role decrypts nothing by calling KMS itself.",
        ja: "AWS の復元用ポリシーに含まれる呼び出しで、一つを除き、動作実績のある既存システムもキーに対して使っていました。RDS または AWS Backup を経由する場合に限って許可するため、ロール自身が直接復号することはできません。",
    },
    without: Sentence {
        en: "The recorded system did without `kms:GenerateDataKeyWithoutPlaintext`, and never ran without the others. Copies between keys and restores may fail where the service uses data keys directly.",
        ja: "動作実績のある既存システムでは `kms:GenerateDataKeyWithoutPlaintext` 以外が常に含まれていたため、それらがない場合は確認されていません。サービスがデータキーを直接使う場面で、キーをまたぐコピーや復元が失敗する可能性があります。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html",
};

pub(super) const DESCRIBE_UNKNOWN_KEY: Text = Text {
    why: Sentence {
        en: "The service looks at the key of the cluster, which the spec does not name, before it uses it.",
        ja: "サービスは、定義ファイルに書かれていないクラスターのキーを使う前に、その情報を参照します。",
    },
    without: Sentence {
        en: "Jobs fail: \"The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it\".",
        ja: "ジョブが失敗します(\"The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it\")。",
    },
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.Keys.html",
};

pub(super) const GRANT_UNKNOWN_KEY: Text = Text {
    why: Sentence {
        en: "RDS works on encrypted snapshots under a grant that it asks for, here on the key of the cluster, which the spec does not name.",
        ja: "RDS は、作成を求めたグラントを使って暗号化スナップショットを処理します。ここでは、定義ファイルに書かれていないクラスターのキーに対するグラントです。",
    },
    without: Sentence {
        en: "Jobs on encrypted snapshots fail: the key \"does not exist, is not enabled or you do not have permissions to access it\".",
        ja: "暗号化スナップショットに対するジョブが失敗します(キーが \"does not exist, is not enabled or you do not have permissions to access it\")。",
    },
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.Keys.html",
};

pub(super) const USE_UNKNOWN_KEY: Text = Text {
    why: Sentence {
        en: "AWS's restore policy has these calls, through RDS among other services. Here they are for restoring a recovery point that is still under the key of its cluster, which the spec does not name.",
        ja: "AWS の復元用ポリシーに、RDS などを経由する呼び出しとして含まれます。ここでは、定義ファイルに書かれていないクラスターのキーで暗号化されたままの復旧ポイントを復元するために許可します。",
    },
    without: Sentence {
        en: "Not tried: restores in the source region may fail where RDS uses data keys directly.",
        ja: "ない場合は確認されていません。RDS がデータキーを直接使う場面で、ソースリージョンでの復元が失敗する可能性があります。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html",
};

pub(super) const DESCRIBE_MANAGED_KEYS: Text = Text {
    why: Sentence {
        en: "AWS Backup's page on encryption asks of the role of a copy job that it may describe keys with the alias aws/backup; the recorded system needed aws/rds as well. Their ids are not known beforehand, and they are made only when first used, so they are named by their aliases.",
        ja: "AWS Backup の暗号化のページは、コピージョブのロールに、エイリアスが aws/backup のキーを参照する権限を求めています。動作実績のある既存システムでは aws/rds も必要でした。キー ID は事前にわからず、最初に使われるまで存在しないこともあるため、エイリアスで指定します。",
    },
    without: Sentence {
        en: "Copy jobs may be denied: the recorded system and AWS's page both ask for it, and AWS documents no error text.",
        ja: "コピージョブが拒否されることがあります。動作実績のある既存システムと AWS のページの両方で必要とされていますが、エラーメッセージは文書化されていません。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html",
};
