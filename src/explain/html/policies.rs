//! The table of a role's policy: each statement in a row, linked to its clause and its reasons.

use std::fmt::Write as _;

use super::{anchor, escaped};
use crate::explain::{Clause, Language, Point};

/// The table of the statements among these points.
pub(super) fn table(points: &[Point], language: Language, link: impl Fn(&Clause) -> String) -> String {
    let statements: Vec<&Point> = points.iter().filter(|point| point.sid.is_some()).collect();
    if statements.is_empty() {
        return String::new();
    }
    let heads = [
        language.say("Statement", "ステートメント"),
        language.say("Actions", "アクション"),
        language.say("Resources and condition", "リソースと条件"),
        language.say("When", "段階"),
        language.say("Clauses", "指定"),
    ];
    let mut html = String::from("<table>\n<thead><tr>");
    for head in heads {
        let _ = write!(html, "<th scope=\"col\">{head}</th>");
    }
    html.push_str("</tr></thead>\n<tbody>\n");
    for statement in statements {
        row(statement, &heads, language, &link, &mut html);
    }
    html.push_str("</tbody>\n</table>\n");
    html
}

fn row(statement: &Point, heads: &[&str; 5], language: Language, link: &impl Fn(&Clause) -> String, html: &mut String) {
    let sid = statement.sid.as_deref().unwrap_or_default();
    let anchor = anchor(statement).unwrap_or_default();
    let values = |wanted: &str| -> String {
        let parts = statement.points.iter().filter(|part| part.subject == wanted);
        let values = parts.flat_map(|part| &part.values).map(|value| format!("<code>{}</code>", escaped(value)));
        values.collect()
    };
    let phases: Vec<&str> = statement.phases.iter().map(|phase| language.phase(*phase)).collect();
    let mut clauses: Vec<&Clause> = Vec::new();
    for clause in statement.points.iter().flat_map(|part| &part.clauses) {
        if !clauses.contains(&clause) {
            clauses.push(clause);
        }
    }
    let links: Vec<String> = clauses.into_iter().map(link).collect();
    let cells = [
        format!("<a href=\"#{anchor}\">{}</a>", escaped(sid)),
        values("Action"),
        [values("Resource"), values("Condition")].concat(),
        escaped(&phases.join(language.say(", ", "、"))),
        links.concat(),
    ];
    html.push_str("<tr>");
    for (head, cell) in heads.iter().zip(cells) {
        let _ = write!(html, "<td data-head=\"{head}\">{cell}</td>");
    }
    html.push_str("</tr>\n");
}
