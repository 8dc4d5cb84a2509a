//! Lines into POSIX shell.

use super::command::{Command, Line, Output, Word};
use crate::text::{Language, shell};

/// Seconds between two looks at a job: the CLI's own waiters for RDS use the same.
const INTERVAL: u32 = 30;

/// How often a job is looked at: for four hours.
const LOOKS: u32 = 480;

/// Longest command on a line of its own.
const WIDTH: usize = 100;

/// The lines as text that can be pasted, without a final line break.
pub fn render(lines: &[Line], language: Language) -> String {
    lines.iter().map(|line| render_line(line, language)).collect::<Vec<_>>().join("\n")
}

fn render_line(line: &Line, language: Language) -> String {
    match line {
        Line::Run(command) => broken(&words(command), 0),
        Line::Capture { variable, command } => {
            // JSON puts quotes around a text; they are no part of it.
            let json = matches!(command.query, Some((_, Output::Json)));
            let end = if json { " |\n  tr -d '\"')" } else { ")" };
            let asked = broken(&words(command), variable.len() + 3);
            // Shown as one sets it again, for whoever goes on in another shell.
            format!("{variable}=$({asked}{end}\necho \"{variable}=${variable}\"")
        }
        Line::Assign { variable, value } => format!("{variable}={}", quoted(value)),
        Line::Export { variable, value } => format!("export {variable}={}", quoted(&Word::Plain((*value).to_owned()))),
        Line::Need { variable, hint } => format!(": \"${{{variable}:?{}}}\"", hint.get(language)),
        Line::Document { file, fields } => document(file, fields),
        Line::Poll { command, ended, wanted } => poll(command, ended, wanted),
        Line::Deploy { region, parameters } => {
            let mut words = vec![format!("sh deploy.sh {region}")];
            words.extend(parameters.iter().map(|parameter| format!("\"{parameter}=${parameter}\"")));
            broken(&words, 0)
        }
        Line::Now => "date -u".to_owned(),
    }
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
    words.push(format!("--region {}", command.region));
    if let Some((query, output)) = &command.query {
        let expression = query.expression();
        let expression = if expression.contains('\'') { format!("\"{expression}\"") } else { shell::word(&expression) };
        words.push(format!("--query {expression}"));
        words.push(format!("--output {}", output.name()));
    }
    words
}

/// On one line where that is short, else every option on a line of its own.
fn broken(words: &[String], before: usize) -> String {
    let line = words.join(" ");
    if line.len() + before <= WIDTH { line } else { words.join(" \\\n  ") }
}

fn quoted(word: &Word) -> String {
    match word {
        Word::Expand(text) => format!("\"{text}\""),
        Word::Plain(text) => shell::word(text),
    }
}

/// A here-document: variables are put in, quotes and backslashes before quotes stay.
fn document(file: &str, fields: &[(&'static str, String)]) -> String {
    let fields: Vec<String> = fields.iter().map(|(key, value)| format!("  \"{key}\": \"{value}\"")).collect();
    format!("cat > {file} <<EOF\n{{\n{}\n}}\nEOF", fields.join(",\n"))
}

fn poll(command: &Command, ended: &[&str], wanted: &str) -> String {
    let ended = ended.join(" | ");
    format!(
        "STATE=unknown\nLOOKS=0\nwhile [ \"$LOOKS\" -lt {LOOKS} ]; do\n  STATE=$({})\n  \
         echo \"$(date -u +%H:%M:%S) $STATE\"\n  case \"$STATE\" in {ended}) break ;; esac\n  \
         LOOKS=$((LOOKS + 1))\n  sleep {INTERVAL}\ndone\n[ \"$STATE\" = {wanted} ] && echo OK || echo \"NOT {wanted}: $STATE\"",
        broken(&words(command), 8).replace("\n  ", "\n    ")
    )
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
