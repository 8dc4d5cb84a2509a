//! The few lines of POSIX shell around commands, as data.

use super::command::{Command, Word};
use crate::text::Text;

/// A line, or a few, for the shell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Runs a command.
    Run(Command),
    /// Keeps what a command says in a variable; where it names nothing, what the next one says. In a loop it is
    /// asked once, also where the step is run again.
    Capture {
        /// The variable.
        variable: String,
        /// The commands; the query of each gives one value.
        commands: Vec<Command>,
    },
    /// Keeps what a command says in a variable, if it names anything. In a loop it is asked until it does.
    Attempt {
        /// The variable.
        variable: &'static str,
        /// The command; its query gives one value.
        command: Command,
    },
    /// Leaves a resource out of the rest of a loop of which a variable is not kept.
    OnlyKept(&'static str),
    /// Takes the value that a command names into a variable, each time anew.
    Look {
        /// The variable.
        variable: &'static str,
        /// The command; its query gives one value.
        command: Command,
    },
    /// Gives a variable a value.
    Assign {
        /// The variable.
        variable: &'static str,
        /// Its value.
        value: Word,
    },
    /// Stops with a hint where a value is missing.
    Need {
        /// The variable.
        variable: String,
        /// What it is.
        hint: Text,
    },
    /// Stops unless a variable has a value.
    Expect {
        /// The variable.
        variable: &'static str,
        /// The value.
        value: String,
    },
    /// Writes a file of lines, in whose text variables are put in if it says so.
    File {
        /// The file.
        name: &'static str,
        /// Whether one that is there stays as it is.
        stays: bool,
        /// Its lines, which may name shell variables where they are put in.
        lines: Vec<String>,
        /// Whether variables are put in.
        expands: bool,
    },
    /// Writes a JSON file of strings, named after the resource, and shows it.
    Document(Document),
    /// Asks every so often until the state is the one that was hoped for; stops in a state that is an end without it.
    Poll {
        /// The command; its query gives the state, alone or with what is said of it.
        command: Command,
        /// States in which it has ended otherwise.
        failed: &'static [&'static str],
        /// The state that was hoped for.
        wanted: &'static str,
    },
    /// Does the lines for each resource of the place.
    Each(Vec<Line>),
    /// Makes the folder of the place and of this run, and goes to that of the place.
    Enter,
    /// A line that is done where a word matches a pattern.
    Where {
        /// The word.
        word: Word,
        /// The pattern.
        pattern: &'static str,
        /// The line.
        line: Box<Self>,
    },
    /// Stops unless the run is a drill.
    OnlyInDrills,
    /// Stops if the run is a drill.
    NeverInDrills,
    /// Leaves a resource out of the rest of a loop if two words are the same.
    Unless(Word, Word),
    /// Leaves a resource out of the rest of a loop unless two words are the same.
    Only(Word, Word),
    /// Gives a kept value to another place, where it is kept under a name of its own.
    Hand {
        /// The variable.
        variable: &'static str,
        /// What it is called there.
        there: &'static str,
        /// The place, as its folder is called.
        place: String,
    },
    /// Notes the value of a variable among those of the resource that are held.
    Hold(&'static str),
    /// A line for each value of the resource that was noted so, which is in `$HELD`.
    EachHeld(Box<Self>),
    /// Shows a file.
    Show(&'static str),
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

/// A JSON file of strings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Keys and values; a value may name shell variables, and is JSON-escaped already.
    pub fields: Vec<(&'static str, String)>,
    /// The same, written only where a variable is not empty.
    pub with: Option<(&'static str, Vec<(&'static str, String)>)>,
}

impl Line {
    /// Gives a variable a value, in which variables are put in.
    pub(crate) fn assign(variable: &'static str, value: impl Into<String>) -> Self {
        Self::Assign { variable, value: Word::Expand(value.into()) }
    }

    /// Stops where a value is missing.
    pub(crate) fn need(variable: impl Into<String>, hint: impl Into<Text>) -> Self {
        Self::Need { variable: variable.into(), hint: hint.into() }
    }

    /// Does lines for each resource.
    pub(crate) fn each(lines: impl IntoIterator<Item = Self>) -> Self {
        Self::Each(lines.into_iter().collect())
    }

    /// The AWS commands in it.
    pub fn commands(&self) -> Vec<&Command> {
        match self {
            Self::Run(command)
            | Self::Attempt { command, .. }
            | Self::Look { command, .. }
            | Self::Poll { command, .. } => vec![command],
            Self::Capture { commands, .. } => commands.iter().collect(),
            Self::Each(lines) => lines.iter().flat_map(Self::commands).collect(),
            Self::Where { line, .. } | Self::EachHeld(line) => line.commands(),
            Self::Enter
            | Self::OnlyInDrills
            | Self::NeverInDrills
            | Self::OnlyKept(_)
            | Self::Unless(..)
            | Self::Assign { .. }
            | Self::Need { .. }
            | Self::Expect { .. }
            | Self::File { .. }
            | Self::Document(_)
            | Self::Only(..)
            | Self::Hand { .. }
            | Self::Hold(_)
            | Self::Show(_)
            | Self::Deploy { .. }
            | Self::Now => Vec::new(),
        }
    }

    /// The line, and of a loop those in it.
    pub fn within(&self) -> Vec<&Self> {
        if let Self::Each(lines) = self { lines.iter().collect() } else { vec![self] }
    }
}
