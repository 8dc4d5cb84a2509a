//! The places that hold copies: those that rules copy to, and those that they formerly copied to.

use jiff::civil::Date;

use super::{Chosen, Copy, Level, Place, Retention, Statement};
use crate::kind::Kind;
use crate::kind::call::Legs;
use crate::kind::copying::Copying;
use crate::source::{Span, Spanned};

/// A place to which no copy is made any more. What lies there can still be restored and expires.
#[derive(Clone, Debug)]
pub struct FormerDestination {
    /// The `formerly to` clause.
    pub span: Span,
    /// At which level it was written.
    pub level: Level,
    /// Where to.
    pub place: Place,
    /// How long the copies stay, where it is written.
    pub keep: Option<Chosen<Retention>>,
    /// The day from which on none was made, where it is written.
    pub since: Option<Spanned<Date>>,
}

/// Until when copies are left in a former destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// The day on which the last one expires.
    Until(Date),
    /// They never expire.
    Forever,
    /// The spec does not say.
    Unknown,
}

impl FormerDestination {
    /// Until when copies are left: the last was made before `since` and stays for `keep`.
    pub fn left(&self) -> Left {
        match (self.keep.as_ref().map(|keep| keep.value), self.since) {
            (Some(Retention::Forever), _) => Left::Forever,
            (Some(Retention::Days(days)), Some(since)) => {
                since.node.checked_add(jiff::Span::new().days(i64::from(days))).map_or(Left::Forever, Left::Until)
            }
            (Some(Retention::Days(_)) | None, _) => Left::Unknown,
        }
    }

    /// What to add behind the clause so that it says until when copies are left.
    pub fn lacking(&self) -> &'static str {
        match (&self.keep, self.since) {
            (None, None) => "keep RETENTION since YYYY-MM-DD",
            (None, Some(_)) => "keep RETENTION",
            (Some(_), _) => "since YYYY-MM-DD",
        }
    }
}

/// A place that holds copies, with the clause that says so.
#[derive(Clone, Copy, Debug)]
pub struct Destination<'a> {
    /// The `to` or `formerly to` clause.
    pub span: Span,
    /// At which level it was written.
    pub level: Level,
    /// Region, vault and key.
    pub place: &'a Place,
    /// What is said of the copies there, where none is made any more.
    pub former: Option<&'a FormerDestination>,
}

impl Destination<'_> {
    /// The words that begin its clause.
    pub fn clause(&self) -> &'static str {
        if self.former.is_some() { "formerly to" } else { "to" }
    }
}

impl<'a> From<&'a Copy> for Destination<'a> {
    fn from(copy: &'a Copy) -> Self {
        Self { span: copy.span, level: copy.level, place: &copy.place, former: None }
    }
}

impl<'a> From<&'a FormerDestination> for Destination<'a> {
    fn from(former: &'a FormerDestination) -> Self {
        Self { span: former.span, level: former.level, place: &former.place, former: Some(former) }
    }
}

impl Statement {
    /// Every place that holds copies of the statement's recovery points, once for each clause and
    /// rule: those that copies are made to, then those that they formerly were.
    pub fn destinations(&self) -> impl Iterator<Item = Destination<'_>> {
        self.copies().map(Destination::from).chain(self.former.iter().map(Destination::from))
    }

    /// What AWS Backup does with recovery points that are to be copied to a place, kind by kind.
    pub fn copying(&self, to: &Place) -> impl Iterator<Item = (&'static Kind, Copying)> {
        let (from, to) = (self.source.location(), to.location());
        self.groups.iter().map(move |group| (group.kind, group.kind.copying(from, to)))
    }

    /// The ways that recovery points go, between the source, which is none, and the destinations: nothing is copied to
    /// former ones.
    pub fn legs(&self) -> Legs<Option<Destination<'_>>> {
        let destinations = self.destinations().map(|destination| (Some(destination), destination.former.is_none()));
        Legs::new(None, &destinations.collect::<Vec<_>>(), self.restores())
    }
}
