//! What is backed up must be switched on for AWS Backup, in each region.

use std::collections::BTreeSet;

use crate::aws::region::Region;
use crate::diagnostic::Diagnostics;
use crate::kind::{self, Kind};
use crate::rule::rule;
use crate::source::Spanned;
use crate::spec::Spec;

rule! {
    /// A service must be switched on for AWS Backup.
    ///
    /// ## Why
    ///
    /// The setting belongs to account and region, no CloudFormation resource makes it, and while it is
    /// off the plan exists and nothing is backed up. One page of AWS says that naming a resource is
    /// enough, another that it is not. DynamoDB has a second setting, for its advanced features: without
    /// it a backup is DynamoDB's own, which the role may not make and nothing copies. The way back begins with a backup of what was restored, so it
    /// takes the same in the region with the copies, unless the statement says `no restore`.
    ///
    /// ## Example
    ///
    /// ```drspec,W0402
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// # drc: allow(W0402) reason="switched on by the landing zone"
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    W0402 "service-opt-in" Warning Documentation "https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html"
    "AWS Backup でサービスの有効化が必要です。"
    "この設定はアカウントとリージョンごとのもので、CloudFormation のリソースでは行えません。無効のままだと、プランはあるのに何もバックアップされません。リソースを直接指定すれば十分だと書かれた AWS のページもあれば、それでは足りないと書かれたページもあります。DynamoDB には高度な機能の設定もあり、無効だと DynamoDB 独自のバックアップになって、このロールでは作成できず、コピーもされません。コピー先から元のリージョンへ戻すには、まず復元したものをバックアップするため、文に `no restore` がない限り、コピー先のリージョンでも同じ設定が必要です。"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    for system in &spec.systems {
        let mut seen = BTreeSet::new();
        for statement in &system.statements {
            let region = statement.source.region;
            let kinds = statement.groups.iter().map(|group| group.kind);
            let new = kinds.filter(|kind| seen.insert((region.node.code, kind.service_name)));
            report("nothing is backed up", &new.collect::<Vec<_>>(), region, sink);
        }
        for statement in &system.statements {
            for region in statement.destinations().map(|destination| destination.place.region) {
                // Where nothing may be restored, nothing runs that the way back would have to back up.
                let kinds = statement.restores_in(region.node).map(|(kind, _)| kind);
                let new = kinds.filter(|kind| seen.insert((region.node.code, kind.service_name)));
                report("the way back cannot begin with a backup", &new.collect::<Vec<_>>(), region, sink);
            }
        }
    }
}

/// Says what is true while kinds are not switched on in a region.
fn report(what: &str, kinds: &[&Kind], region: Spanned<&'static Region>, sink: &mut Diagnostics) {
    let code = region.node.code;
    let services: Vec<&str> = kinds.iter().map(|kind| kind.service_name).collect();
    let message = match services.as_slice() {
        [] => return,
        [service] => format!("{what} while {service} is not switched on for AWS Backup in {code}"),
        _ => format!("{what} of a kind that is not switched on for AWS Backup in {code}: {}", services.join(", ")),
    };
    let also = kinds.iter().filter_map(|kind| kind.region_settings.also);
    let finding = also.fold(W0402.at(region.span, message), |finding, also| finding.help(also.en));
    let look = format!("aws backup describe-region-settings --region {code}");
    let switch_on = format!("aws backup update-region-settings --region {code} {}", kind::switching_on(kinds));
    sink.push(finding.run("look: {}", look).run("switch on: {}", switch_on));
}
