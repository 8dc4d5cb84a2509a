//! Restoring a recovery point: the cluster by AWS Backup, its instances by hand.
//!
//! Keys of the metadata: <https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-aur.html>
//! (which are required, which optional, and how they are spelled). A list is a JSON array in a
//! string: <https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html>.

use super::command::{Command, Line, Query, Word};
use super::point::about;
use super::scope::{KeyChoice, Scope, Site};
use super::text::{Text, say};
use super::{Part, Step, target};

/// The page about restoring Aurora.
const PAGE: &str = "https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-aur.html";

/// What is added to a cluster's name on the day.
const SUFFIX: &str = "-restored";

/// Name of the cluster that is restored in a place on the day.
pub(super) fn restored(scope: &Scope<'_>, site: &Site<'_>) -> String {
    site.restored_name(scope.cluster, SUFFIX)
}

/// Restoring on the day.
pub(super) fn part(scope: &Scope<'_>) -> Part {
    let site = scope.refuge();
    let (code, name, name_ja) = (site.code(), site.region().name, site.name_ja());
    let title = say!("Restore in {code} ({name})", "{code}({name_ja})に復元する");
    if site.restore.is_none() {
        return Part { title, prose: forbidden(scope), steps: Vec::new() };
    }
    let cluster = restored(scope, &site);
    let steps = self::steps(scope, &site, &cluster);
    Part {
        title,
        prose: vec![say!(
            "AWS Backup restores the cluster `{cluster}` without a single instance: you make the instances.",
            "AWS Backup が復元するのはクラスター `{cluster}` だけで、インスタンスは作成されません。インスタンスは手動で作成します。"
        )],
        steps,
    }
}

/// What to say where the spec forbids restores.
fn forbidden(scope: &Scope<'_>) -> Vec<Text> {
    let role = scope.statement.role.value.name();
    vec![
        say!(
            "This statement says `no restore`: the role `{role}` may not restore anything, here or anywhere.",
            "この定義には `no restore` と書かれています。ロール `{role}` には、どのリージョンでも復元する権限がありません。"
        ),
        say!(
            "Before the day: replace `no restore` by `restore subnet-group NAME parameter-group NAME`, build, deploy the stack with the role, and make this runbook again.",
            "平時の対応: `no restore` を `restore subnet-group 名前 parameter-group 名前` に置き換えてビルドし、ロールのあるスタックをデプロイしてから、このランブックを生成し直してください。"
        ),
        say!(
            "On the day: restore in the console of AWS Backup with another role that may, such as one with the managed policy AWSBackupServiceRolePolicyForRestores.",
            "災害当日の対応: 管理ポリシー AWSBackupServiceRolePolicyForRestores を持つロールなど、復元の権限がある別のロールを使って、AWS Backup のコンソールから復元します。"
        ),
    ]
}

/// Finds the network of a place: asks for what the spec does not name.
pub(super) fn network(site: &Site<'_>) -> Vec<Line> {
    let mut lines = subnet_group(site);
    lines.extend(parameter_group(site));
    lines.push(Line::Run(
        Command::new(site.code(), "ec2", "describe-security-groups")
            .expand("--filters", format!("Name=vpc-id,Values=${}", site.variables.vpc))
            .show(Query::Rows { list: "SecurityGroups", by: None, fields: &["GroupId", "GroupName", "Description"] }),
    ));
    lines.push(need(
        site.variables.security_group,
        say!(
            "id of the security group that lets the application in",
            "アプリケーションからの接続を許可するセキュリティグループの ID を設定してください"
        ),
    ));
    lines
}

fn subnet_group(site: &Site<'_>) -> Vec<Line> {
    const SHOWN: &[&str] = &["DBSubnetGroupName", "VpcId", "SubnetGroupStatus"];
    let rows = Query::Rows { list: "DBSubnetGroups", by: None, fields: SHOWN };
    let groups = || site.rds("describe-db-subnet-groups");
    let word = site.subnet_group();
    let one = || option(groups(), "--db-subnet-group-name", &word);
    let mut lines = match word {
        Word::Plain(_) => Vec::new(),
        Word::Expand(_) => vec![
            Line::Run(groups().show(rows)),
            need(
                site.variables.subnet_group,
                say!("name of the DB subnet group", "DB サブネットグループの名前を設定してください"),
            ),
        ],
    };
    lines.push(Line::Run(one().show(Query::Values(&[
        "DBSubnetGroups[0].VpcId",
        "DBSubnetGroups[0].SubnetGroupStatus",
        "DBSubnetGroups[0].Subnets[].SubnetAvailabilityZone.Name",
    ]))));
    lines.push(one().into(site.variables.vpc, Query::Value("DBSubnetGroups[0].VpcId")));
    lines
}

fn parameter_group(site: &Site<'_>) -> Vec<Line> {
    const SHOWN: &[&str] = &["DBClusterParameterGroupName", "DBParameterGroupFamily"];
    let rows = Query::Rows { list: "DBClusterParameterGroups", by: None, fields: SHOWN };
    let groups = site.rds("describe-db-cluster-parameter-groups");
    match site.parameter_group() {
        Word::Expand(_) => vec![
            Line::Run(groups.show(rows)),
            need(
                site.variables.parameter_group,
                say!(
                    "name of the DB cluster parameter group",
                    "DB クラスターパラメータグループの名前を設定してください"
                ),
            ),
        ],
        word @ Word::Plain(_) => {
            vec![Line::Run(option(groups, "--db-cluster-parameter-group-name", &word).show(rows))]
        }
    }
}

fn need(variable: &'static str, hint: Text) -> Line {
    Line::Need { variable, hint }
}

fn option(command: Command, name: &'static str, word: &Word) -> Command {
    match word {
        Word::Plain(text) => command.with(name, text),
        Word::Expand(text) => command.expand(name, text),
    }
}

/// Restores the chosen recovery point of a place as this cluster, up to its first instance.
pub(super) fn steps(scope: &Scope<'_>, site: &Site<'_>, cluster: &str) -> Vec<Step> {
    let mut steps = vec![gather(site), metadata(scope, site, cluster)];
    // Last of all before the restore, so that the old cluster serves until everything else is there.
    if site.code() == scope.source().code() && cluster == scope.cluster {
        steps.push(aside(scope));
    }
    steps.extend([start(site, cluster), instances(scope, site, cluster)]);
    steps
}

/// Puts engine and version into their variables, as the snapshot has them, whose ARN is that of the
/// recovery point. The metadata need not have the version, and without it RDS restores the region's
/// default one, which may be another major version.
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBClusterSnapshot.html>.
fn engine(site: &Site<'_>) -> [Line; 3] {
    let snapshot = || {
        let point = format!("${}", site.variables.point);
        site.rds("describe-db-cluster-snapshots").expand("--db-cluster-snapshot-identifier", point)
    };
    [
        Line::Run(about(site, "get-recovery-point-restore-metadata")),
        snapshot().into("ENGINE", Query::Value("DBClusterSnapshots[0].Engine")),
        snapshot().into("ENGINE_VERSION", Query::Value("DBClusterSnapshots[0].EngineVersion")),
    ]
}

fn gather(site: &Site<'_>) -> Step {
    let mut lines = network(site);
    lines.extend(engine(site));
    lines.extend([
        need(
            "INSTANCE_CLASS",
            say!("instance class that you noted before the day", "控えておいたインスタンスクラスを設定してください"),
        ),
        Line::Run(
            Command::new(site.code(), "rds", "describe-orderable-db-instance-options")
                .expand("--engine", "$ENGINE")
                .expand("--engine-version", "$ENGINE_VERSION")
                .expand("--db-instance-class", "$INSTANCE_CLASS")
                .show(Query::Rows {
                    list: "OrderableDBInstanceOptions",
                    by: None,
                    fields: &["DBInstanceClass", "EngineVersion"],
                }),
        ),
    ]);
    Step::new(say!("Gather what the restore needs", "復元に必要な情報を集める"))
        .prose([say!(
            "The restore metadata show what the cluster had when it was backed up; names in them are those of the region that was backed up. They may lack the engine version, and a restore without one may take another major version: engine and version are read from the snapshot itself, which is the recovery point.",
            "復元メタデータには、バックアップ時のクラスターの設定が表示されます。そこに含まれる名前は、バックアップ元リージョンのものです。エンジンバージョンは含まれていないことがあり、指定せずに復元すると別のメジャーバージョンになるおそれがあります。そのため、エンジンとバージョンは復旧ポイントの実体であるスナップショットから読み取ります。"
        ),
        say!(
            "If the snapshot is not found, set `ENGINE` and `ENGINE_VERSION` to what you noted before the day, and go on with the lines after them.",
            "スナップショットが見つからない場合は、`ENGINE` と `ENGINE_VERSION` に控えておいた値を設定し、その次の行から続けてください。"
        )])
        .lines(lines)
        .done(say!(
            "No message says that a value is missing, `ENGINE` begins with `aurora`, `ENGINE_VERSION` is a version and not `None`, and the last table shows the instance class with the engine version. An empty table means that the region does not offer the two together: choose another class.",
            "値が未設定というメッセージが出ず、`ENGINE` が `aurora` で始まり、`ENGINE_VERSION` が `None` ではなくバージョン番号で、最後の表にインスタンスクラスとエンジンバージョンが表示されること。表が空の場合、その組み合わせはこのリージョンで利用できないため、別のクラスを選びます。"
        ))
        .takes(say!("Minutes.", "数分です。"))
}

/// The restore metadata, as a file to look at before it is used.
fn metadata(scope: &Scope<'_>, site: &Site<'_>, cluster: &str) -> Step {
    let mut lines: Vec<Line> = key(scope, site).into_iter().collect();
    let mut fields = fields(site, cluster);
    let encryption = if lines.is_empty() {
        say!(
            "Without `KmsKeyId` the new cluster is encrypted with the key of the snapshot.",
            "`KmsKeyId` を指定しない場合、新しいクラスターはスナップショットと同じキーで暗号化されます。"
        )
    } else {
        fields.push(("KmsKeyId", format!("${}", site.variables.key)));
        say!(
            "`KmsKeyId` is the key that the new cluster is encrypted with; the role may use it.",
            "`KmsKeyId` は新しいクラスターを暗号化するキーで、ロールに使用が許可されています。"
        )
    };
    lines.push(Line::Document { file: file(site, cluster), fields });
    let pattern = site.restore.map_or("", |restore| restore.pattern.value.as_str()).replace("<name>", scope.cluster);
    Step::new(say!("Write the restore metadata", "復元メタデータを作成する"))
        .prose([
            say!(
                "The name must match `{pattern}`, or the role is refused; and no cluster in the region may have it yet. The list of security groups is a JSON array in a string: add more inside it.",
                "クラスター名が `{pattern}` に一致しないと、ロールの権限で拒否されます。また、同じ名前のクラスターがリージョンにあってはいけません。セキュリティグループは JSON 配列を文字列にしたもので、複数指定する場合はこの中に追加します。"
            ),
            encryption,
        ])
        .lines(lines)
        .done(say!("The file is there, and no value is empty or `None`.", "ファイルが作成され、空の値や `None` がないこと。"))
        .takes(say!("Seconds.", "数秒です。"))
        .source(PAGE)
}

/// Everything but the key.
fn fields(site: &Site<'_>, cluster: &str) -> Vec<(&'static str, String)> {
    let text = |word: Word| match word {
        Word::Plain(text) | Word::Expand(text) => text,
    };
    vec![
        ("DBClusterIdentifier", cluster.to_owned()),
        ("Engine", "$ENGINE".to_owned()),
        ("EngineVersion", "$ENGINE_VERSION".to_owned()),
        ("DBSubnetGroupName", text(site.subnet_group())),
        ("DBClusterParameterGroupName", text(site.parameter_group())),
        ("VpcSecurityGroupIds", format!("[\\\"${}\\\"]", site.variables.security_group)),
    ]
}

/// Puts the key of the new cluster into its variable, where one is named.
fn key(scope: &Scope<'_>, site: &Site<'_>) -> Option<Line> {
    let variable = site.variables.key;
    Some(match scope.restored_key(site)? {
        KeyChoice::OfVault => site.backup("describe-backup-vault").into(variable, Query::Value("EncryptionKeyArn")),
        KeyChoice::Arn(arn) => Line::Assign { variable, value: Word::Plain(arn.to_owned()) },
        KeyChoice::Alias(name) => Command::new(site.code(), "kms", "describe-key")
            .with("--key-id", format!("alias/{name}"))
            .into(variable, Query::Value("KeyMetadata.Arn")),
    })
}

fn file(site: &Site<'_>, cluster: &str) -> String {
    format!("{cluster}-{}.json", site.code())
}

fn start(site: &Site<'_>, cluster: &str) -> Step {
    let code = site.code();
    let describe =
        || Command::new(code, "backup", "describe-restore-job").expand("--restore-job-id", "$RESTORE_JOB_ID");
    let lines = [
        Command::new(code, "backup", "start-restore-job")
            .expand("--recovery-point-arn", format!("${}", site.variables.point))
            .expand("--iam-role-arn", "$ROLE_ARN")
            .with("--resource-type", "Aurora")
            .with("--metadata", format!("file://{}", file(site, cluster)))
            .into("RESTORE_JOB_ID", Query::Value("RestoreJobId")),
        describe().until("Status", &["COMPLETED", "ABORTED", "FAILED"], "COMPLETED"),
        Line::Run(describe().show(Query::Values(&[
            "Status",
            "StatusMessage",
            "CreationDate",
            "CompletionDate",
            "CreatedResourceArn",
        ]))),
    ];
    Step::new(say!("Restore the cluster", "クラスターを復元する"))
        .lines(lines)
        .done(say!(
            "The loop ends with `OK`, and `CreatedResourceArn` names `{cluster}`. After `FAILED` the message says why; correct the file and start again.",
            "ループが `OK` で終わり、`CreatedResourceArn` が `{cluster}` を指すこと。`FAILED` の場合はメッセージに理由が出るので、ファイルを修正してやり直します。"
        ))
        .takes(say!(
            "AWS promises no time. The loop looks every 30 seconds for 4 hours; run it again if that is not enough, the job goes on. The drills tell you what to expect.",
            "AWS は所要時間を保証していません。ループは 30 秒ごとに 4 時間まで確認します。終わらない場合は、ループだけをもう一度実行してください(ジョブは続いています)。目安は訓練で把握します。"
        ))
        .source("https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StartRestoreJob.html")
}

/// The first instance, since a restore makes none.
fn instances(scope: &Scope<'_>, site: &Site<'_>, cluster: &str) -> Step {
    let instance = target::instance(cluster, scope.cluster);
    let code = site.code();
    Step::new(say!("Make the instances", "インスタンスを作成する"))
        .prose([
            say!(
                "The first instance becomes the writer. For the readers that the load needs, repeat `create-db-instance` and the `wait` after it with the names `…-2`, `…-3`. An instance is private, as asked for, and takes the default DB parameter group unless you add `--db-parameter-group-name`.",
                "最初のインスタンスがライターになります。リーダーが必要な場合は、名前を `…-2`、`…-3` に変えて、`create-db-instance` とその次の `wait` を繰り返します。インスタンスは、オプションで指定しているとおりパブリックアクセス不可で作成されます。`--db-parameter-group-name` を追加しない限り、デフォルトの DB パラメータグループが使われます。"
            ),
            say!(
                "`db.serverless` needs a capacity range on the cluster first; fill in the one that you noted: `aws rds modify-db-cluster --db-cluster-identifier {cluster} --serverless-v2-scaling-configuration MinCapacity=…,MaxCapacity=… --apply-immediately --region {code}`.",
                "`db.serverless` の場合は、先にクラスターの容量範囲を設定します。控えておいた値を入れて実行してください: `aws rds modify-db-cluster --db-cluster-identifier {cluster} --serverless-v2-scaling-configuration MinCapacity=…,MaxCapacity=… --apply-immediately --region {code}`"
            ),
        ])
        .lines(instance_lines(site, cluster, &instance))
        .done(say!(
            "`{instance}` is listed as a member of the cluster `{cluster}`, whose status is `available`.",
            "クラスター `{cluster}` の状態が `available` で、メンバーに `{instance}` が表示されること。"
        ))
        .takes(say!(
            "AWS promises no time. Each `wait` looks every 30 seconds and gives up after 30 minutes; run it again then.",
            "AWS は所要時間を保証していません。`wait` は 30 秒ごとに確認し、30 分で打ち切られます。その場合は再度実行してください。"
        ))
        .source(PAGE)
}

/// Without `--no-publicly-accessible` an instance is public where the VPC has an internet gateway.
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html>.
fn instance_lines(site: &Site<'_>, cluster: &str, instance: &str) -> [Line; 5] {
    [
        Line::Run(site.rds("wait db-cluster-available").with("--db-cluster-identifier", cluster)),
        site.rds("describe-db-clusters")
            .with("--db-cluster-identifier", cluster)
            .into("ENGINE", Query::Value("DBClusters[0].Engine")),
        Line::Run(
            site.rds("create-db-instance")
                .with("--db-instance-identifier", instance)
                .with("--db-cluster-identifier", cluster)
                .expand("--db-instance-class", "$INSTANCE_CLASS")
                .expand("--engine", "$ENGINE")
                .flag("--no-publicly-accessible")
                .show(Query::Values(&["DBInstance.DBInstanceIdentifier", "DBInstance.DBInstanceStatus"])),
        ),
        Line::Run(site.rds("wait db-instance-available").with("--db-instance-identifier", instance)),
        Line::Run(site.rds("describe-db-clusters").with("--db-cluster-identifier", cluster).show(Query::Values(&[
            "DBClusters[0].Status",
            "DBClusters[0].EngineVersion",
            "DBClusters[0].DBClusterMembers[].DBInstanceIdentifier",
            "DBClusters[0].KmsKeyId",
        ]))),
    ]
}

/// A name for the old cluster that is out of the way.
fn aside_name(cluster: &str) -> String {
    let kept: String = cluster.chars().take(59).collect();
    format!("{}-old", kept.trim_end_matches('-'))
}

/// Renames the old cluster, where it still exists.
pub(super) fn aside(scope: &Scope<'_>) -> Step {
    let (source, cluster, old) = (scope.source(), scope.cluster, aside_name(scope.cluster));
    Step::new(say!("Move the old cluster aside", "古いクラスターの名前を変更する"))
        .prose([say!(
            "If `{cluster}` no longer exists in the region, the first command says that it is not found: then there is nothing to do here.",
            "`{cluster}` がリージョンに残っていない場合は、最初のコマンドで見つからない旨のエラーになりますが、問題ありません。"
        )])
        .lines([
            renaming(&source, cluster, &old),
            // It ends as soon as nothing has the name, whether deleted or renamed.
            Line::Run(source.rds("wait db-cluster-deleted").with("--db-cluster-identifier", cluster)),
        ])
        .done(say!("No cluster is called `{cluster}`.", "`{cluster}` という名前のクラスターがないこと。"))
        .takes(say!("Minutes; AWS promises no time.", "数分程度です。AWS は所要時間を保証していません。"))
}

/// Renames a cluster and waits until it is there under its new name.
pub(super) fn rename(site: &Site<'_>, from: &str, to: &str) -> Vec<Line> {
    vec![
        renaming(site, from, to),
        site.rds("describe-db-clusters").with("--db-cluster-identifier", to).until(
            "DBClusters[0].Status",
            &["available"],
            "available",
        ),
    ]
}

fn renaming(site: &Site<'_>, from: &str, to: &str) -> Line {
    Line::Run(
        site.rds("modify-db-cluster")
            .with("--db-cluster-identifier", from)
            .with("--new-db-cluster-identifier", to)
            .flag("--apply-immediately")
            .show(Query::Values(&["DBCluster.DBClusterIdentifier", "DBCluster.Status"])),
    )
}
