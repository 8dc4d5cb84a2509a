//! What runbooks of RDS's kinds say and type alike.

use crate::kind::steps::{Restorable, Restored, Site};
use crate::procedure::Step;
use crate::procedure::command::{Command, Line, Query, Word};
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
    "Look it up as `KmsKeyId` in the table below.",
    "実際のキーは後述の表の `KmsKeyId` で確認してください。",
);

/// How long the waiters of the CLI take.
pub(in crate::kind) const WAITS: Sentence = Sentence::new(
    "AWS promises no time. Each `wait` looks every 30 seconds and gives up after 30 minutes; run it again then.",
    "AWS は所要時間を保証していません。`wait` は 30 秒ごとに確認し、30 分で打ち切られます。その場合は再度実行してください。",
);

/// The security groups of a resource, in the metadata of a restore. A list is a JSON array in a string.
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html>.
pub(in crate::kind) fn security_groups(site: &Site<'_>) -> (&'static str, String) {
    ("VpcSecurityGroupIds", format!("[\\\"{}\\\"]", site.value("SECURITY_GROUP_ID")))
}

/// A command of RDS.
pub(in crate::kind) fn rds(site: &Site<'_>, operation: &'static str) -> Command {
    site.command("rds", operation)
}

/// A command about an instance.
pub(in crate::kind) fn of_instance(site: &Site<'_>, operation: &'static str, instance: &str) -> Command {
    rds(site, operation).with("--db-instance-identifier", instance)
}

/// What happened to a resource in the last day.
pub(in crate::kind) fn events(site: &Site<'_>, source_type: &str, name: &str) -> Line {
    let events = rds(site, "describe-events")
        .with("--source-type", source_type)
        .with("--source-identifier", name)
        .with("--duration", "1440");
    events.rows("Events", None, &["Date", "Message"])
}

/// A name for the old resource that is out of the way.
pub(in crate::kind) fn aside_name(name: &str) -> String {
    let kept: String = name.chars().take(59).collect();
    format!("{}-old", kept.trim_end_matches('-'))
}

/// A group of settings that a restored resource is given.
pub(in crate::kind) struct SettingGroup {
    /// The word of the language.
    pub(in crate::kind) word: &'static str,
    /// The command that describes them.
    pub(in crate::kind) operation: &'static str,
    /// Its option for one of them.
    pub(in crate::kind) option: &'static str,
    /// The list of them in the answer.
    pub(in crate::kind) list: &'static str,
    /// What of each is shown.
    pub(in crate::kind) fields: &'static [&'static str],
    /// What to set where the spec names none.
    pub(in crate::kind) hint: Sentence,
}

/// Finds the network of a region and the groups of settings: asks for what the spec does not name.
pub(in crate::kind) fn network(site: &Site<'_>, groups: &[SettingGroup]) -> Vec<Line> {
    let mut lines = subnet_group(site);
    lines.extend(groups.iter().flat_map(|group| group.find(site)));
    lines.push(
        site.command("ec2", "describe-security-groups")
            .expand("--filters", format!("Name=vpc-id,Values={}", site.value("VPC_ID")))
            .rows("SecurityGroups", None, &["GroupId", "GroupName", "Description"]),
    );
    lines.push(Line::need(
        site.variable("SECURITY_GROUP_ID"),
        say!(
            "id of the security group that lets the application in",
            "アプリケーションからの接続を許可するセキュリティグループの ID を設定してください"
        ),
    ));
    lines
}

fn subnet_group(site: &Site<'_>) -> Vec<Line> {
    const SHOWN: &[&str] = &["DBSubnetGroupName", "VpcId", "SubnetGroupStatus"];
    let groups = || rds(site, "describe-db-subnet-groups");
    let name = site.setting("subnet-group");
    let one = || groups().option("--db-subnet-group-name", Some(name.clone()));
    let mut lines = match name {
        Word::Plain(_) => Vec::new(),
        Word::Expand(_) => vec![
            groups().rows("DBSubnetGroups", None, SHOWN),
            Line::need(
                site.setting_variable("subnet-group"),
                say!("name of the DB subnet group", "DB サブネットグループの名前を設定してください"),
            ),
        ],
    };
    lines.push(one().show(&[
        "DBSubnetGroups[0].VpcId",
        "DBSubnetGroups[0].SubnetGroupStatus",
        "DBSubnetGroups[0].Subnets[].SubnetAvailabilityZone.Name",
    ]));
    lines.push(one().into(site.variable("VPC_ID"), Query::Value("DBSubnetGroups[0].VpcId")));
    lines
}

impl SettingGroup {
    fn find(&self, site: &Site<'_>) -> Vec<Line> {
        let groups = rds(site, self.operation);
        match site.setting(self.word) {
            Word::Expand(_) => vec![
                groups.rows(self.list, None, self.fields),
                Line::need(site.setting_variable(self.word), self.hint.into()),
            ],
            name @ Word::Plain(_) => vec![groups.option(self.option, Some(name)).rows(self.list, None, self.fields)],
        }
    }
}

/// Asks for the class of instances, and whether the region offers it with the engine.
pub(in crate::kind) fn instance_class(site: &Site<'_>) -> [Line; 2] {
    [
        Line::need(
            "INSTANCE_CLASS",
            say!("instance class that you noted before the day", "控えておいたインスタンスクラスを設定してください"),
        ),
        rds(site, "describe-orderable-db-instance-options")
            .expand("--engine", "$ENGINE")
            .expand("--engine-version", "$ENGINE_VERSION")
            .expand("--db-instance-class", "$INSTANCE_CLASS")
            .rows("OrderableDBInstanceOptions", None, &["DBInstanceClass", "EngineVersion"]),
    ]
}

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
    /// The command that changes one.
    pub(in crate::kind) modify: &'static str,
    /// Its state, in what describes it.
    pub(in crate::kind) status: &'static str,
    /// How it is reached, in what describes it.
    pub(in crate::kind) endpoint: &'static [&'static str],
    /// What is shown when it has been renamed.
    pub(in crate::kind) renamed: &'static [&'static str],
    /// What is shown when it has been protected.
    pub(in crate::kind) protected: &'static [&'static str],
}

impl Nouns {
    /// A command about one.
    pub(in crate::kind) fn command(&self, site: &Site<'_>, operation: &'static str, name: &str) -> Command {
        rds(site, operation).with(self.identifier, name)
    }

    /// Shows something of one.
    pub(in crate::kind) fn show(&self, site: &Site<'_>, name: &str, fields: &'static [&'static str]) -> Line {
        self.command(site, self.describe, name).show(fields)
    }

    /// Shows where one is reached.
    pub(in crate::kind) fn reach(&self, site: &Site<'_>, name: &str) -> Line {
        self.show(site, name, self.endpoint)
    }

    /// What to know of the name and the security groups in the metadata of a restore.
    pub(in crate::kind) fn named(&self, site: &Site<'_>, restored: &Restored<'_>) -> Text {
        let (pattern, Sentence { en: one, ja: one_ja }) = (site.pattern(restored.of), self.one);
        say!(
            "The name must match `{pattern}`, or the role is refused; and no {one} in the region may have it yet. The list of security groups is a JSON array in a string: add more inside it.",
            "{one_ja}名が `{pattern}` に一致しないと、ロールの権限で拒否されます。また、同じ名前の{one_ja}がリージョンにあってはいけません。セキュリティグループは JSON 配列を文字列にしたもので、複数指定する場合はこの中に追加します。"
        )
    }

    /// Finding the endpoint and switching to it.
    pub(in crate::kind) fn switch(&self, site: &Site<'_>, name: &str) -> Step {
        let (code, Sentence { en: one, ja: one_ja }) = (site.code(), self.one);
        let secret = format!(
            "aws rds {} {} {name} --manage-master-user-password --apply-immediately --region {code}",
            self.modify, self.identifier
        );
        let protection = self.command(site, self.modify, name).flag("--deletion-protection");
        Step::new(say!("Switch to the endpoint of `{name}`", "`{name}` のエンドポイントに切り替える"))
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
            .lines([protection.flag("--apply-immediately").show(self.protected), self.reach(site, name)])
            .done(say!(
                "`DeletionProtection` is `True`; the application writes to and reads from the new endpoint, and nothing connects to the old one.",
                "`DeletionProtection` が `True` で、アプリケーションが新しいエンドポイントで読み書きでき、古いエンドポイントへの接続がないこと。"
            ))
            .takes(say!(
                "As long as your deployment and the time to live of your DNS records take.",
                "アプリケーションのデプロイと、DNS レコードの TTL に応じた時間がかかります。"
            ))
    }

    fn rename(&self, site: &Site<'_>, from: &str, to: &str) -> Line {
        self.command(site, self.modify, from)
            .with(self.new_identifier, to)
            .flag("--apply-immediately")
            .show(self.renamed)
    }

    /// Asks until one can be used.
    pub(in crate::kind) fn until_available(&self, site: &Site<'_>, name: &str) -> Line {
        self.command(site, self.describe, name).until(self.status, &["available"], "available")
    }

    /// Renames the old one, where it still exists; the line waits until nothing has its name, as the kind can tell, of
    /// which it is given the new one.
    pub(in crate::kind) fn move_aside(&self, site: &Site<'_>, name: &str, free: impl FnOnce(&str) -> Line) -> Step {
        let (Sentence { en: one, ja: one_ja }, aside) = (self.one, aside_name(name));
        Step::new(say!("Move the old {one} aside", "古い{one_ja}の名前を変更する"))
            .prose([say!(
                "If `{name}` no longer exists in the region, the first command says that it is not found: then there is nothing to do here.",
                "`{name}` がリージョンに残っていない場合は、最初のコマンドで見つからない旨のエラーになりますが、問題ありません。"
            )])
            .lines([self.rename(site, name, &aside), free(&aside)])
            .done(say!("No {one} is called `{name}`.", "`{name}` という名前の{one_ja}がないこと。"))
            .takes(say!("Minutes; AWS promises no time.", "数分程度です。AWS は所要時間を保証していません。"))
    }

    /// Gives the restored one the name that the plan and the application know, and waits until it is there.
    pub(in crate::kind) fn take_name(&self, site: &Site<'_>, Restored { name, of }: &Restored<'_>, plan: &str) -> Step {
        let Sentence { en: one, ja: one_ja } = self.one;
        Step::new(say!("Give it the old name", "元の名前に戻す"))
            .prose([say!(
                "The plan `{plan}` backs up the {one} called `{of}` and no other: under the name `{name}` it would not be backed up. With the old name the old endpoint is back too.",
                "プラン `{plan}` がバックアップするのは `{of}` という名前の{one_ja}だけです。`{name}` のままではバックアップされません。元の名前に戻すと、エンドポイントも元に戻ります。"
            )])
            .lines([self.rename(site, name, of), self.until_available(site, of), self.reach(site, of)])
            .done(say!(
                "`{of}` is `available`, and its endpoint is the old one.",
                "`{of}` が `available` で、エンドポイントが元と同じであること。"
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
            Some(name) => say!("the {what} `{name}`", "{what_ja}は `{name}` "),
            None => say!("any {what}", "{what_ja}は任意"),
        }
    };
    let Text { en: subnets, ja: subnets_ja } =
        named(&("subnet-group", Sentence::new("subnet group", "サブネットグループ")));
    let (with, with_ja): (Vec<String>, Vec<String>) =
        groups.iter().map(named).map(|group| (group.en, group.ja)).unzip();
    let (with, with_ja) = (with.join(" and "), with_ja.join("、"));
    say!("into {subnets}, with {with}", "{subnets_ja}、{with_ja}です")
}
