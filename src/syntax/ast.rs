//! The tree of one file: what was written and where, without meaning.
//!
//! Words are kept as text; what they mean (which region, how many days) is decided by
//! [`crate::resolve`]. An operand that is `None` was wrong or missing and has been reported.

use super::clause::Declaration;
use crate::kind::Kind;
use crate::source::{Span, Spanned};

/// A word as written, quotes removed.
pub type Word = Spanned<String>;

/// A word that may have been wrong or missing.
pub type Operand = Option<Word>;

/// All items of a file, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct File {
    /// The items.
    pub items: Vec<Item>,
    /// Whether a line was reported that belongs to no item, or begins none.
    pub unread: bool,
}

/// One item: its first line and the indented lines that follow.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The whole item, without comments behind it.
    pub span: Span,
    /// The word that begins it.
    pub keyword: Span,
    /// What kind of item it is, with the operand that follows its keyword.
    pub head: Head,
    /// What it says, in order.
    pub clauses: Vec<Clause>,
    /// Whether what follows its keyword was reported.
    pub broken: bool,
    /// Whether words were reported that begin no clause, so that one that is missing may have been
    /// meant.
    pub stray: bool,
}

/// The beginning of an item.
#[derive(Clone, Debug, PartialEq)]
pub enum Head {
    /// `system name`
    System(Operand),
    /// `account 123456789012`
    Account(Operand),
    /// `defaults`
    Defaults,
    /// `key name`
    Key(Operand),
    /// `backup cluster a, b and table c`: what was not reported of its groups
    Backup(Vec<Group>),
}

/// Resources of one kind that a statement backs up.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The kind of resource.
    pub kind: Spanned<&'static Kind>,
    /// The resources' names.
    pub names: Vec<Word>,
}

/// One clause of an item.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// The clause with its operands.
    pub span: Span,
    /// Whether something in it was reported.
    pub broken: bool,
    /// What it is.
    pub declared: &'static Declaration,
    /// The operands in it that a word of their own begins, from that word on.
    pub inner: Vec<Span>,
    /// What it says.
    pub node: ClauseNode,
}

impl Clause {
    /// The words that begin it, as messages name it.
    pub fn name(&self) -> &'static str {
        if let ClauseNode::Schedule(schedule) = &self.node {
            return schedule.form.word();
        }
        self.declared.words.first().copied().unwrap_or_default()
    }
}

/// The clauses of the language.
#[derive(Clone, Debug, PartialEq)]
pub enum ClauseNode {
    /// `stacks per statement`
    StacksPerStatement,
    /// `from place`
    From(Option<Place>),
    /// `to place [keep retention]`
    To(Option<Place>, Operand),
    /// `formerly to place [keep retention] [since date]`
    FormerlyTo(FormerlyTo),
    /// `daily times zone` and the other forms
    Schedule(Schedule),
    /// `schedule in utc` or `schedule in zone`
    ScheduleIn(Operand),
    /// `rpo duration`
    Rpo(Operand),
    /// `maintenance day time-time zone`
    Maintenance(Window),
    /// `automated backup time-time zone`
    AutomatedBackup(Window),
    /// `named name`
    Named(Operand),
    /// `keep retention`
    Keep(Operand),
    /// `start within duration`
    StartWithin(Operand),
    /// `complete within duration`
    CompleteWithin(Operand),
    /// `encrypted by key`
    EncryptedBy(Operand),
    /// `called name`
    Called(Operand),
    /// `plan name`
    Plan(Operand),
    /// `selection name`
    Selection(Operand),
    /// `role name`
    Role(Operand),
    /// `restore …`
    Restore(Restore),
    /// `no restore`
    NoRestore,
    /// `tags key=value, …`
    Tags(Vec<Tag>),
    /// `admin principal, …`
    Admin(Vec<Word>),
    /// `rotate every n d`
    RotateEvery(Operand),
    /// `no rotation`
    NoRotation,
}

/// A region with the vault and the key in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The whole place.
    pub span: Span,
    /// The region's code.
    pub region: Word,
    /// `vault name`
    pub vault: Operand,
    /// `key name` or `key arn`
    pub key: Operand,
}

/// A place to which no copy is made any more.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct FormerlyTo {
    /// Where to.
    pub place: Option<Place>,
    /// `keep retention`
    pub keep: Operand,
    /// `since date`
    pub since: Operand,
}

/// When a rule runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    /// The keyword that begins it.
    pub keyword: Span,
    /// Which form it has.
    pub form: Form,
    /// `:15` of `hourly`, `6h` of `every`, the fields of `cron`.
    pub argument: Operand,
    /// The month of `yearly`.
    pub month: Operand,
    /// Days of the week or of the month.
    pub days: Vec<Word>,
    /// Times of the day.
    pub times: Vec<Word>,
    /// The zone that the times are in.
    pub zone: Operand,
}

impl Schedule {
    /// One of which nothing but its form is written.
    pub(crate) fn bare(keyword: Span, form: Form) -> Self {
        Self { keyword, form, argument: None, month: None, days: Vec::new(), times: Vec::new(), zone: None }
    }

    /// From the keyword to the last of its words.
    pub fn span(&self) -> Span {
        let words = self.argument.iter().chain(&self.month).chain(&self.days).chain(&self.times).chain(&self.zone);
        words.map(|word| word.span).max_by_key(|span| span.end).map_or(self.keyword, |last| self.keyword.to(last))
    }
}

/// The forms of a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `hourly [at :15] [zone]`
    Hourly,
    /// `every 6h [from time zone]`
    Every,
    /// `daily times zone`
    Daily,
    /// `weekdays times zone`
    Weekdays,
    /// `weekly days times zone`
    Weekly,
    /// `monthly days times zone`
    Monthly,
    /// `yearly month day times zone`
    Yearly,
    /// `cron "…" zone`
    Cron,
}

impl Form {
    /// Every form.
    const ALL: [Self; 8] =
        [Self::Hourly, Self::Every, Self::Daily, Self::Weekdays, Self::Weekly, Self::Monthly, Self::Yearly, Self::Cron];

    /// The keywords that begin them.
    pub(super) const WORDS: &[&str] = &["hourly", "every", "daily", "weekdays", "weekly", "monthly", "yearly", "cron"];

    /// The keyword that begins it.
    pub fn word(self) -> &'static str {
        Self::WORDS.get(self as usize).copied().unwrap_or_default()
    }

    /// The form that a keyword begins; fields of cron may stand without theirs.
    pub(super) fn named(keyword: &str) -> Self {
        Self::ALL.into_iter().find(|form| form.word() == keyword).unwrap_or(Self::Cron)
    }
}

/// A window of the resource's own, in and before which some kinds are not backed up.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// The day of the week, for `maintenance`.
    pub day: Operand,
    /// `time-time`
    pub times: Operand,
    /// The zone that the times are in.
    pub zone: Operand,
}

/// What a restore may make.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Restore {
    /// `as pattern`
    pub pattern: Operand,
    /// `in region`
    pub region: Operand,
    /// `subnet-group name` and the like
    pub settings: Vec<RestoreSetting>,
}

/// Something that a restore uses.
#[derive(Clone, Debug, PartialEq)]
pub struct RestoreSetting {
    /// The word of the kinds that have it.
    pub word: Spanned<&'static str>,
    /// Its name.
    pub name: Word,
}

/// `key=value`
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// The tag's key.
    pub key: Word,
    /// The tag's value.
    pub value: Word,
}
