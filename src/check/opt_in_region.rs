//! A region that the account must enable first.

use std::collections::BTreeSet;

use crate::aws::region::Enabled;
use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::{Spec, Statement};

rule! {
    /// The account must enable a region first.
    ///
    /// ## Why
    ///
    /// Enabling takes minutes to hours. Until then vault, key and copy are all refused.
    ///
    /// ## Example
    ///
    /// ```drspec,W0312
    /// backup cluster mydb from ap-northeast-1 to ap-southeast-3 daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// # drc: allow(W0312) reason="enabled in this account"
    /// backup cluster mydb from ap-northeast-1 to ap-southeast-3 daily 01:00 JST keep 7d
    /// ```
    W0312 "opt-in-region" Warning Documentation "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html"
    "アカウントで先に有効化が必要なリージョンです。"
    "有効化には数分から数時間かかります。それまでは、ボールト、キー、コピーのすべてが拒否されます。"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    for system in &spec.systems {
        let mut seen = BTreeSet::new();
        for place in system.statements.iter().flat_map(Statement::places) {
            let region = place.region.node;
            if region.enabled == Enabled::OnRequest && seen.insert(region.code) {
                sink.push(
                    W0312
                        .at(
                            place.region.span,
                            format!("{} ({}) is not enabled in an account unless asked for", region.code, region.name),
                        )
                        .run("look: {}", format!("aws account get-region-opt-status --region-name {}", region.code))
                        .run("enable: {}", format!("aws account enable-region --region-name {}", region.code)),
                );
            }
        }
    }
}
