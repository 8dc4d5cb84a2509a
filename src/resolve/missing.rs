//! What a statement must say and does not.

use super::settings::Settings;
use super::statement::Context;
use crate::diagnostic::Diagnostics;
use crate::source::Span;
use crate::spec::Part;
use crate::syntax::ast::Group;
use crate::syntax::rules::E0009;

/// Reports a statement without a source, a schedule or a retention.
pub(super) fn report(
    settings: &Settings,
    context: &Context<'_>,
    keyword: Span,
    groups: &[Group],
    sink: &mut Diagnostics,
) {
    let mut missing = |what: &str, help: &str| {
        sink.push(E0009.at(keyword, format!("this statement does not say {what}")).help(help.to_owned()));
    };
    if settings.from.is_none() && !settings.reported.contains(&Part::Source) {
        let what = match groups {
            [group, others @ ..] if others.iter().all(|other| other.kind.node == group.kind.node) => {
                group.kind.node.words.many.en
            }
            _ => "resources",
        };
        missing(&format!("where its {what} live"), "write `from REGION`");
    }
    if settings.rules.is_empty() {
        missing("when to back up", "write a schedule such as `daily 01:00 JST`");
    }
    let everywhere = settings.every_rule.says_keep || context.defaults.every_rule.says_keep;
    let lacking = settings.rules.iter().find(|rule| !everywhere && !rule.settings.says_keep);
    if let Some(rule) = lacking {
        let mut copies = settings.every_rule.copies.iter().chain(&rule.settings.copies);
        let finding = E0009.at(rule.span, "this rule does not say how long to keep its recovery points");
        let of_copy = copies.find_map(|copy| copy.keep).map(|keep| (keep, "this `keep` belongs to the copy"));
        let of_former = || {
            let keep = settings.former.iter().find_map(|former| former.keep);
            keep.map(|keep| (keep, "this `keep` belongs to the former destination"))
        };
        sink.push(match of_copy.or_else(of_former) {
            Some((keep, label)) => finding.related(keep.span, label).help("write another `keep` behind the schedule"),
            None => finding.help("write `keep` and days, weeks or years behind the schedule, such as `keep 7d`"),
        });
    }
}
