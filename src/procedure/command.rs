//! What is typed: commands of the AWS CLI as data, so that tests can hold each of them against the
//! CLI's own models, and the few lines of POSIX shell around them.

use std::borrow::Cow;

use crate::text::Text;

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
    /// Code of the region that is asked.
    pub region: &'static str,
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// Taken as it stands.
    Plain(String),
    /// Names shell variables, whose values are put in.
    Expand(String),
}

impl Word {
    /// The text, whether or not it names variables.
    pub(crate) fn into_text(self) -> String {
        match self {
            Self::Plain(text) | Self::Expand(text) => text,
        }
    }
}

/// How the CLI writes an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// Bare text.
    Text,
    /// A table for people.
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
    /// Several values side by side.
    Values(&'static [&'static str]),
    /// A field of the newest member of a list that has a state.
    Newest {
        /// The list.
        list: &'static str,
        /// The state's field and value.
        state: (&'static str, &'static str),
        /// The field that orders it.
        by: &'static str,
        /// The field that is wanted.
        field: &'static str,
    },
    /// Fields of every member of a list, newest first where it says by which field.
    Rows {
        /// The list.
        list: &'static str,
        /// The field that orders it.
        by: Option<&'static str>,
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
            Self::Newest { list, state: (key, value), by, field } => {
                format!("sort_by({list}[?{key}=='{value}'], &{by})[-1].{field}")
            }
            Self::Rows { list, by: Some(by), fields } => {
                format!("reverse(sort_by({list}, &{by}))[].{}", labelled(fields))
            }
            Self::Rows { list, by: None, fields } => format!("{list}[].{}", labelled(fields)),
        }
    }
}

/// A line, or a few, for the shell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Runs a command.
    Run(Command),
    /// Keeps what a command says in a variable.
    Capture {
        /// The variable.
        variable: Cow<'static, str>,
        /// The command; its query gives one value.
        command: Command,
    },
    /// Gives a variable a value.
    Assign {
        /// The variable.
        variable: Cow<'static, str>,
        /// Its value.
        value: Word,
    },
    /// Gives a variable a value that programs see as well.
    Export {
        /// The variable.
        variable: &'static str,
        /// Its value.
        value: &'static str,
    },
    /// Asks for a value that the spec does not know: stops with the hint where it is not set.
    Need {
        /// The variable.
        variable: Cow<'static, str>,
        /// What to set it to.
        hint: Text,
    },
    /// Writes a JSON file of strings.
    Document {
        /// The file.
        file: String,
        /// Keys and values; a value may name shell variables, and is JSON-escaped already.
        fields: Vec<(&'static str, String)>,
    },
    /// Asks every so often until a job has ended, at most so many times.
    Poll {
        /// The command; its query gives the job's state.
        command: Command,
        /// States in which it has ended.
        ended: &'static [&'static str],
        /// The state that was hoped for.
        wanted: &'static str,
    },
    /// Deploys the stacks of a region.
    Deploy {
        /// Code of the region.
        region: &'static str,
        /// Parameters that are given, each from the variable that is called like it.
        parameters: Vec<String>,
    },
    /// Shows the time.
    Now,
}

impl Line {
    /// Gives a variable a value.
    pub(crate) fn assign(variable: impl Into<Cow<'static, str>>, value: Word) -> Self {
        Self::Assign { variable: variable.into(), value }
    }

    /// Asks for a value that the spec does not know.
    pub(crate) fn need(variable: impl Into<Cow<'static, str>>, hint: Text) -> Self {
        Self::Need { variable: variable.into(), hint }
    }

    /// The AWS command in it, if there is one.
    pub fn command(&self) -> Option<&Command> {
        match self {
            Self::Run(command) | Self::Capture { command, .. } | Self::Poll { command, .. } => Some(command),
            Self::Assign { .. }
            | Self::Export { .. }
            | Self::Need { .. }
            | Self::Document { .. }
            | Self::Deploy { .. }
            | Self::Now => None,
        }
    }
}

impl Command {
    /// A command without options.
    pub(crate) fn new(region: &'static str, service: &'static str, operation: &'static str) -> Self {
        Self { service, operation, waiter: None, options: Vec::new(), query: None, region }
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

    /// With an option, which without a value is a flag.
    pub(crate) fn option(mut self, name: &'static str, value: Option<Word>) -> Self {
        self.options.push(CommandOption { name, value });
        self
    }

    /// Shows these values as a table.
    pub(crate) fn show(self, paths: &'static [&'static str]) -> Line {
        self.table(Query::Values(paths))
    }

    /// Shows fields of every member of a list as a table, newest first where it says by which field.
    pub(crate) fn rows(self, list: &'static str, by: Option<&'static str>, fields: &'static [&'static str]) -> Line {
        self.table(Query::Rows { list, by, fields })
    }

    fn table(self, query: Query) -> Line {
        Line::Run(Self { query: Some((query, Output::Table)), ..self })
    }

    /// Keeps one value in a variable.
    pub(crate) fn into(mut self, variable: impl Into<Cow<'static, str>>, query: Query) -> Line {
        let output = match query {
            Query::Newest { .. } | Query::Rows { .. } => Output::Json,
            Query::Value(_) | Query::Values(_) => Output::Text,
        };
        self.query = Some((query, output));
        Line::Capture { variable: variable.into(), command: self }
    }

    /// Asks for the state at `path` until it is one of `ended`.
    pub(crate) fn until(mut self, path: &'static str, ended: &'static [&'static str], wanted: &'static str) -> Line {
        self.query = Some((Query::Value(path), Output::Text));
        Line::Poll { command: self, ended, wanted }
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
