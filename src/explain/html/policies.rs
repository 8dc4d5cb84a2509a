//! The table of a role's policy: each statement in a row, linked to its clause and its reasons.

use std::io::{self, Write};

use super::arn::Arns;
use super::{anchor, breakable, escaped};
use crate::explain::{LocatedClause, Point, Section};

/// Writes the table of the statements of a section, row after row.
pub(super) fn table(
    section: &Section<'_>,
    arns: Arns<'_>,
    link: impl Fn(&LocatedClause) -> String,
    out: &mut dyn Write,
) -> io::Result<()> {
    let language = arns.language;
    let mut statements = section.points().filter(|point| point.sid.is_some()).peekable();
    if statements.peek().is_none() {
        return Ok(());
    }
    let heads = [
        language.say("Statement", "ステートメント"),
        language.say("Actions", "アクション"),
        language.say("Resources and condition", "リソースと条件"),
        language.say("When", "段階"),
        language.say("Clauses", "指定"),
    ];
    out.write_all(b"<table class=\"policy\">\n<thead><tr>")?;
    for head in heads {
        write!(out, "<th scope=\"col\">{head}</th>")?;
    }
    out.write_all(b"</tr></thead>\n<tbody>\n")?;
    for statement in statements {
        row(&statement, &heads, arns, &link, out)?;
    }
    out.write_all(b"</tbody>\n</table>\n")
}

fn row(
    statement: &Point,
    heads: &[&str; 5],
    arns: Arns<'_>,
    link: &impl Fn(&LocatedClause) -> String,
    out: &mut dyn Write,
) -> io::Result<()> {
    let language = arns.language;
    let sid = statement.sid.as_deref().unwrap_or_default();
    let anchor = anchor(statement).unwrap_or_default();
    let values = |wanted: &str| -> String {
        let parts = statement.points.iter().filter(|part| part.subject == wanted);
        let values =
            parts.flat_map(|part| &part.values).map(|value| format!("<code>{}</code>", arns.html(value, breakable)));
        values.collect()
    };
    let phases: Vec<&str> = statement.phases.iter().map(|phase| language.pick(phase.words())).collect();
    let mut clauses: Vec<&LocatedClause> = Vec::new();
    for clause in statement.points.iter().flat_map(|part| &part.clauses) {
        if !clauses.contains(&clause) {
            clauses.push(clause);
        }
    }
    let links: Vec<String> = clauses.into_iter().map(link).collect();
    let cells = [
        format!("<a href=\"#{anchor}\">{}</a>", breakable(sid)),
        values("Action"),
        [values("Resource"), values("Condition")].concat(),
        escaped(&phases.join(language.say(", ", "、"))),
        links.concat(),
    ];
    out.write_all(b"<tr>")?;
    for (head, cell) in heads.iter().zip(cells) {
        write!(out, "<td data-head=\"{head}\">{cell}</td>")?;
    }
    out.write_all(b"</tr>\n")
}
