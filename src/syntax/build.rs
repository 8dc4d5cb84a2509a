//! Pest's pairs into the tree; reports words and operands that are wrong.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "pest has a variant for every production, and each place wants few"
)]

use pest::iterators::Pair;

mod schedule;

use super::Production;
use super::ast::{Clause, ClauseNode, Head, Item, Operand, Place, Restore, Tag, Target, Word};
use super::names;
use super::rules::{E0005, E0006, E0007, E0008, E0009, E0011, E0012, E9999};
use crate::diagnostic::Diagnostics;
use crate::source::{FileId, Span, Spanned};
use crate::suggest::nearest;

/// Builds the tree of one item, which starts at a byte offset of its file.
pub(super) struct Builder<'a> {
    file: FileId,
    start: usize,
    sink: &'a mut Diagnostics,
    broken: bool,
}

impl<'a> Builder<'a> {
    pub(super) fn new(file: FileId, start: usize, sink: &'a mut Diagnostics) -> Self {
        Self { file, start, sink, broken: false }
    }

    /// The item that `pair` holds; `None` when its first word begins no item.
    pub(super) fn item(mut self, pair: Pair<'_, Production>) -> Option<Item> {
        let span = self.trimmed(&pair);
        let inner = pair.into_inner().next()?;
        let production = inner.as_rule();
        let mut pairs = inner.into_inner().peekable();
        if production == Production::unknown_item {
            self.unknown_item(&pairs.next()?);
            return None;
        }
        let keyword = self.span(&pairs.next()?);
        let head = match production {
            Production::system => Head::System(self.head_name(&mut pairs, keyword, "system", "a name")),
            Production::key_item => Head::Key(self.head_name(&mut pairs, keyword, "key", "the name of a key")),
            Production::account => Head::Account(self.account(&mut pairs, keyword)),
            Production::defaults => Head::Defaults,
            Production::backup => Head::Backup(self.target(&mut pairs, keyword)),
            _ => {
                self.defect(span);
                return None;
            }
        };
        let clauses = self.clauses(pairs);
        if clauses.is_empty() && matches!(head, Head::Key(Some(_)) | Head::Defaults) && !self.broken {
            self.missing(span, "this item says nothing", "what it sets");
        }
        Some(Item { span, keyword, head, clauses, broken: self.broken })
    }

    fn unknown_item(&mut self, pair: &Pair<'_, Production>) {
        let (span, word) = (self.span(pair), pair.as_str());
        if names::CLAUSES.contains(&word) {
            self.sink.push(
                E0011
                    .at(span, format!("`{word}` begins no item"))
                    .label("starts in the first column")
                    .help("indent this line, so that it continues the item above"),
            );
            return;
        }
        self.sink.push(
            E0005
                .at(span, format!("`{word}` begins no item"))
                .suggest(nearest(word, names::ITEMS.iter().copied()))
                .help(format!("an item begins with one of {}", names::ITEMS.join(", "))),
        );
    }

    fn clauses<'p>(&mut self, pairs: impl Iterator<Item = Pair<'p, Production>>) -> Vec<Clause> {
        let mut clauses = Vec::new();
        // One wrong word often drags others with it: only the first of a run is reported.
        let mut in_stray_run = self.broken;
        for pair in pairs {
            match pair.as_rule() {
                Production::EOI => {}
                Production::stray | Production::stray_clause => {
                    if self.is_item(&pair) {
                        // What follows belongs to another item.
                        break;
                    }
                    if !in_stray_run {
                        self.stray(pair);
                    }
                    in_stray_run = true;
                }
                _ => {
                    let before = self.broken;
                    self.broken = false;
                    let span = self.trimmed(&pair);
                    if let Some(node) = self.clause(pair, span) {
                        clauses.push(Clause { span, node });
                    }
                    in_stray_run = self.broken;
                    self.broken |= before;
                }
            }
        }
        clauses
    }

    /// Whether a word begins an item, which has lost its place in the first column; this is reported.
    fn is_item(&mut self, pair: &Pair<'_, Production>) -> bool {
        let (span, word) = (self.span(pair), pair.as_str());
        // The word `key` also names the key of a place.
        let is_item = word != "key" && names::ITEMS.contains(&word);
        if is_item {
            self.broken = true;
            self.sink.push(
                E0011
                    .at(span, format!("`{word}` begins an item, but not in the first column"))
                    .help("begin its line in the first column"),
            );
        }
        is_item
    }

    fn stray(&mut self, pair: Pair<'_, Production>) {
        let (span, text) = (self.span(&pair), pair.as_str().to_owned());
        self.broken = true;
        if pair.into_inner().next().is_some_and(|inner| inner.as_rule() == Production::unclosed) {
            self.unclosed(span);
            return;
        }
        let finding = match text.as_str() {
            "," => E0005.at(span, "this comma joins nothing"),
            "=" => E0005.at(span, "this `=` joins nothing").help("a tag is written `tags key=value`"),
            "vault" | "key" => E0005
                .at(span, format!("`{text}` means nothing here"))
                .help("a vault and a key follow the region that they live in: `from REGION vault NAME key NAME`"),
            _ => E0005
                .at(span, format!("`{text}` means nothing here"))
                .suggest(nearest(&text, names::CLAUSES.iter().copied().filter(|clause| *clause != text))),
        };
        self.sink.push(finding);
    }

    fn clause(&mut self, pair: Pair<'_, Production>, span: Span) -> Option<ClauseNode> {
        let production = pair.as_rule();
        let mut pairs = pair.into_inner().peekable();
        let keyword = if production == Production::no_restore { span } else { self.span(pairs.peek()?) };
        Some(match production {
            Production::stacks_per_statement => {
                self.words(&mut pairs, keyword, 3, "stacks per statement");
                ClauseNode::StacksPerStatement
            }
            Production::from => ClauseNode::From(self.place_clause(&mut pairs, keyword, "from")),
            Production::to => {
                let place = self.place_clause(&mut pairs, keyword, "to");
                let keep = pairs.next().and_then(|pair| {
                    let span = self.trimmed(&pair);
                    self.simple(&mut pair.into_inner().peekable(), span, KEEP)
                });
                ClauseNode::To(place, keep)
            }
            Production::schedule => ClauseNode::Schedule(self.schedule(pairs.next()?)?),
            Production::clock => {
                ClauseNode::ScheduleIn(self.prefixed(&mut pairs, keyword, "schedule in", "`utc` or `zone`"))
            }
            Production::rpo => ClauseNode::Rpo(self.simple(&mut pairs, keyword, ("rpo", "a duration such as `36h`"))),
            Production::maintenance => ClauseNode::Maintenance(self.window(&mut pairs, keyword, MAINTENANCE)),
            Production::automated => ClauseNode::AutomatedBackup(self.window(&mut pairs, keyword, AUTOMATED)),
            Production::named => ClauseNode::Named(self.simple(&mut pairs, keyword, ("named", "the name of a rule"))),
            Production::keep => ClauseNode::Keep(self.simple(&mut pairs, keyword, KEEP)),
            Production::start => {
                ClauseNode::StartWithin(self.prefixed(&mut pairs, keyword, "start within", "a duration such as `1h`"))
            }
            Production::complete => ClauseNode::CompleteWithin(self.prefixed(
                &mut pairs,
                keyword,
                "complete within",
                "a duration such as `12h`",
            )),
            Production::encrypted => {
                ClauseNode::EncryptedBy(self.prefixed(&mut pairs, keyword, "encrypted by", "a key's name or ARN"))
            }
            Production::plan => {
                ClauseNode::Plan(self.simple(&mut pairs, keyword, ("plan", "the name of a backup plan")))
            }
            Production::selection => {
                ClauseNode::Selection(self.simple(&mut pairs, keyword, ("selection", "the name of a selection")))
            }
            Production::role => ClauseNode::Role(self.simple(&mut pairs, keyword, ("role", "the name of a role"))),
            Production::no_restore => {
                self.words(&mut pairs, keyword, 2, "no restore");
                ClauseNode::NoRestore
            }
            Production::restore => ClauseNode::Restore(self.restore(pairs, span)),
            Production::tags => ClauseNode::Tags(self.tags(&mut pairs, keyword)),
            Production::admin => ClauseNode::Admin(self.admin(&mut pairs, keyword)),
            Production::rotate => ClauseNode::RotateEvery(self.prefixed(
                &mut pairs,
                keyword,
                "rotate every",
                "a number of days such as `365d`",
            )),
            _ => {
                self.defect(span);
                return None;
            }
        })
    }
}

type Pairs<'a, 'p> = &'a mut std::iter::Peekable<pest::iterators::Pairs<'p, Production>>;

/// Name of a clause, and what it needs behind it.
type Needs = (&'static str, &'static str);

const MAINTENANCE: Needs = ("maintenance", "a window such as `sun 03:00-04:00 UTC`");

const AUTOMATED: Needs = ("automated backup", "a window such as `03:00-03:30 UTC`");

const KEEP: Needs = ("keep", "a retention such as `7d`, `5w`, `1y` or `forever`");

/// Operands.
impl Builder<'_> {
    /// A keyword and one operand.
    fn simple(&mut self, pairs: Pairs<'_, '_>, keyword: Span, (clause, what): Needs) -> Operand {
        pairs.next();
        self.operand(pairs, keyword, clause, what)
    }

    /// Two keywords and one operand; the second keyword may be missing.
    fn prefixed(&mut self, pairs: Pairs<'_, '_>, keyword: Span, clause: &'static str, what: &'static str) -> Operand {
        pairs.next();
        let second = pairs.next_if(|pair| is_keyword(pair.as_rule()));
        let Some(second) = second else {
            let (first, second) = clause.split_once(' ').unwrap_or((clause, clause));
            self.missing(keyword, &format!("`{first}` is written `{clause}`"), &format!("`{second}`"));
            pairs.next();
            return None;
        };
        let keyword = keyword.to(self.span(&second));
        self.operand(pairs, keyword, clause, what)
    }

    /// A clause of keywords alone.
    fn words(&mut self, pairs: Pairs<'_, '_>, keyword: Span, count: usize, clause: &str) {
        if pairs.count() < count {
            self.broken = true;
            let first = clause.split(' ').next().unwrap_or(clause);
            self.sink.push(E0008.at(keyword, format!("`{first}` is written `{clause}`")));
        }
    }

    fn operand(&mut self, pairs: Pairs<'_, '_>, keyword: Span, clause: &str, what: &str) -> Operand {
        let Some(pair) = pairs.next() else {
            self.missing(keyword, &format!("`{clause}` needs {what} behind it"), what);
            return None;
        };
        self.value(pair, clause, what)
    }

    /// The word in an operand; a wrong one is reported.
    fn value(&mut self, pair: Pair<'_, Production>, clause: &str, what: &str) -> Operand {
        let span = self.span(&pair);
        let text = pair.as_str().to_owned();
        let production = pair.as_rule();
        match production {
            Production::quoted => Some(Spanned::new(unquoted(&text).to_owned(), span)),
            Production::unclosed => {
                self.unclosed(span);
                None
            }
            Production::reserved => {
                self.broken = true;
                self.sink.push(
                    E0006
                        .at(span, format!("`{text}` is a keyword, but `{clause}` needs {what} here"))
                        .help(format!("if it is the name, write it in quotes: `\"{text}\"`")),
                );
                None
            }
            Production::malformed | Production::malformed_time => {
                self.malformed(span, &text, clause, what);
                None
            }
            _ => match pair.into_inner().next() {
                Some(inner) if !matches!(inner.as_rule(), Production::text) => self.value(inner, clause, what),
                _ => Some(Spanned::new(text, span)),
            },
        }
    }

    fn malformed(&mut self, span: Span, text: &str, clause: &str, what: &str) {
        self.broken = true;
        let finding = E0012.at(span, format!("`{text}` is not {what}"));
        let months = text.strip_suffix("mo").or_else(|| text.strip_suffix("months")).is_some();
        self.sink.push(match (clause, months) {
            ("keep", true) => {
                finding.help("AWS Backup counts days and a month has no fixed number: write days, such as `30d`")
            }
            ("keep", false) => finding.help("write whole days, weeks of 7 days or years of 365 days, or `forever`"),
            ("start within" | "complete within" | "rpo", _) => {
                finding.help("write minutes, hours or days with their unit: `90m`, `1h30m`, `1d`")
            }
            _ if text.contains(|character: char| !character.is_ascii_graphic()) || what.contains("name") => finding
                .help(format!("other characters than letters, digits, `_`, `.` and `-` need quotes: `\"{text}\"`")),
            _ => finding,
        });
    }

    fn unclosed(&mut self, span: Span) {
        self.broken = true;
        self.sink
            .push(E0007.at(span, "this quote is not closed on its line").help("close it with `\"` on the same line"));
    }

    fn missing(&mut self, keyword: Span, message: &str, what: &str) {
        self.broken = true;
        self.sink.push(E0008.at(keyword, message.to_owned()).label(format!("{what} is missing")));
    }

    fn head_name(&mut self, pairs: Pairs<'_, '_>, keyword: Span, clause: &str, what: &str) -> Operand {
        let Some(pair) = pairs.next_if(|pair| pair.as_rule() == Production::name_operand) else {
            self.missing(keyword, &format!("`{clause}` needs {what} behind it"), what);
            return None;
        };
        self.value(pair, clause, what)
    }

    fn account(&mut self, pairs: Pairs<'_, '_>, keyword: Span) -> Operand {
        let Some(pair) = pairs.next_if(|pair| pair.as_rule() == Production::account_operand) else {
            self.missing(keyword, "`account` needs the 12 digits of an account id behind it", "the account id");
            return None;
        };
        // Whether the digits are an account id is decided with the other names.
        let inner = pair.into_inner().next()?;
        if inner.as_rule() == Production::malformed {
            return Some(Spanned::new(inner.as_str().to_owned(), self.span(&inner)));
        }
        self.value(inner, "account", "the account id")
    }

    fn target(&mut self, pairs: Pairs<'_, '_>, keyword: Span) -> Target {
        let none = Target { kind: None, names: Vec::new() };
        let Some(pair) = pairs.next_if(|pair| pair.as_rule() == Production::target) else {
            self.broken = true;
            self.sink.push(
                E0009
                    .at(keyword, "this statement does not say what to back up")
                    .help("write what and its name behind `backup`, such as `backup cluster mydb`"),
            );
            return none;
        };
        let mut inner = pair.into_inner();
        let Some(kind) = inner.next() else { return none };
        let kind = Spanned::new(kind.as_str().to_owned(), self.span(&kind));
        if !names::KINDS.contains(&kind.node.as_str()) {
            self.broken = true;
            self.sink.push(
                E0005
                    .at(kind.span, format!("`{}` is no kind of resource that can be backed up", kind.node))
                    .suggest(nearest(&kind.node, names::KINDS.iter().copied()))
                    .help("an Aurora cluster is written `backup cluster NAME`"),
            );
            return none;
        }
        let pairs: Vec<_> = inner.collect();
        if pairs.is_empty() {
            self.missing(kind.span, &format!("`{}` needs the name of a cluster behind it", kind.node), "a name");
        }
        let names =
            pairs.into_iter().filter_map(|pair| self.value(pair, "backup cluster", "the name of a cluster")).collect();
        Target { kind: Some(kind), names }
    }

    fn place_clause(&mut self, pairs: Pairs<'_, '_>, keyword: Span, clause: &str) -> Option<Place> {
        pairs.next();
        let Some(pair) = pairs.next_if(|pair| pair.as_rule() == Production::place) else {
            self.missing(keyword, &format!("`{clause}` needs a region behind it"), "a region such as `ap-northeast-1`");
            return None;
        };
        self.place(pair)
    }

    fn place(&mut self, pair: Pair<'_, Production>) -> Option<Place> {
        let span = self.trimmed(&pair);
        let mut pairs = pair.into_inner();
        let region = self.value(pairs.next()?, "from", "a region");
        let mut place = Place { span, region: region?, vault: None, key: None };
        for part in pairs {
            let production = part.as_rule();
            let part_span = self.trimmed(&part);
            let (slot, needs): (_, Needs) = if production == Production::place_vault {
                (&mut place.vault, ("vault", "the name of a backup vault"))
            } else {
                (&mut place.key, ("key", "the name or the ARN of a key"))
            };
            if let Some(first) = slot {
                self.sink.push(repeated(needs.0, part_span, first.span));
                continue;
            }
            *slot = self.simple(&mut part.into_inner().peekable(), part_span, needs);
        }
        Some(place)
    }

    fn restore(
        &mut self,
        mut pairs: std::iter::Peekable<pest::iterators::Pairs<'_, Production>>,
        span: Span,
    ) -> Restore {
        pairs.next();
        let mut restore = Restore::default();
        if pairs.clone().all(|part| part.as_rule() == Production::restore_in) {
            self.missing(
                span,
                "this restore says nothing",
                "`as PATTERN`, `subnet-group NAME` or `parameter-group NAME`",
            );
        }
        for part in pairs {
            let production = part.as_rule();
            let span = self.trimmed(&part);
            let (slot, needs): (_, Needs) = match production {
                Production::restore_as => {
                    (&mut restore.pattern, ("restore as", "a pattern of cluster names such as `\"mydb*\"`"))
                }
                Production::restore_in => (&mut restore.region, ("restore in", "a region")),
                Production::restore_subnet => {
                    (&mut restore.subnet_group, ("subnet-group", "the name of a DB subnet group"))
                }
                _ => (&mut restore.parameter_group, ("parameter-group", "the name of a DB cluster parameter group")),
            };
            if let Some(first) = slot {
                self.sink.push(repeated(needs.0, span, first.span));
                continue;
            }
            *slot = self.simple(&mut part.into_inner().peekable(), span, needs);
        }
        restore
    }

    fn tags(&mut self, pairs: Pairs<'_, '_>, keyword: Span) -> Vec<Tag> {
        pairs.next();
        let pairs: Vec<_> = pairs.collect();
        if pairs.is_empty() {
            self.missing(keyword, "`tags` needs tags behind it", "a tag such as `team=payments`");
        }
        pairs.into_iter().filter_map(|pair| self.tag(pair)).collect()
    }

    fn tag(&mut self, pair: Pair<'_, Production>) -> Option<Tag> {
        let span = self.trimmed(&pair);
        let mut words = pair.into_inner();
        let key = self.value(words.next()?, "tags", "a tag");
        let Some(value) = words.next() else {
            if key.is_some() {
                self.missing(span, "this tag has no value", "a value");
            }
            return None;
        };
        let value = self.value(value, "tags", "a value");
        Some(Tag { key: key?, value: value? })
    }

    fn admin(&mut self, pairs: Pairs<'_, '_>, keyword: Span) -> Vec<Word> {
        pairs.next();
        let pairs: Vec<_> = pairs.collect();
        if pairs.is_empty() {
            self.missing(keyword, "`admin` needs a principal behind it", "a role or user such as `role/KeyAdmin`");
        }
        pairs.into_iter().filter_map(|pair| self.principal(pair)).collect()
    }

    /// Whether the word is a principal is decided with the other values.
    fn principal(&mut self, pair: Pair<'_, Production>) -> Option<Word> {
        let inner = pair.into_inner().next()?;
        if inner.as_rule() == Production::malformed {
            return Some(Spanned::new(inner.as_str().to_owned(), self.span(&inner)));
        }
        self.value(inner, "admin", "a principal: `role/NAME`, `user/NAME` or an ARN")
    }

    fn defect(&mut self, span: Span) {
        self.broken = true;
        self.sink.push(
            E9999
                .at(span, "the grammar and the tree disagree here")
                .help("please report this as a defect of drc, with the spec"),
        );
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

fn unquoted(text: &str) -> &str {
    text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text)
}

fn is_keyword(production: Production) -> bool {
    matches!(production, Production::WITHIN | Production::BY | Production::EVERY | Production::IN | Production::BACKUP)
}
