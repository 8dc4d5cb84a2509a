//! What runbooks of RDS's kinds say and type alike.

use crate::kind::steps::{AskedSetting, FREED, PLACE, READY, Restorable};
use crate::procedure::Step;
use crate::procedure::command::{Command, Query, Word};
use crate::procedure::line::Line;
use crate::text::{Sentence, Text, say};

/// Why one prepares.
pub(in crate::kind) const PREPARE: Sentence = Sentence::new(
    "A DR region without its network is a DR region without a database.",
    "ネットワークのない DR リージョンには、データベースを復元できません。",
);

/// How to look at restored data.
pub(in crate::kind) const VERIFY: Sentence = Sentence::new(
    "Connect, count the rows of the tables that matter, and look for the newest row.",
    "接続して、重要なテーブルの行数と最新の行を確認します。",
);

/// What RDS asks of whoever makes an encrypted database.
pub(in crate::kind) const OPERATOR: Sentence = Sentence::new(
    "RDS also asks whoever makes an encrypted database for `kms:CreateGrant` and `kms:DescribeKey` on its key.",
    "暗号化されたデータベースを作成する担当者には、そのキーに対する `kms:CreateGrant` と `kms:DescribeKey` も必要です。",
);

/// Where the key of a resource is shown.
pub(in crate::kind) const KEY_SHOWN: Sentence = Sentence::new(
    "The notes below show it as `KmsKeyId`.",
    "実際のキーは、後述の「控える」手順の表の `KmsKeyId` で確認してください。",
);

/// How long the waiters of the CLI take.
pub(in crate::kind) const WAITS: Sentence = Sentence::new(
    "AWS promises no time. Each `wait` gives up after 30 minutes; paste the step again then.",
    "AWS は所要時間を保証していません。`wait` は 30 分で打ち切られます。その場合は、この手順をもう一度貼り付けてください。",
);

/// The subnet group of what is made.
pub(in crate::kind) const SUBNET_GROUP: AskedSetting = AskedSetting {
    variable: "SUBNET_GROUP",
    word: Some("subnet-group"),
    hint: Sentence::new("name of the DB subnet group", "DB サブネットグループの名前"),
};

/// Who may reach it.
pub(in crate::kind) const SECURITY_GROUP: AskedSetting = AskedSetting {
    variable: "SECURITY_GROUP_ID",
    word: None,
    hint: Sentence::new(
        "id of the security group that lets the application in",
        "アプリケーションからの接続を許可するセキュリティグループの ID",
    ),
};

/// The class of its instances.
pub(in crate::kind) const INSTANCE_CLASS: AskedSetting = AskedSetting {
    variable: "INSTANCE_CLASS",
    word: None,
    hint: Sentence::new("instance class, as noted before the day", "インスタンスクラス(平時に控えた値)"),
};

/// How to see that subnets, groups of settings and security groups fit.
pub(in crate::kind) const NETWORK_FITS: Sentence = Sentence::new(
    "the subnet group and the security group are of one VPC, the subnets are in two Availability Zones or more, and every other group is for the engine and the version that are restored",
    "サブネットグループとセキュリティグループの VPC が同じで、サブネットが 2 つ以上のアベイラビリティーゾーンにあり、そのほかのグループが、復元するエンジンとバージョンに対応していること",
);

/// The security groups of a resource, in the metadata of a restore. A list is a JSON array in a string.
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html>.
pub(in crate::kind) fn security_groups() -> (&'static str, String) {
    ("VpcSecurityGroupIds", "[\\\"$SECURITY_GROUP_ID\\\"]".to_owned())
}

/// A command of RDS.
pub(in crate::kind) fn rds(operation: &'static str) -> Command {
    Command::here("rds", operation)
}

/// A command about an instance.
pub(in crate::kind) fn of_instance(operation: &'static str, instance: &str) -> Command {
    rds(operation).expand("--db-instance-identifier", instance)
}

/// A group of settings that a restored resource is given.
pub(in crate::kind) struct SettingGroup {
    /// Its variable, word and hint.
    pub(in crate::kind) asked: AskedSetting,
    /// The command that describes them.
    pub(in crate::kind) operation: &'static str,
    /// Its option for one of them.
    pub(in crate::kind) option: &'static str,
    /// The list of them in the answer.
    pub(in crate::kind) list: &'static str,
    /// What of each is shown.
    pub(in crate::kind) fields: &'static [&'static str],
}

impl SettingGroup {
    fn describe(&self) -> Command {
        rds(self.operation)
    }
}

/// Shows the network of a region and its groups of settings.
pub(in crate::kind) fn choices(groups: &[SettingGroup]) -> Vec<Line> {
    let mut lines = vec![
        rds("describe-db-subnet-groups").rows("DBSubnetGroups", &["DBSubnetGroupName", "VpcId", "SubnetGroupStatus"]),
    ];
    lines.extend(groups.iter().map(|group| group.describe().rows(group.list, group.fields)));
    lines.push(
        Command::here("ec2", "describe-security-groups")
            .rows("SecurityGroups", &["GroupId", "GroupName", "VpcId", "Description"]),
    );
    lines
}

/// Shows what was chosen for a resource: each call is refused where there is no such thing.
pub(in crate::kind) fn check(groups: &[SettingGroup]) -> Vec<Line> {
    let mut lines = vec![rds("describe-db-subnet-groups").expand("--db-subnet-group-name", "$SUBNET_GROUP").show(&[
        "DBSubnetGroups[0].VpcId",
        "DBSubnetGroups[0].SubnetGroupStatus",
        "DBSubnetGroups[0].Subnets[].SubnetAvailabilityZone.Name",
    ])];
    lines.extend(groups.iter().map(|group| {
        let variable = group.asked.variable;
        group.describe().expand(group.option, format!("${variable}")).rows(group.list, group.fields)
    }));
    lines.push(
        Command::here("ec2", "describe-security-groups")
            .expand("--group-ids", "$SECURITY_GROUP_ID")
            .rows("SecurityGroups", &["GroupId", "GroupName", "VpcId"]),
    );
    lines
}

/// Shows whether the region offers the class of instances with the engine.
pub(in crate::kind) fn orderable() -> Line {
    rds("describe-orderable-db-instance-options")
        .expand("--engine", "$ENGINE")
        .expand("--engine-version", "$ENGINE_VERSION")
        .expand("--db-instance-class", "$INSTANCE_CLASS")
        .rows("OrderableDBInstanceOptions", &["DBInstanceClass", "EngineVersion"])
}

/// States in which what is restored does not become available by itself any more.
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html>.
const ENDED: &[&str] = &["failed", "deleting", "incompatible-network", "incompatible-restore"];

/// How RDS's commands speak of a resource of a kind.
pub(in crate::kind) struct Nouns {
    /// One of them, in a sentence.
    pub(in crate::kind) one: Sentence,
    /// The option that names one.
    pub(in crate::kind) identifier: &'static str,
    /// The option that gives it another name.
    pub(in crate::kind) new_identifier: &'static str,
    /// The command that describes them.
    pub(in crate::kind) describe: &'static str,
    /// The list of them in its answer.
    pub(in crate::kind) list: &'static str,
    /// The field with the name of one.
    pub(in crate::kind) name: &'static str,
    /// The field that says when it was made.
    pub(in crate::kind) made: &'static str,
    /// The field with the id that it keeps under each name.
    pub(in crate::kind) id: &'static str,
    /// The command that changes one.
    pub(in crate::kind) modify: &'static str,
    /// The field with its state.
    pub(in crate::kind) status: &'static str,
    /// How it is reached, in what describes it.
    pub(in crate::kind) endpoint: &'static [&'static str],
    /// What is shown when it has been renamed.
    pub(in crate::kind) renamed: &'static [&'static str],
    /// What is shown when it has been protected.
    pub(in crate::kind) protected: &'static [&'static str],
    /// What tells of its whole region whether it answers.
    pub(in crate::kind) asked: &'static [&'static str],
    /// Its type, where events are asked for.
    pub(in crate::kind) event_source: &'static str,
    /// The command that describes RDS's own backups, and the list of them in its answer.
    pub(in crate::kind) own_backups: (&'static str, &'static str),
}

impl Nouns {
    /// A command about the one of a name.
    pub(in crate::kind) fn command(&self, operation: &'static str, name: &str) -> Command {
        rds(operation).expand(self.identifier, name)
    }

    /// Shows something of the one of a name.
    pub(in crate::kind) fn show(&self, name: &str, fields: &'static [&'static str]) -> Line {
        self.command(self.describe, name).show(fields)
    }

    /// Shows where each new one is reached.
    pub(in crate::kind) fn reach(&self) -> Line {
        self.show("$NEW", self.endpoint)
    }

    /// Whether a region answers: what runs there, and what happened in the last day.
    pub(in crate::kind) fn ask(&self, region: &'static str) -> Vec<Command> {
        let all = Command::new(region, "rds", self.describe);
        let events = Command::new(region, "rds", "describe-events")
            .with("--source-type", self.event_source)
            .with("--duration", "1440");
        vec![
            all.query(Query::Rows { list: self.list, newest: None, fields: self.asked }),
            events.query(Query::Rows {
                list: "Events",
                newest: None,
                fields: &["SourceIdentifier", "Date", "Message"],
            }),
        ]
    }

    /// Keeps a field of each one as it is, or, where it is gone, one of RDS's own backups of it.
    fn of_either(&self, field: &'static str, of_backup: &'static str, variable: &str) -> Line {
        let (describe_backups, backups) = self.own_backups;
        let newest = |list, by, field| Query::Newest { list, which: (self.name, "$NAME"), by, field };
        rds(self.describe).or(
            newest(self.list, self.made, field),
            rds(describe_backups),
            newest(backups, "RestoreWindow.LatestTime", of_backup),
            variable,
        )
    }

    /// Finds the latest time that each can go back to.
    ///
    /// Sources: <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusterAutomatedBackups.html>,
    /// <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBInstanceAutomatedBackups.html>.
    pub(in crate::kind) fn latest_times(&self) -> Vec<Line> {
        const SHOWN: &[&str] =
            &["Status", "Engine", "EngineVersion", "RestoreWindow.EarliestTime", "RestoreWindow.LatestTime"];
        let (describe_backups, backups) = self.own_backups;
        vec![
            self.command(describe_backups, "$NAME").rows(backups, SHOWN),
            self.of_either("LatestRestorableTime", "RestoreWindow.LatestTime", "RESTORE_TIME"),
            self.of_either(self.id, self.id, "SOURCE_ID"),
        ]
    }

    /// What to know of the name and the security groups in the metadata of a restore.
    pub(in crate::kind) fn named(&self) -> Text {
        let Sentence { en: one, ja: one_ja } = self.one;
        say!(
            "No {one} in the region may have the new name yet. The list of security groups is a JSON array in a string: add more inside the array.",
            "新しい名前の{one_ja}がリージョンにまだないことを確認します。セキュリティグループは JSON 配列を文字列にしたもので、複数指定する場合は配列の中に追加します。"
        )
    }

    /// Finding the endpoint of each new one and switching to it.
    pub(in crate::kind) fn switch(&self) -> Step {
        let Sentence { en: one, ja: one_ja } = self.one;
        let secret = format!(
            "aws rds {} {} NEW --manage-master-user-password --apply-immediately --region REGION",
            self.modify, self.identifier
        );
        let protection = self.command(self.modify, "$NEW").flag("--deletion-protection");
        Step::new(say!("Point the application at it", "アプリケーションの接続先を切り替える"))
            .after(READY)
            .prose([
                say!(
                    "Look at the data first: the newest rows, and the tables that must not be empty. Users and passwords are those of the backup; a secret that names the old host, and anything that names the old endpoint (a CNAME, a configuration, an RDS Proxy), is changed now.",
                    "先にデータを確認します(最新の行と、空であってはならないテーブル)。ユーザーとパスワードはバックアップ時点のものです。古いホスト名を含むシークレットや、古いエンドポイントを参照している CNAME、設定、RDS Proxy などは、ここで変更します。"
                ),
                say!(
                    "If RDS kept the master password in Secrets Manager, that secret stays with the old {one}. Give this one its own: `{secret}`.",
                    "マスターパスワードを RDS が Secrets Manager で管理していた場合、そのシークレットは古い{one_ja}のものです。新しい{one_ja}用に作成してください: `{secret}`"
                ),
            ])
            // One that now serves is kept from being deleted by mistake.
            .lines([Line::each([protection.flag("--apply-immediately").show(self.protected), self.reach()])])
            .done(say!(
                "`DeletionProtection` is `True`; the application writes to and reads from the new endpoint, and nothing connects to the old one.",
                "`DeletionProtection` が `True` で、アプリケーションが新しいエンドポイントで読み書きでき、古いエンドポイントへの接続がないこと。"
            ))
            .takes(say!(
                "As long as your deployment and the time to live of your DNS records take.",
                "アプリケーションのデプロイと、DNS レコードの TTL に応じた時間がかかります。"
            ))
    }

    /// Leaves a resource out of which there is none of a name.
    fn only_if_there(&self, name: &'static str) -> [Line; 2] {
        let count = Query::Count { list: self.list, which: (self.name, name) };
        [rds(self.describe).look("FOUND", count), Line::Only(Word::Expand("$FOUND".to_owned()), "1".into())]
    }

    /// Gives the one of a name another.
    fn rename(&self, from: &str, to: &str) -> Line {
        let renamed = self.command(self.modify, from).expand(self.new_identifier, to).flag("--apply-immediately");
        renamed.show(self.renamed)
    }

    /// Asks until the one of a name can be used. While it is renamed nothing has the new name, so all are asked for.
    pub(in crate::kind) fn until_available(&self, name: &'static str) -> Line {
        let state = Query::StateOf { list: self.list, which: (self.name, name), state: self.status };
        rds(self.describe).until(state, "available", ENDED)
    }

    /// Renames the old ones, where they still exist and new ones wait for their names: what serves under its old name
    /// already keeps it. The line waits until nothing has the name, as the kind can tell.
    pub(in crate::kind) fn move_aside(&self, free: Line) -> Step {
        let Sentence { en: one, ja: one_ja } = self.one;
        let mut lines = vec![
            Line::NeverInDrills,
            Line::assign("ASIDE", "$(printf %.59s \"$NAME\")"),
            Line::assign("ASIDE", "${ASIDE%-}-old"),
        ];
        lines.extend(self.only_if_there("$NAME"));
        lines.extend(self.only_if_there("$NEW"));
        lines.extend([self.rename("$NAME", "$ASIDE"), free]);
        Step::new(say!("Move the old {one} aside", "古い{one_ja}の名前を変更する"))
            .after(PLACE)
            .mark(FREED)
            .lines([Line::each(lines)])
            .done(say!(
                "No {one} of the region has an old name any more; those that had them end in `-old`.",
                "元の名前の{one_ja}がリージョンになく、古いものの名前の末尾が `-old` になっていること。"
            ))
            .takes(say!("Minutes; AWS promises no time.", "数分程度です。AWS は所要時間を保証していません。"))
    }

    /// Gives the new ones the names that plans and the application know, and waits until they are there.
    pub(in crate::kind) fn take_name(&self) -> Step {
        let Sentence { en: one, ja: one_ja } = self.one;
        let [new, old] = ["$NEW", "$NAME"].map(|name| Word::Expand(name.to_owned()));
        let mut take = vec![Line::NeverInDrills, Line::Unless(new, old)];
        take.extend(self.only_if_there("$NEW"));
        take.push(self.rename("$NEW", "$NAME"));
        Step::new(say!("Give the new one the old name", "復元したものに元の名前を付ける"))
            .after(FREED)
            .prose([say!(
                "Plans back up the {one} of the old name and no other. With the old name the old endpoint is back too.",
                "プランがバックアップするのは、元の名前の{one_ja}だけです。元の名前を付けると、エンドポイントも元と同じになります。"
            )])
            .lines([
                Line::each(take),
                Line::each([self.until_available("$NAME"), self.show("$NAME", self.endpoint)]),
            ])
            .done(say!(
                "Each {one} is `available` under its old name, and its endpoint is the old one.",
                "{one_ja}が元の名前で `available` になり、エンドポイントが元と同じであること。"
            ))
            .takes(say!("Minutes; AWS promises no time.", "数分程度です。AWS は所要時間を保証していません。"))
    }
}

/// The parameter groups of a restored resource, by their word.
pub(in crate::kind) const PARAMETER_GROUP_WORDS: (&str, Sentence) =
    ("parameter-group", Sentence::new("parameter group", "パラメータグループ"));

/// What a role may put into what it restores: a subnet group, and groups of settings by their words.
pub(in crate::kind) fn into_groups(restore: &Restorable<'_>, groups: &[(&str, Sentence)]) -> Text {
    let named = |(word, what): &(&str, Sentence)| {
        let (what, what_ja) = (what.en, what.ja);
        match restore.settings.get(word) {
            Some(name) => say!("the {what} `{name}`", "{what_ja}は `{name}` だけです"),
            None => say!("any {what}", "{what_ja}に制限はありません"),
        }
    };
    let Text { en: subnets, ja: subnets_ja } =
        named(&("subnet-group", Sentence::new("subnet group", "サブネットグループ")));
    let (with, with_ja): (Vec<String>, Vec<String>) =
        groups.iter().map(named).map(|group| (group.en, group.ja)).unzip();
    let (with, with_ja) = (with.join(" and "), with_ja.join("。"));
    say!("into {subnets}, with {with}", "{subnets_ja}。{with_ja}")
}
