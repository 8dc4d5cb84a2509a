//! The table of a role's policy: each statement in a row, linked to its clause and its reasons.

use std::io::{self, Write};

use super::arn::Arns;
use super::{anchor, breakable, escaped, table};
use crate::explain::{LocatedClause, Point, Section};

/// Draws the table of the statements of a section, row after row.
pub(super) fn draw(
    section: &Section<'_>,
    arns: Arns<'_>,
    link: impl Fn(&LocatedClause) -> String,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut statements = section.points().filter(|point| point.sid.is_some()).peekable();
    if statements.peek().is_none() {
        return Ok(());
    }
    let heads = arns.language.say(
        ["Statement", "Actions", "Resources and condition", "When", "Clauses"],
        ["ステートメント", "アクション", "リソースと条件", "段階", "指定"],
    );
    table("policy", &heads, statements.map(|statement| row(&statement, arns, &link)), out)
}

fn row(statement: &Point, arns: Arns<'_>, link: &impl Fn(&LocatedClause) -> String) -> Vec<String> {
    let sid = statement.sid.as_deref().unwrap_or_default();
    let anchor = anchor(statement).unwrap_or_default();
    let values = |wanted: &str| {
        let parts = statement.points.iter().filter(|part| part.subject == wanted);
        let values = parts.flat_map(|part| &part.values);
        values.map(|value| format!("<code>{}</code>", arns.html(value, breakable))).collect::<Vec<_>>().concat()
    };
    let phases: Vec<&str> = statement.phases.iter().map(|phase| arns.language.pick(phase.words())).collect();
    let mut clauses: Vec<&LocatedClause> = Vec::new();
    for clause in statement.points.iter().flat_map(|part| &part.clauses) {
        if !clauses.contains(&clause) {
            clauses.push(clause);
        }
    }
    vec![
        format!("<a href=\"#{anchor}\">{}</a>", breakable(sid)),
        values("Action"),
        [values("Resource"), values("Condition")].concat(),
        escaped(&arns.language.list(&phases)),
        clauses.into_iter().map(link).collect(),
    ]
}
