//! Why the calls for databases are made, and why the resources of its permissions are as they are.

use crate::reason::reasons;

reasons! {
    /// Looking at snapshots.
    DESCRIBE_DB_SNAPSHOTS "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html"
    why "AWS Backup looks for automated snapshots of the database, and follows snapshots and copies until they are available, in both regions." "AWS Backup は、データベースの自動スナップショットの有無を確認し、両リージョンのスナップショットとそのコピーが利用できるようになるまで状態を監視します。"
    without "Backup, copy and restore jobs are denied this call, and cannot tell when a snapshot is ready; AWS documents no error text for it." "バックアップ、コピー、復元の各ジョブでこの呼び出しが拒否され、スナップショットの完成を確認できません。エラーメッセージは文書化されていません。"

    /// Making snapshots.
    CREATE_DB_SNAPSHOT "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html"
    why "A recovery point of an RDS instance is a DB snapshot. The service checks the call against the instance and against the snapshot, whose name AWS Backup chooses and begins with `awsbackup:`." "RDS インスタンスの復旧ポイントの実体は DB スナップショットです。この呼び出しは、インスタンスと、AWS Backup が `awsbackup:` で始まる名前を付けるスナップショットの両方に対して認可されます。"
    without "Backup jobs fail for every database that has no automated backup." "自動バックアップのないデータベースで、すべてのバックアップジョブが失敗します。"

    /// Copying automated snapshots.
    COPY_AUTOMATED_SNAPSHOT "https://docs.aws.amazon.com/aws-backup/latest/devguide/rds-backup.html"
    why "Where RDS has made an automated backup of the instance, AWS Backup makes no snapshot of its own but an incremental copy of that one. The call is checked against the automated snapshot and against the copy." "RDS がインスタンスの自動バックアップを作成している場合、AWS Backup は新しいスナップショットを作成せず、自動スナップショットの増分コピーを作成します。この呼び出しは、自動スナップショットとコピーの両方に対して認可されます。"
    without "Backup jobs fail for every database with automated backups." "自動バックアップが有効なデータベースで、すべてのバックアップジョブが失敗します。"

    /// Tagging the tenants in snapshots.
    TAG_SNAPSHOTS_OF_TENANTS "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html"
    why "A snapshot of an Oracle database with several tenants has a part for each of them, which is tagged like the snapshot. AWS Backup's service-linked role has the permission on these too." "マルチテナント構成の Oracle データベースのスナップショットはテナントごとの要素を持ち、スナップショットと同様にタグが付けられます。AWS Backup のサービスにリンクされたロールにも、これに対する権限があります。"
    without "Backup and copy jobs of such databases may fail, because a part of the snapshot cannot be tagged." "該当するデータベースでは、スナップショットの要素にタグを付けられず、バックアップジョブとコピージョブが失敗する可能性があります。"

    /// Copying snapshots.
    COPY_DB_SNAPSHOT "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CopySnapshot.html"
    why "A copy between regions is a snapshot copy. Snapshots of both regions are named: copying out reads here and writes there, copying back after a disaster the other way round. RDS copies only what has changed as long as the copy before it still exists." "リージョン間コピーの実体はスナップショットのコピーです。両リージョンのスナップショットを対象にしているのは、災害後のコピーバックでは向きが逆になるためです。前回のコピーが残っている間は、変更分だけがコピーされます。"
    without "Every copy job fails." "すべてのコピージョブが失敗します。"

    /// Making databases.
    MAKE_DATABASE "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html"
    why "AWS's restore policy allows it beside the restore itself. Here it is for the databases that a restore makes." "AWS の復元用ポリシーでは、復元の呼び出しとは別に許可されています。ここでは、復元で作られるデータベースに対して許可します。"
    without "Not tried: restore jobs may be denied where AWS Backup makes the database by this call." "ない場合は確認されていません。AWS Backup がこの呼び出しでデータベースを作成する場面で、復元ジョブが拒否される可能性があります。"

    /// Tagging restored databases.
    TAG_RESTORED_DATABASE "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_RestoreFromSnapshot.html"
    why "RDS gives a restored database the tags of the one that was backed up, whether or not the restore asks for it, and that takes the permission to tag it." "RDS は、復元時の指定にかかわらず、バックアップ元のタグを復元したデータベースに引き継ぎます。そのため、タグ付けの権限が必要です。"
    without "Restore jobs fail when the database that was backed up had tags." "バックアップ元のデータベースにタグがあった場合、復元ジョブが失敗します。"

    /// Making tenants.
    MAKE_TENANTS "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html"
    why "Restoring an Oracle database with several tenants restores all of them; the reference has the call depend on this permission. Both the database and the tenant must be allowed, so it reaches no tenant of a database that no restore made." "マルチテナント構成の Oracle データベースを復元すると、すべてのテナントが復元されます。サービス認証リファレンスでは、復元の呼び出しにこの権限が必要とされています。データベースとテナントの両方が許可されている必要があるため、復元で作られたもの以外のテナントには及びません。"
    without "Restores of such databases may be denied." "該当するデータベースの復元が拒否される可能性があります。"

    /// Deleting what a failed restore left.
    DELETE_FAILED_RESTORE "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html"
    why "AWS's restore policy has it, on every database. Here it reaches only names that a restore may make, and never the database that is backed up." "AWS の復元用ポリシーでは、すべてのデータベースに対して許可されています。ここでは復元で作られる名前にしか及ばず、バックアップ対象のデータベースは削除できません。"
    without "Not tried: a restore that fails may leave a database that is billed until somebody deletes it." "ない場合は確認されていません。失敗した復元のデータベースが残り、削除するまで課金が続く可能性があります。"

    /// Deleting tenants that a failed restore left.
    DELETE_TENANTS_OF_FAILED_RESTORE "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html"
    why "Deleting an Oracle database with several tenants deletes these too; the reference has the call depend on this permission. Both the database and the tenant must be allowed, so it reaches no tenant of a database that no restore made." "マルチテナント構成の Oracle データベースを削除すると、テナントも削除されます。サービス認証リファレンスでは、削除の呼び出しにこの権限が必要とされています。データベースとテナントの両方が許可されている必要があるため、復元で作られたもの以外のテナントには及びません。"
    without "Not tried: a restore of such a database that fails may leave it behind." "ない場合は確認されていません。該当するデータベースの復元が失敗したとき、データベースが残る可能性があります。"

    /// RDS's automated snapshots in the source region.
    AUTOMATED_SNAPSHOTS "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Tagging.ARN.Constructing.html"
    why "The names of RDS's automated snapshots begin with `rds:`, which no user can choose. They are only what is copied from: the copy has a name of AWS Backup's." "RDS の自動スナップショットの名前は、ユーザーには付けられない `rds:` で始まります。コピー元になるだけで、コピーには AWS Backup の名前が付きます。"
    without "Backup jobs are denied at the snapshot that they copy, wherever automated backups are on." "自動バックアップが有効な場合、バックアップジョブがコピー元のスナップショットへのアクセスで拒否されます。"

    /// The tenants in AWS Backup's snapshots.
    SNAPSHOTS_OF_TENANTS "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html"
    why "The parts that tenants have in AWS Backup's snapshots, whose names begin with `awsbackup:` as those of the snapshots do." "AWS Backup のスナップショットに含まれるテナントの要素です。名前は、スナップショットと同じく `awsbackup:` で始まります。"
    without "Backup and copy jobs of Oracle databases with several tenants may be denied." "マルチテナント構成の Oracle データベースで、バックアップジョブとコピージョブが拒否される可能性があります。"

    /// The tenants of databases.
    TENANTS_OF_DATABASES "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html"
    why "RDS chooses the ids of tenants, hence the `*`. The calls are checked against the database too, which must be one that a restore made." "テナントの ID は RDS が決めるため `*` で指定します。呼び出しはデータベースに対しても認可されるため、対象は復元で作られたデータベースに限られます。"
    without "Restores of Oracle databases with several tenants may be denied." "マルチテナント構成の Oracle データベースの復元が拒否される可能性があります。"

    /// The ARN pattern of restored databases.
    RESTORED_DATABASE "https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-rds.html"
    why "A restore makes a new database, and may delete what it made when it fails: the pattern holds names of restored databases alone, and never that of one that is backed up. As narrow as `restore as` makes it." "復元では新しいデータベースを作成し、失敗したときは作成したものを削除することがあります。そのため、パターンに含まれるのは復元用の名前だけで、バックアップ対象の名前は含まれません。範囲は `restore as` で絞れます。"
    without "A restore under any other name is denied." "ほかの名前での復元が拒否されます。"

    /// What a restore does not bring along.
    SETTINGS_LEFT_BEHIND "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceFromDBSnapshot.html"
    why "A restored database has the data and most of the settings, but is in one Availability Zone unless the restore says otherwise, and has neither read replicas nor the IAM roles of the old one. They are put back afterwards with the operator's own permissions." "復元したデータベースにはデータとほとんどの設定が引き継がれます。ただし、復元時に指定しない限りシングル AZ になり、リードレプリカや関連付けた IAM ロールはありません。これらは復元後に担当者の権限で元に戻します。"
    without "The database serves, but with less than it had." "データベースは利用できますが、元と同じ構成にはなりません。"

    /// RDS is switched on in each region by hand.
    RDS_OPT_IN "https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html"
    why "AWS Backup backs RDS up only where it is switched on in the region's settings, which no CloudFormation resource sets." "AWS Backup で RDS をバックアップするには、リージョンの設定で有効にする必要があります。この設定は CloudFormation では行えません。"
    without "The plan would run and back up nothing." "プランは実行されますが、何もバックアップされません。"

    /// Windows that AWS Backup heeds.
    CLOSED_WINDOWS "https://docs.aws.amazon.com/aws-backup/latest/devguide/troubleshooting.html"
    why "RDS takes no snapshot for AWS Backup within an hour before the database's maintenance or automated-backup window, or during it: a backup that is due then fails. What is guaranteed counts no such run." "データベースのメンテナンスウィンドウと自動バックアップウィンドウの最中とその前の 1 時間は、AWS Backup によるスナップショットを開始できません。この時間帯に予定されたバックアップは失敗するため、保証の計算に含めません。"
    without "Runs that are due then would be counted as backups, though they fail." "失敗する実行が、バックアップとして計算に含まれてしまいます。"

    /// The selection.
    SELECT_DATABASES "https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html"
    why "The selection names the databases by their full ARNs, so that no other resource is ever backed up by this plan." "セレクションはデータベースを完全な ARN で指定します。このプランがほかのリソースをバックアップすることはありません。"
    without "The plan would back up nothing." "プランは何もバックアップしません。"

    /// The key of copies of databases.
    REPLICA_KEY_OF_DATABASES "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html"
    why "The replica in the destination region encrypts the vault for copies. Copies of DB snapshots need a customer managed key there: a copy into a vault under aws/backup fails." "コピー先リージョンのレプリカキーで、コピー用ボールトを暗号化します。DB スナップショットのコピーにはカスタマーマネージドキーが必要で、aws/backup で暗号化したボールトへのコピーは失敗します。"
    without "Every copy job into the destination vault would fail." "コピー先ボールトへのコピージョブはすべて失敗します。"
}
