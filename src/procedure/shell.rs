//! Steps into POSIX shell that can be pasted into an interactive one: sh, bash or zsh.
//!
//! Each step is a subshell with `-e` and `-u`, so that it ends at the first call that is refused and
//! leaves the person's shell alone. What is known of a resource is kept in a file, so that a step that is
//! pasted again goes on where it stopped, and that another shell can take over. Comments are not pasted: an
//! interactive zsh would run them.

use super::command::{Command, Output, Word};
use super::line::{Document, Line};
use super::{Left, Step};
use crate::text::{Language, Sentence, shell};

/// Seconds between two looks at a job: the CLI's own waiters for RDS use the same.
const INTERVAL: u32 = 30;

/// How often a job is looked at: for four hours.
const LOOKS: u32 = 480;

/// Longest line of a command, where its words allow it.
const WIDTH: usize = 120;

/// What a step types as text that can be pasted, without a final line break; nothing, where it types nothing.
pub fn render(step: &Step, language: Language) -> Option<String> {
    let outside = step.leaves.as_ref().map(|left| match left {
        Left::Functions => functions(language),
        Left::Place(place) => format!("WORK=\"{}\"", folder(place)),
    });
    let compound = (!step.lines.is_empty()).then(|| {
        let after = step.after.map_or_else(String::new, |mark| format!("; after {mark}"));
        let mut lines = vec![format!("( set -eu +C{after}")];
        lines.extend(step.lines.iter().map(|line| render_line(line, language)));
        lines.extend(step.mark.map(|mark| format!("tick {mark}")));
        lines.join("\n") + " )"
    });
    let parts: Vec<String> = outside.into_iter().chain(compound).collect();
    (!parts.is_empty()).then(|| parts.join("\n"))
}

/// The functions that steps use. What they keep lies in the home directory, in a folder of each place.
fn functions(language: Language) -> String {
    let told = [
        ("@first@", PLACE_FIRST),
        ("@before@", MARK_FIRST),
        ("@none@", NAMES_NONE),
        ("@drill@", NO_DRILL),
        ("@endless@", STILL),
        ("@missing@", MISSING),
        ("@unknown@", UNKNOWN),
    ];
    let text = FUNCTIONS.replace("@looks@", &LOOKS.to_string()).replace("@interval@", &INTERVAL.to_string());
    let text = told.into_iter().fold(text, |text, (place, said)| text.replace(place, language.pick(said)));
    text.trim_end().to_owned()
}

/// Their text, in which what is said stands between two signs.
const FUNCTIONS: &str = include_str!("functions.sh");

/// What is said where no place was entered.
const PLACE_FIRST: Sentence =
    Sentence::new("first paste the step that goes to a place", "先に、作業する場所に移る手順を貼り付けてください");

/// What is said where a step before is not done.
const MARK_FIRST: Sentence = Sentence::new(
    "not done here; first paste the step that ends with DONE:",
    "未完了です。先に、次の表示で終わる手順を貼り付けてください DONE:",
);

/// What is said where AWS answers without a value.
const NAMES_NONE: Sentence = Sentence::new("AWS names none", "AWS の応答に値がありません");

/// What is said before a variable without a value.
const MISSING: Sentence = Sentence::new("missing", "値がありません");

/// What is said of a name that no resource of the place has.
const UNKNOWN: Sentence = Sentence::new("no such name here", "この場所にない名前です");

/// What is said where a drill has no name to give.
const NO_DRILL: Sentence =
    Sentence::new("no drill, since it could have no name of its own", "訓練用の名前を付けられないため対象外です");

/// What is said where something is for drills alone.
const ONLY_IN_DRILLS: Sentence = Sentence::new("only in a drill", "訓練でのみ実行できます");

/// What is said where something would touch what serves.
const NEVER_IN_DRILLS: Sentence = Sentence::new("not in a drill", "訓練では実行できません");

/// What is said where a job is still under way.
const STILL: Sentence = Sentence::new(
    "still not done; paste the step again to go on waiting",
    "まだ終わっていません。この手順をもう一度貼り付けると待機を続けます",
);

fn render_line(line: &Line, language: Language) -> String {
    match line {
        Line::Run(command) => call(command, 0),
        Line::Capture { variable, commands } => captured(variable, commands),
        Line::Look { variable, command } => {
            format!("{variable}=$({}); got {variable}", call(command, variable.len() + 3))
        }
        Line::Attempt { variable, command } => format!("try {variable} {}", call(command, variable.len() + 5)),
        Line::Poll { command, failed, wanted } => {
            let before = format!("poll {wanted} '{}' ", failed.join(" "));
            format!("{before}{}", call(command, before.len()))
        }
        Line::Deploy { region, parameters } => deploy(region, parameters),
        Line::Each(lines) => each(lines, language),
        Line::EachHeld(line) => {
            let line = indented(&render_line(line, language));
            format!("for HELD in $(sort -u \"$NAME.held\" 2> /dev/null); do\n{line}\ndone")
        }
        Line::Where { word, pattern, line } => {
            let line = indented(&render_line(line, language));
            format!("case {} in {pattern})\n{line} ;;\nesac", quoted(word))
        }
        Line::Assign { .. }
        | Line::Need { .. }
        | Line::OnlyInDrills
        | Line::NeverInDrills
        | Line::Expect { .. }
        | Line::File { .. }
        | Line::Document(_)
        | Line::Enter
        | Line::OnlyKept(_)
        | Line::Unless(..)
        | Line::Only(..)
        | Line::Hand { .. }
        | Line::Hold(_)
        | Line::Show(_)
        | Line::Now => plain(line, language),
    }
}

/// Deploys the stacks of a region with parameters, each from the variable that is called like it.
fn deploy(region: &str, parameters: &[String]) -> String {
    let mut words = vec![format!("sh deploy.sh {region}")];
    words.extend(parameters.iter().map(|parameter| format!("\"{parameter}=${parameter}\"")));
    filled(&words, 0)
}

/// A line that holds neither a command nor other lines.
fn plain(line: &Line, language: Language) -> String {
    match line {
        Line::Assign { variable, value } => format!("{variable}={}", quoted(value)),
        Line::Expect { variable, value } => {
            let value = shell::word(value);
            format!("[ \"${variable}\" = {value} ] || stop \"{variable}=${variable}, not {value}\"")
        }
        Line::File { name, stays, lines, expands } => file((name, *stays), lines, *expands),
        Line::Document(fields) => document(fields),
        Line::Need { variable, hint } => format!("need {variable} {}", shell::word(hint.get(language))),
        Line::OnlyInDrills => {
            format!("case \"$RUN\" in drill*) ;; *) stop \"RUN=$RUN: {}\" ;; esac", language.pick(ONLY_IN_DRILLS))
        }
        Line::NeverInDrills => {
            format!("case \"$RUN\" in drill*) stop \"RUN=$RUN: {}\" ;; esac", language.pick(NEVER_IN_DRILLS))
        }
        Line::Enter => "enter".to_owned(),
        Line::OnlyKept(variable) => format!("kept {variable} || exit 0"),
        Line::Unless(left, right) => format!("if [ {} = {} ]; then exit 0; fi", quoted(left), quoted(right)),
        Line::Only(left, right) => format!("[ {} = {} ] || exit 0", quoted(left), quoted(right)),
        Line::Hand { variable, there, place } => format!("hand {variable} {there} \"{}\"", folder(place)),
        Line::Hold(variable) => format!("echo \"${variable}\" >> \"$NAME.held\""),
        Line::Show(file) => format!("cat {file}"),
        Line::Now => "date -u".to_owned(),
        Line::Run(_)
        | Line::Capture { .. }
        | Line::Look { .. }
        | Line::Poll { .. }
        | Line::Deploy { .. }
        | Line::Each(_)
        | Line::EachHeld(_)
        | Line::Attempt { .. }
        | Line::Where { .. } => String::new(),
    }
}

fn indented(text: &str) -> String {
    format!("  {}", text.replace('\n', "\n  "))
}

/// Lines for each resource of a place, each in a subshell of its own, so that nothing known of one is taken for another.
fn each(lines: &[Line], language: Language) -> String {
    let lines: Vec<String> = lines
        .iter()
        .map(|line| {
            let rendered = render_line(line, language);
            // What a here-document holds must stay where it is.
            let stays = matches!(line, Line::Document(_) | Line::File { .. });
            if stays { rendered } else { indented(&rendered) }
        })
        .collect();
    format!("one() {{\n{}\n}}; each one", lines.join("\n"))
}

/// The folder of a place, as a shell writes it.
pub(crate) fn folder(place: &str) -> String {
    format!("$HOME/{place}")
}

/// What a command says in a variable; where it names nothing, what the next says.
fn captured(variable: &str, commands: &[Command]) -> String {
    let last = commands.len().saturating_sub(1);
    let asked = commands.iter().enumerate().map(|(index, command)| {
        let word = if index == last { "ask" } else { "try" };
        format!("{word} {variable} {}", call(command, variable.len() + 5))
    });
    asked.collect::<Vec<_>>().join("\n")
}

fn call(command: &Command, before: usize) -> String {
    filled(&words(command), before)
}

fn words(command: &Command) -> Vec<String> {
    let mut words = vec![format!("aws {} {}", command.service, command.subcommand())];
    for option in &command.options {
        let value = option.value.as_ref().map_or_else(String::new, |value| {
            // Behind a blank the CLI would take it for an option.
            let joint = if matches!(value, Word::Plain(text) if text.starts_with('-')) { '=' } else { ' ' };
            format!("{joint}{}", quoted(value))
        });
        words.push(format!("{}{value}", option.name));
    }
    words.push(format!("--region {}", quoted(&command.region)));
    if let Some((query, output)) = &command.query {
        let expression = query.expression();
        let expression = if expression.contains('\'') { format!("\"{expression}\"") } else { shell::word(&expression) };
        words.push(format!("--query {expression}"));
        words.extend((*output != Output::Table).then(|| format!("--output {}", output.name())));
    }
    words
}

/// As many words on a line as it holds.
fn filled(words: &[String], before: usize) -> String {
    let mut text = String::new();
    let mut column = before;
    for word in words {
        if text.is_empty() {
            column += word.len();
        } else if column + 1 + word.len() <= WIDTH {
            text.push(' ');
            column += 1 + word.len();
        } else {
            text.push_str(" \\\n  ");
            column = 2 + word.len();
        }
        text.push_str(word);
    }
    text
}

fn quoted(word: &Word) -> String {
    match word {
        Word::Expand(text) => format!("\"{text}\""),
        Word::Plain(text) => shell::word(text),
    }
}

/// A here-document.
fn file((name, stays): (&str, bool), lines: &[String], expands: bool) -> String {
    let unless = if stays { format!("[ -e {name} ] || ") } else { String::new() };
    let end = if expands { "END" } else { "'END'" };
    format!("{unless}cat > {name} <<{end}\n{}\nEND", lines.join("\n"))
}

/// A here-document of JSON: variables are put in, quotes and backslashes before quotes stay.
fn document(Document { fields, with }: &Document) -> String {
    let field = |(key, value): &(&str, String)| format!("  \"{key}\": \"{value}\"");
    let mut fields = fields.iter().map(field).collect::<Vec<_>>().join(",\n");
    let mut before = String::new();
    if let Some((variable, with)) = with {
        let with: Vec<String> = with.iter().map(|with| format!(",\n{}", field(with))).collect();
        let with = with.concat().replace('"', "\\\"");
        before = format!("WITH=\n[ -z \"${{{variable}-}}\" ] || WITH=\"{with}\"\n");
        fields.push_str("$WITH");
    }
    format!("{before}cat > \"$NAME.json\" <<END\n{{\n{fields}\n}}\nEND\ncat \"$NAME.json\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_begins_with_a_hyphen_is_no_option() {
        let command = Command::new("eu-west-1", "backup", "describe-backup-vault").with("--backup-vault-name", "-x");
        assert!(words(&command).contains(&"--backup-vault-name=-x".to_owned()));
    }

    #[test]
    fn words_are_quoted_for_the_shell() {
        let plain = |text: &str| quoted(&Word::Plain(text.to_owned()));
        assert_eq!(plain("mydb-1.a:b/c"), "mydb-1.a:b/c");
        assert_eq!(plain("a b"), "'a b'");
        assert_eq!(plain("it's $x"), r"'it'\''s $x'");
        assert_eq!(plain(""), "''");
        assert_eq!(quoted(&Word::Expand("$X:y".to_owned())), "\"$X:y\"");
    }
}
