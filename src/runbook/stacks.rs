//! Changing the stacks of the region with the copies while the source, from which they read the ARNs
//! of primary keys, is lost.

use std::collections::{BTreeMap, BTreeSet};

use super::scope::Scope;
use super::text::say;
use super::{Phase, Section, Step};
use crate::lower::{StackKind, primary_parameter, stack_name};
use crate::procedure::command::{Command, Query};
use crate::procedure::line::Line;
use crate::spec::placement::Key;
use crate::spec::{KeyName, System};

/// The replicas of a system whose primary keys it makes as well, by own region, with the regions of their primaries.
type Replicas<'a> = BTreeMap<&'static str, (BTreeSet<&'a str>, BTreeSet<&'static str>)>;

fn replicas(system: &System) -> Replicas<'_> {
    let mut replicas = Replicas::new();
    for (name, key) in system.made_keys() {
        let primary = key.replica_of.and_then(|id| system.key(id));
        if let Some(Key { location: from, name: KeyName::Made(_), .. }) = primary {
            let (names, sources) = replicas.entry(key.location.region.code).or_default();
            names.insert(name);
            sources.insert(from.region.code);
        }
    }
    replicas
}

/// Deploying to one region alone; nothing where no stack reads anything from another.
pub(super) fn phase(scopes: &[Scope<'_>]) -> Option<Phase> {
    let systems: BTreeMap<&str, &System> =
        scopes.iter().map(|scope| (scope.system.name.value.as_str(), scope.system)).collect();
    let sections: Vec<Section> = systems.into_values().filter_map(section).collect();
    (!sections.is_empty()).then(|| Phase {
        id: "stacks",
        title: say!("If a stack must change meanwhile", "その間にスタックを変更する場合"),
        prose: vec![say!(
            "Restoring changes no stack. Only for a stack with copies that has to be changed before the source is back.",
            "復元にスタックの変更は不要です。ソースの復旧前に、コピー先のスタックを変更する必要がある場合だけ実施してください。"
        )],
        sections,
    })
}

fn section(system: &System) -> Option<Section> {
    let name = &system.name.value;
    let steps: Vec<Step> = replicas(system).into_iter().map(|(to, replicas)| deploy(name, to, &replicas)).collect();
    (!steps.is_empty()).then(|| Section { steps, ..Section::new(say!("Stacks of {name}", "{name} のスタック")) })
}

fn deploy(system: &str, to: &'static str, (replicas, sources): &(BTreeSet<&str>, BTreeSet<&'static str>)) -> Step {
    let from = sources.iter().copied().collect::<Vec<_>>().join(", ");
    let stack = stack_name(system, StackKind::ReplicaKeys);
    let mut lines = Vec::new();
    let mut parameters = Vec::new();
    for replica in replicas {
        let parameter = primary_parameter(replica).to_string();
        let describe = Command::new(to, "kms", "describe-key").with("--key-id", format!("alias/{replica}"));
        let primary = Query::Value("KeyMetadata.MultiRegionConfiguration.PrimaryKey.Arn");
        lines.push(describe.into(parameter.clone(), primary));
        parameters.push(parameter);
    }
    lines.push(Line::Deploy { region: to, parameters });
    Step::new(say!("Deploy the stacks of {to} alone", "{to} のスタックだけをデプロイする"))
        .prose([
            say!(
                "At every update the stack `{stack}` reads the ARN of the primary key from {from}, which fails while {from} does not answer. The replica knows that ARN too, so pass it. Run this in the directory that `drc build` wrote, with the permissions that `drc explain --deployer` prints.",
                "スタック `{stack}` は更新のたびにプライマリキーの ARN を {from} から読み取るため、{from} が応答しない間は更新に失敗します。ARN はレプリカキーからもわかるので、それを渡します。`drc build` の出力ディレクトリで、`drc explain --deployer` が示す権限を使って実行してください。"
            ),
            say!(
                "Nobody documents that CloudFormation leaves alone what `Fn::If` does not take. If the update still fails because {from} does not answer, copy the template of `{stack}`, write the ARN in the place of all that stands below `PrimaryKeyArn`, and deploy the copy: `aws cloudformation deploy --region {to} --stack-name {stack} --template-file COPY`. It must be this very ARN: with another one CloudFormation tries to replace the key.",
                "`Fn::If` で選ばれない側を CloudFormation が評価しないとは、どこにも明記されていません。それでも {from} が応答しないために失敗する場合は、`{stack}` のテンプレートをコピーし、`PrimaryKeyArn` の値全体を ARN に書き換えて、そのコピーをデプロイします: `aws cloudformation deploy --region {to} --stack-name {stack} --template-file COPY`。ARN は必ずこの値にしてください。別の ARN を書くと、CloudFormation がキーを置き換えようとします。"
            ),
            say!(
                "Once {from} is back, run `sh deploy.sh` without anything: nothing of what was passed stays.",
                "{from} が復旧したら、何も渡さずに `sh deploy.sh` を実行します。渡した値は残りません。"
            ),
        ])
        .lines(lines)
        .done(say!(
            "The last line is `all stacks of {to} are deployed`.",
            "最後に `all stacks of {to} are deployed` と表示されること。"
        ))
        .takes(say!("Minutes.", "数分です。"))
        .source("https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html")
}
