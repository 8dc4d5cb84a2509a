//! Pest's pairs into the tree; reports words and operands that are wrong.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "pest has a variant for every production, and each place wants few"
)]

use pest::iterators::Pair;

mod head;
mod joined;
mod late;
mod list;
mod operand;
mod parts;
mod schedule;
mod stray;
mod written;

use super::Production;
use super::ast::{Clause, ClauseNode, Head, Item, Word};
use super::clause::{self, Declaration};
use super::names::later::Later;
use super::rules::{E0005, E9999};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::kind::Kind;
use crate::source::{FileId, Span};
use operand::{KEEP, RETENTION};

/// Builds the tree of one item, which starts at a byte offset of its file.
pub(super) struct Builder<'a> {
    file: FileId,
    start: usize,
    sink: &'a mut Diagnostics,
    /// The kind of item.
    head: Production,
    /// The kinds of resource that a statement backs up, group by group.
    kinds: Vec<&'static Kind>,
    /// Whether something was reported of the head, or of the clause that is being read.
    broken: bool,
    /// Whether there were words that begin no clause.
    stray: bool,
    /// Whether a time was reported in front of its schedule.
    time_in_front: bool,
    /// The word behind the clause that is being read, when it begins no other.
    behind: Option<Word>,
    /// That word and those that may belong to it.
    words_behind: Vec<String>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(file: FileId, start: usize, sink: &'a mut Diagnostics) -> Self {
        Self {
            file,
            start,
            sink,
            head: Production::item,
            kinds: Vec::new(),
            broken: false,
            stray: false,
            time_in_front: false,
            behind: None,
            words_behind: Vec::new(),
        }
    }

    /// The item that `pair` holds; `None` when its first word begins no item.
    pub(super) fn item(mut self, pair: Pair<'_, Production>) -> Option<Item> {
        let (span, text) = (self.trimmed(&pair), pair.as_span().get_input());
        let inner = pair.into_inner().next()?;
        let production = inner.as_rule();
        let mut pairs = inner.into_inner().peekable();
        if production == Production::unknown_item {
            self.unknown_item(&pairs.next()?);
            return None;
        }
        self.head = production;
        let keyword = self.span(&pairs.next()?);
        let head = match production {
            Production::system => Head::System(self.head_name(&mut pairs, keyword, "system", "a name")),
            Production::key_item => Head::Key(self.head_name(&mut pairs, keyword, "key", "the name of a key")),
            Production::account => {
                Head::Account(self.head_name(&mut pairs, keyword, "account", "an account id of 12 digits"))
            }
            Production::defaults => Head::Defaults,
            Production::backup => Head::Backup(self.target(&mut pairs, keyword)),
            _ => {
                self.defect(span);
                return None;
            }
        };
        let broken = self.broken;
        let mut clauses = self.clauses(pairs);
        if matches!(head, Head::Backup(_)) {
            self.report_late_options(&mut clauses, text);
        }
        if clauses.is_empty() && matches!(head, Head::Key(Some(_)) | Head::Defaults) && !self.stray {
            self.missing(span, "this item says nothing", "what it sets");
        }
        Some(Item { span, keyword, head, clauses, broken, stray: self.stray })
    }

    fn clauses<'p>(&mut self, pairs: impl Iterator<Item = Pair<'p, Production>>) -> Vec<Clause> {
        let mut clauses = Vec::new();
        // One wrong word often drags others with it: of a run only the first is reported, and those
        // that look like the beginning of a clause.
        let mut in_stray_run = self.broken;
        let mut pairs = pairs.peekable();
        let mut previous = None;
        while let Some(pair) = pairs.next() {
            match pair.as_rule() {
                Production::EOI => {}
                Production::stray => {
                    if !self.stray_in_run(&pair, previous, in_stray_run) {
                        break;
                    }
                    in_stray_run = true;
                }
                production => {
                    let Some(declared) = clause::declared(production) else {
                        self.defect(self.span(&pair));
                        continue;
                    };
                    previous = Some(production);
                    self.broken = false;
                    self.behind = pairs.peek().and_then(|next| self.stray_word(next));
                    let next = pairs.peek().filter(|_| self.behind.is_some());
                    self.words_behind = next.map(written::belonging).unwrap_or_default();
                    let span = self.trimmed(&pair);
                    let inner = self.inner(&pair, declared);
                    if let Some(node) = self.clause(pair, span, declared) {
                        clauses.push(Clause { span, broken: self.broken, declared, inner, node });
                    }
                    in_stray_run = self.broken;
                }
            }
        }
        clauses
    }

    /// The operands in a clause that a word of their own begins.
    fn inner(&self, pair: &Pair<'_, Production>, declared: &Declaration) -> Vec<Span> {
        let is_inner = |production| declared.inner.iter().any(|(inner, _)| *inner == production);
        let pairs = Some(pair).filter(|_| !declared.inner.is_empty()).map(|pair| pair.clone().into_inner().flatten());
        pairs.into_iter().flatten().filter(|pair| is_inner(pair.as_rule())).map(|pair| self.trimmed(&pair)).collect()
    }

    fn clause(&mut self, pair: Pair<'_, Production>, span: Span, declared: &Declaration) -> Option<ClauseNode> {
        let production = pair.as_rule();
        let mut pairs = pair.into_inner().peekable();
        let keyword = if production == Production::no_restore { span } else { self.span(pairs.peek()?) };
        let words = declared.words.first().copied().unwrap_or_default();
        let mut operand = |what| self.behind_words(&mut pairs, keyword, (words, what));
        Some(match production {
            Production::clock => ClauseNode::ScheduleIn(operand("`utc` or `zone`")),
            Production::rpo => ClauseNode::Rpo(operand("a duration such as `36h`")),
            Production::named => ClauseNode::Named(operand("the name of a rule")),
            Production::keep => ClauseNode::Keep(operand(RETENTION)),
            Production::start => ClauseNode::StartWithin(operand("a duration such as `1h`")),
            Production::complete => ClauseNode::CompleteWithin(operand("a duration such as `12h`")),
            Production::encrypted => ClauseNode::EncryptedBy(operand("a key's name or ARN")),
            Production::called => ClauseNode::Called(operand("the name of the statement")),
            Production::plan => ClauseNode::Plan(operand("the name of a backup plan")),
            Production::selection => ClauseNode::Selection(operand("the name of a selection")),
            Production::role => ClauseNode::Role(operand("the name or the ARN of a role")),
            Production::stacks_per_statement => {
                self.words(&mut pairs, keyword, 3, words);
                ClauseNode::StacksPerStatement
            }
            Production::from => ClauseNode::From(self.place_clause(&mut pairs, keyword, words)),
            Production::to => {
                let place = self.place_clause(&mut pairs, keyword, words);
                let mut keep = None;
                pairs.for_each(|part| self.part(part, &mut keep, KEEP));
                ClauseNode::To(place, keep)
            }
            Production::formerly => ClauseNode::FormerlyTo(self.formerly_to(&mut pairs, keyword)),
            Production::schedule => ClauseNode::Schedule(self.schedule(pairs.next()?)?),
            Production::maintenance => {
                ClauseNode::Maintenance(self.window(&mut pairs, keyword, words, "sun 03:00-04:00 UTC"))
            }
            Production::automated => {
                ClauseNode::AutomatedBackup(self.window(&mut pairs, keyword, words, "03:00-03:30 UTC"))
            }
            Production::no_restore => {
                self.negated(&mut pairs, span, [words, "no rotation"]);
                ClauseNode::NoRestore
            }
            Production::no_rotation => {
                self.negated(&mut pairs, span, [words, "no restore"]);
                ClauseNode::NoRotation
            }
            Production::restore => ClauseNode::Restore(self.restore(pairs, span)),
            Production::tags => ClauseNode::Tags(self.tags(&mut pairs, keyword)),
            Production::admin => ClauseNode::Admin(self.admin(&mut pairs, keyword)),
            Production::rotate => ClauseNode::RotateEvery(self.rotate(&mut pairs, keyword, words)),
            _ => {
                self.defect(span);
                return None;
            }
        })
    }
}

/// Places in the text.
impl Builder<'_> {
    fn defect(&mut self, span: Span) {
        self.report(
            E9999
                .at(span, "the grammar and the tree disagree here")
                .help("please report this as a defect of drc, with the spec"),
        );
    }

    /// Says what is wrong with the head, or with the clause that is being read.
    fn report(&mut self, finding: Diagnostic) {
        self.broken = true;
        self.sink.push(finding);
    }

    /// Reports a word that means nothing where it stands.
    fn meaningless(&mut self, span: Span, word: &str, help: impl Into<String>) {
        self.report(E0005.at(span, format!("`{word}` means nothing here")).help(help));
    }

    /// Reports a word that asks for something that is not built yet, if it does; whether it does.
    fn later(&mut self, span: Span, word: &str, later: Option<&'static Later>) -> bool {
        if let Some(Later { what, meanwhile, .. }) = later {
            self.report(E0005.at(span, format!("`{word}`: {what} are not supported yet")).help(*meanwhile));
        }
        later.is_some()
    }

    fn span(&self, pair: &Pair<'_, Production>) -> Span {
        let span = pair.as_span();
        super::span(self.file, self.start + span.start(), self.start + span.end())
    }

    /// The span without the white space and comments that pest may have read behind it.
    fn trimmed(&self, pair: &Pair<'_, Production>) -> Span {
        let start = pair.as_span().start();
        let end = last_token_end(pair.clone()).unwrap_or_else(|| pair.as_span().end());
        super::span(self.file, self.start + start, self.start + end)
    }
}

/// The finding for something written twice.
pub(crate) fn repeated(what: &str, second: Span, first: Span) -> crate::diagnostic::Diagnostic {
    super::rules::E0010
        .at(second, format!("`{what}` is written twice"))
        .related(first, "first here")
        .help("keep one of the two")
}

fn last_token_end(pair: Pair<'_, Production>) -> Option<usize> {
    let end = pair.as_span().end();
    if pair.as_rule() == Production::quoted {
        return Some(end);
    }
    let is_leaf_end = !matches!(pair.as_rule(), Production::item);
    let mut inner = pair.into_inner().filter(|pair| pair.as_rule() != Production::EOI).peekable();
    if inner.peek().is_none() {
        return is_leaf_end.then_some(end);
    }
    inner.last().and_then(last_token_end)
}
