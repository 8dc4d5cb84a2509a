//! Diagnostics as workflow commands of GitHub Actions, which shows them beside the lines.
//!
//! Source of the format: <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>;
//! of its escapes: <https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts>.

use std::fmt::Write as _;

use super::text::visible;
use super::{Diagnostic, Diagnostics};
use crate::source::Sources;

/// `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=CODE::message` for each finding.
pub fn render(diagnostics: &Diagnostics, sources: &Sources) -> String {
    let mut text = String::new();
    for finding in diagnostics.iter() {
        command(finding, sources, &mut text);
    }
    text
}

fn command(finding: &Diagnostic, sources: &Sources, text: &mut String) {
    let (file, line, column) = sources.position(finding.span.file, finding.span.start);
    let (_, end_line, end_column) = sources.position(finding.span.file, finding.span.end);
    let (severity, code) = (finding.rule.severity.word(), finding.rule.code);
    // Writing to a String cannot fail.
    let _ = write!(text, "::{severity} file={},line={line},", property(file));
    // GitHub takes columns only of a place in one line.
    let _ = if line == end_line {
        write!(text, "col={column},endLine={end_line},endColumn={end_column},")
    } else {
        write!(text, "endLine={end_line},")
    };
    // A command has one place: the others are said.
    let others = finding.related.iter().map(|(span, said)| {
        let (file, line, column) = sources.position(span.file, span.start);
        format!("{file}:{line}:{column}: {said}")
    });
    let lines: Vec<String> = finding.lines().chain(others).map(|line| data(&visible(&line))).collect();
    let _ = writeln!(text, "title={code}::{}", lines.join("%0A"));
}

/// A message as the command's text.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value among the command's properties.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    #[test]
    fn every_character_that_a_command_is_made_of_is_escaped() {
        let mut sources = Sources::default();
        let file = sources.add("a,b:c%\n::error::.drspec", b"backup\n  cluster".to_vec());
        let mut found = Diagnostics::default();
        let rule = &crate::syntax::rules::E0004;
        found.push(rule.at(Span::new(file, 0, 6), "100% of a, b: c").help("write\r\nless"));
        found.push(
            rule.at(Span::new(file, 0, 9), "two lines").label("here%\n").related(Span::new(file, 9, 16), "there%\n"),
        );
        assert_eq!(
            render(&found, &sources),
            "::error file=a%2Cb%3Ac%25\\u{a}%3A%3Aerror%3A%3A.drspec,line=1,col=1,endLine=1,endColumn=7,title=E0004\
             ::100%25 of a, b: c%0Ahelp: write\\u{d}\\u{a}less\n\
             ::error file=a%2Cb%3Ac%25\\u{a}%3A%3Aerror%3A%3A.drspec,line=1,endLine=2,title=E0004\
             ::two lines%0Ahere%25\\u{a}%0Aa,b:c%25\\u{a}::error::.drspec:2:3: there%25\\u{a}\n"
        );
    }
}
