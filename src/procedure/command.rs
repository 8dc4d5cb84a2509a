//! Commands of the AWS CLI as data, so that tests can hold each of them against the CLI's own models.

use super::line::Line;

/// A command of the AWS CLI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// The service, such as `backup`.
    pub service: &'static str,
    /// The operation, such as `start-copy-job`.
    pub operation: &'static str,
    /// The waiter that asks it until something has come to be, such as `table-exists`.
    pub waiter: Option<&'static str>,
    /// Options with their values, in the order in which they are written.
    pub options: Vec<CommandOption>,
    /// What of the answer is shown, and how.
    pub query: Option<(Query, Output)>,
    /// The region that is asked: its code, or the place that one works at.
    pub region: Word,
}

/// An option of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandOption {
    /// Its name, such as `--recovery-point-arn`.
    pub name: &'static str,
    /// Its value; a flag has none.
    pub value: Option<Word>,
}

/// A word of a command.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Word {
    /// Taken as it stands.
    Plain(String),
    /// Names shell variables, whose values are put in.
    Expand(String),
}

impl From<&str> for Word {
    fn from(text: &str) -> Self {
        Self::Plain(text.to_owned())
    }
}

/// How the CLI writes an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// Bare text.
    Text,
    /// A table for people, which the shell of a runbook asks for unless a command says otherwise.
    Table,
    /// JSON. With `text` a query runs once for every page of a long answer, with JSON once for all.
    ///
    /// Source: <https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-filter.html>.
    Json,
}

impl Output {
    /// The value of `--output`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Table => "table",
            Self::Json => "json",
        }
    }
}

/// What of an answer is wanted, as data from which the `JMESPath` expression is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// One value.
    Value(&'static str),
    /// Several values, each with its name.
    Values(&'static [&'static str]),
    /// A state, and what is said of it.
    State(&'static str, &'static str),
    /// The state of the member of a list that has a value; `absent` where none has it.
    StateOf {
        /// The list.
        list: &'static str,
        /// The field with the value, which may name shell variables.
        which: (&'static str, &'static str),
        /// The field with the state.
        state: &'static str,
    },
    /// How many members of a list have a value.
    Count {
        /// The list.
        list: &'static str,
        /// The field with the value, which may name shell variables.
        which: (&'static str, &'static str),
    },
    /// A field of the newest of those members of a list that have a value.
    Newest {
        /// The list.
        list: &'static str,
        /// The field with the value, which may name shell variables.
        which: (&'static str, &'static str),
        /// The field that orders them.
        by: &'static str,
        /// The field that is wanted.
        field: &'static str,
    },
    /// Fields of members of a list.
    Rows {
        /// The list.
        list: &'static str,
        /// The field by which the newest come first, and so many of them are shown.
        newest: Option<(&'static str, u8)>,
        /// The fields that are wanted.
        fields: &'static [&'static str],
    },
}

impl Query {
    /// The expression.
    pub fn expression(&self) -> String {
        match self {
            Self::Value(path) => (*path).to_owned(),
            Self::Values(paths) => labelled(paths),
            Self::State(state, said) => format!("[{state}, {said}]"),
            Self::StateOf { list, which: (key, value), state } => {
                format!("{list}[?{key}=='{value}'].{state} | [0] || 'absent'")
            }
            Self::Count { list, which: (key, value) } => format!("length({list}[?{key}=='{value}'])"),
            Self::Newest { list, which: (key, value), by, field } => {
                format!("sort_by({list}[?{key}=='{value}'], &{by})[-1].{field}")
            }
            Self::Rows { list, newest: Some((by, count)), fields } => {
                format!("reverse(sort_by({list}, &{by}))[:{count}].{}", labelled(fields))
            }
            Self::Rows { list, newest: None, fields } => format!("{list}[].{}", labelled(fields)),
        }
    }
}

impl Command {
    /// A command without options that asks a region.
    pub(crate) fn new(region: impl Into<Word>, service: &'static str, operation: &'static str) -> Self {
        Self { service, operation, waiter: None, options: Vec::new(), query: None, region: region.into() }
    }

    /// A command without options that asks the region that one works in.
    pub(crate) fn here(service: &'static str, operation: &'static str) -> Self {
        Self::new(Word::Expand("$REGION".to_owned()), service, operation)
    }

    /// Asks by a waiter until something has come to be.
    pub(crate) fn wait(self, waiter: &'static str) -> Line {
        Line::Run(Self { waiter: Some(waiter), ..self })
    }

    /// With an option whose value is taken as it stands.
    pub(crate) fn with(self, name: &'static str, value: impl Into<String>) -> Self {
        self.option(name, Some(Word::Plain(value.into())))
    }

    /// With an option whose value names shell variables.
    pub(crate) fn expand(self, name: &'static str, value: impl Into<String>) -> Self {
        self.option(name, Some(Word::Expand(value.into())))
    }

    /// With a flag.
    pub(crate) fn flag(self, name: &'static str) -> Self {
        self.option(name, None)
    }

    fn option(mut self, name: &'static str, value: Option<Word>) -> Self {
        self.options.push(CommandOption { name, value });
        self
    }

    /// Gives up soon: for a region that may be gone.
    pub(crate) fn impatient(self) -> Self {
        self.with("--cli-connect-timeout", "10").with("--cli-read-timeout", "20")
    }

    /// Shows these values as a table.
    pub(crate) fn show(self, paths: &'static [&'static str]) -> Line {
        self.table(Query::Values(paths))
    }

    /// Shows fields of every member of a list as a table.
    pub(crate) fn rows(self, list: &'static str, fields: &'static [&'static str]) -> Line {
        self.table(Query::Rows { list, newest: None, fields })
    }

    /// Shows fields of the members of a list that are newest by a field as a table.
    pub(crate) fn newest(self, list: &'static str, by: &'static str, fields: &'static [&'static str]) -> Line {
        /// How many.
        const SHOWN: u8 = 10;
        self.table(Query::Rows { list, newest: Some((by, SHOWN)), fields })
    }

    fn table(self, query: Query) -> Line {
        Line::Run(Self { query: Some((query, Output::Table)), ..self })
    }

    /// With what of its answer is wanted.
    pub(crate) fn query(self, query: Query) -> Self {
        let output = match query {
            Query::Newest { .. } | Query::StateOf { .. } | Query::Count { .. } | Query::Rows { .. } => Output::Json,
            Query::Value(_) | Query::Values(_) | Query::State(..) => Output::Text,
        };
        Self { query: Some((query, output)), ..self }
    }

    /// Keeps one value in a variable.
    pub(crate) fn into(self, variable: impl Into<String>, query: Query) -> Line {
        Line::Capture { variable: variable.into(), commands: vec![self.query(query)] }
    }

    /// Keeps one value in a variable; where there is none, the one that another command names.
    pub(crate) fn or(self, query: Query, other: Self, second: Query, variable: impl Into<String>) -> Line {
        Line::Capture { variable: variable.into(), commands: vec![self.query(query), other.query(second)] }
    }

    /// Keeps one value in a variable, if there is one.
    pub(crate) fn attempt(self, variable: &'static str, query: Query) -> Line {
        Line::Attempt { variable, command: self.query(query) }
    }

    /// Takes one value into a variable, each time anew.
    pub(crate) fn look(self, variable: &'static str, query: Query) -> Line {
        Line::Look { variable, command: self.query(query) }
    }

    /// Asks for the state until it is `wanted`, or one of those without it.
    pub(crate) fn until(self, state: Query, wanted: &'static str, failed: &'static [&'static str]) -> Line {
        Line::Poll { command: self.query(state), failed, wanted }
    }

    /// What stands behind the service: the operation, or `wait` and the waiter.
    pub fn subcommand(&self) -> String {
        self.waiter.map_or_else(|| self.operation.to_owned(), |waiter| format!("wait {waiter}"))
    }

    /// Every permission that the command's caller needs, as IAM names it.
    pub fn actions(&self) -> Vec<String> {
        let words =
            self.operation.split('-').map(|word| if word == "db" { "DB".to_owned() } else { capitalised(word) });
        let mut actions = vec![format!("{}:{}", self.service, words.collect::<String>())];
        if self.options.iter().any(|option| option.name == "--iam-role-arn") {
            actions.push("iam:PassRole".to_owned());
        }
        actions
    }
}

/// Every value under the last part of its path, so that tables have headings; where two would have the same, under the
/// last two.
fn labelled(paths: &[&str]) -> String {
    let label = |path: &str, parts: usize| {
        let last: Vec<&str> = path.rsplit('.').take(parts).map(|part| part.trim_end_matches("[]")).collect();
        last.into_iter().rev().collect::<Vec<_>>().join("_")
    };
    let labelled = |path: &&str| {
        let is_ambiguous = paths.iter().any(|other| other != path && label(other, 1) == label(path, 1));
        format!("{}: {path}", label(path, if is_ambiguous { 2 } else { 1 }))
    };
    format!("{{{}}}", paths.iter().map(labelled).collect::<Vec<_>>().join(", "))
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_one_name_are_told_apart() {
        let expression = |paths| Query::Values(paths).expression();
        assert_eq!(expression(&["A.Status", "B[].Id"]), "{Status: A.Status, Id: B[].Id}");
        assert_eq!(expression(&["A.X", "B.X", "B.Y"]), "{A_X: A.X, B_X: B.X, Y: B.Y}");
    }
}
