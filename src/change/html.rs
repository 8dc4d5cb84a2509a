//! What a change does as one page that needs nothing else: the verdict first, the templates folded.

use std::fmt::Write as _;
use std::io;

use super::words::{self, CONDITIONS, HUNKS, ORDER, TITLE, allowed, clause, sections, word};
use super::{Hunk, Item, Report, Verdict};
use crate::text::Language;
use crate::text::html::{FOOT, PAGE, escaped, head, plain_prose, unfold};

/// How what this page alone has looks.
const STYLE: &str = include_str!("html.css");

/// Writes the page.
///
/// # Errors
///
/// What is written to fails.
pub fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let Report { change, language, .. } = *report;
    let title = language.pick(TITLE);
    let mut page = head(title, language, &[PAGE, STYLE]);
    let is_conditional = change.verdict() == Verdict::Safe && !change.is_safe();
    let class = if is_conditional { "safe-if" } else { class(change.verdict()) };
    let meaning = escaped(language.pick(change.verdict().meaning()));
    // Writing to a String cannot fail.
    let _ = writeln!(
        page,
        "<header><h1>{title}</h1>\n<p class=\"verdict {class}\">{}: {meaning}</p></header>",
        escaped(&words::head(change, language))
    );
    if !report.hunks.is_empty() {
        page.push_str(&unfold(language));
    }
    for section in sections(change) {
        let _ = writeln!(page, "<section>\n<h2>{}</h2>", language.pick(section.title));
        section.items().for_each(|item| page.push_str(&self::item(item, report)));
        page.push_str("</section>\n");
    }
    let conditions: Vec<&str> = change.conditions().map(|item| item.text.get(language)).collect();
    page.push_str(&list(language.pick(CONDITIONS), "ul", &conditions));
    for note in words::unused(report) {
        page.extend(["<p>", &escaped(&note), "</p>\n"]);
    }
    let order = words::order(change, language);
    page.push_str(&list(language.pick(ORDER), "ol", &order.iter().map(String::as_str).collect::<Vec<_>>()));
    page.push_str(&hunks(report.hunks, language));
    page.push_str(FOOT);
    out.write_all(page.as_bytes())
}

/// The class of what is so serious, which has its colour and mark.
fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Safe => "safe",
        Verdict::Look => "look",
        Verdict::Loses => "unsafe",
    }
}

fn item(item: &Item, report: &Report<'_>) -> String {
    let language = report.language;
    let code = item.rule.map(|rule| format!("<code>{}</code> ", rule.code)).unwrap_or_default();
    let mut html = format!(
        "<article>\n<p><b class=\"word {}\">{}</b> {code}{}</p>\n",
        class(item.counts_as()),
        word(item),
        plain_prose(item.text.get(language))
    );
    let details: Vec<String> =
        item.details.iter().map(|detail| detail.get(language).to_owned()).chain(allowed(item, language)).collect();
    html.push_str(&items("ul", &details.iter().map(String::as_str).collect::<Vec<_>>()));
    html.push_str(&items("ol", &item.steps.iter().map(|step| step.get(language)).collect::<Vec<_>>()));
    if let Some(at) = clause(item.span, report.sources) {
        // Writing to a String cannot fail.
        let _ = writeln!(
            html,
            "<figure><figcaption><code>{}:{}:{}</code></figcaption><pre>{}</pre></figure>",
            escaped(at.file),
            at.line,
            at.column,
            escaped(at.text.trim())
        );
    }
    html.push_str("</article>\n");
    html
}

/// A list under a title, if there is anything in it.
fn list(title: &str, element: &str, texts: &[&str]) -> String {
    if texts.is_empty() {
        return String::new();
    }
    format!("<section>\n<h2>{title}</h2>\n{}</section>\n", items(element, texts))
}

/// A list, if there is anything in it.
fn items(element: &str, texts: &[&str]) -> String {
    if texts.is_empty() {
        return String::new();
    }
    let items: Vec<String> = texts.iter().map(|text| format!("<li>{}</li>\n", plain_prose(text))).collect();
    format!("<{element}>\n{}</{element}>\n", items.concat())
}

/// The text hunks, folded.
fn hunks(hunks: &[Hunk], language: Language) -> String {
    if hunks.is_empty() {
        return String::new();
    }
    let (title, count) = (language.pick(HUNKS), hunks.len());
    let all: String = hunks.iter().map(hunk).collect();
    format!("<details>\n<summary><h2>{title}</h2> <small>{count}</small></summary>\n{all}</details>\n")
}

fn hunk(hunk: &Hunk) -> String {
    let lines: Vec<String> = hunk.diff.lines().map(line).collect();
    format!(
        "<figure class=\"hunk\"><figcaption><code>{}</code></figcaption><pre>{}</pre></figure>\n",
        escaped(&hunk.path),
        lines.join("\n")
    )
}

/// A line, in the colour of what is added or removed.
fn line(line: &str) -> String {
    let text = escaped(line);
    match line.chars().next() {
        Some('+') => format!("<span class=\"added\">{text}</span>"),
        Some('-') => format!("<span class=\"removed\">{text}</span>"),
        _ => text,
    }
}
