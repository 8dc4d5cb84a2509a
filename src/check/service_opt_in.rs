//! Aurora must be switched on for AWS Backup, in each region.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::Spec;

rule! {
    /// Aurora must be switched on for AWS Backup in the region.
    ///
    /// ## Why
    ///
    /// The setting belongs to account and region, no CloudFormation resource makes it, and while it is
    /// off the plan exists and nothing is backed up. One page of AWS says that naming a cluster is
    /// enough, another that it is not.
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
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    for system in &spec.systems {
        let mut seen = BTreeSet::new();
        for statement in &system.statements {
            let region = statement.source.region;
            if seen.insert(region.node.code) {
                sink.push(
                    W0402
                        .at(region.span, format!("nothing is backed up while Aurora is not switched on for AWS Backup in {}", region.node.code))
                        .help(format!("look: `aws backup describe-region-settings --region {}`", region.node.code))
                        .help(format!(
                            "switch on: `aws backup update-region-settings --region {} --resource-type-opt-in-preference Aurora=true`",
                            region.node.code
                        )),
                );
            }
        }
    }
}
