//! Lists whose parts are joined by something else than commas, and words too many in front of them.

use pest::iterators::Pair;

use super::{Builder, Production};
use crate::aws::region;
use crate::kind;
use crate::syntax::names::later;
use crate::time::calendar::TimeOfDay;

/// What the parts of a list are.
const PARTS: &[(Production, &str)] = &[
    (Production::time_operand, "times"),
    (Production::weekday, "days"),
    (Production::month_day, "days"),
    (Production::tag, "tags"),
    (Production::principal_operand, "principals"),
];

impl Builder<'_> {
    /// The pairs behind a keyword without those that stand where a comma belongs or where nothing does, which are
    /// reported.
    pub(super) fn list<'p>(
        &mut self,
        keyword: &str,
        pairs: impl Iterator<Item = Pair<'p, Production>>,
    ) -> Vec<Pair<'p, Production>> {
        let mut parts: Vec<Pair<'p, Production>> = Vec::new();
        let mut pairs = pairs.peekable();
        while let Some(pair) = pairs.next() {
            match (pair.as_rule(), parts.last(), pairs.peek()) {
                // What is wrong with a time is said; not all that stands behind it is another.
                (Production::gap, Some(last), _)
                    if last.as_rule() == Production::time_operand
                        && TimeOfDay::parse(last.as_str().trim_end()).is_none() => {}
                (Production::joint | Production::gap, Some(last), Some(next)) => self.not_joined(&pair, last, next),
                (Production::filler, _, Some(next)) | (Production::joint, None, Some(next)) => {
                    self.filler(&pair, keyword, next);
                }
                _ => parts.push(pair),
            }
        }
        parts
    }

    /// Reports what stands where a comma belongs.
    fn not_joined(&mut self, pair: &Pair<'_, Production>, last: &Pair<'_, Production>, next: &Pair<'_, Production>) {
        let (before, behind) = (last.as_str().trim_end().trim_end_matches(';'), next.as_str().trim_end());
        let kind = later::kind(behind).filter(|_| next.as_rule() == Production::item_name);
        if self.later(self.span(next), behind, kind) {
            return;
        }
        let (span, word) =
            if pair.as_str().is_empty() { (self.span(next), behind) } else { (self.span(pair), pair.as_str()) };
        let what = PARTS.iter().find(|(production, _)| *production == next.as_rule());
        let what = what.map_or_else(|| self.names(), |(_, what)| (*what).to_owned());
        // A kind without a name is hardly a name: to join it would back up something else.
        let group = kind::find(behind).filter(|_| next.as_rule() == Production::item_name);
        self.meaningless(span, word, match group {
            Some(_) => format!("a name is missing behind the kind: write `{before} and {behind} NAME`, or `{before}, {behind}` where it is a name itself"),
            None => format!("{what} are joined by commas: write `{before}, {behind}`"),
        });
    }

    /// Reports a word too many between a keyword and its operand.
    pub(super) fn filler(&mut self, pair: &Pair<'_, Production>, keyword: &str, next: &Pair<'_, Production>) {
        let at = if next.as_rule() == Production::minute_operand { "at " } else { "" };
        let next = next.as_str().trim_end();
        let region = region::named(next).filter(|_| pair.as_rule() == Production::region_filler);
        let written = format!("{keyword} {at}{}", region.map_or(next, |region| region.code));
        self.meaningless(self.span(pair), pair.as_str(), format!("write `{}`", written.trim_start()));
    }
}
