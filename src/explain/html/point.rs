//! What a point says, as it stands in its section.

use std::fmt::Write as _;

use super::{Page, anchor, breakable, clause, escaped, prose};
use crate::explain::fields::{Label, Marks, Told, closing, heading, listed, opening};
use crate::explain::{Language, Point};

impl Page<'_> {
    /// One thing; what it is made of follows within it.
    pub(super) fn point(&mut self, point: &Point) {
        let (arns, files) = (self.arns, &self.files);
        let marks = Marks {
            text: &|text| prose(text, |text| arns.html(text, escaped)),
            code: &|text| format!("<code>{}</code>", arns.html(text, breakable)),
            clause: &|words| clause(words, files),
            page: &|_, page| format!("<a href=\"{}\">{}</a>", escaped(page), escaped(host(page))),
        };
        let anchor = anchor(point).map(|anchor| format!(" id=\"{anchor}\""));
        let _ = writeln!(self.text, "<article{}>", anchor.unwrap_or_default());
        said(point, 3, self.language, (&mut self.told, marks), &mut self.text);
        self.push("</article>\n");
    }
}

/// What a point says under a heading of a level, and within that its parts.
fn said(point: &Point, level: u8, language: Language, (told, marks): (&mut Told, Marks<'_>), html: &mut String) {
    let _ = writeln!(html, "<h{level}>{}</h{level}>", heading(point, language, marks));
    for value in listed(point) {
        let _ = writeln!(html, "<p class=\"value\">{}</p>", (marks.code)(value));
    }
    lines(opening(point, language, told, marks), language, html);
    for part in &point.points {
        html.push_str("<div class=\"part\">\n");
        said(part, level + 1, language, (told, marks), html);
        html.push_str("</div>\n");
    }
    lines(closing(point, language, told, marks), language, html);
}

/// What a point says itself: what it is and why, and less loudly everything else.
fn lines(lines: Vec<(Label, String)>, language: Language, html: &mut String) {
    for (label, said) in lines {
        let _ = match label {
            Label::Fact | Label::Why => writeln!(html, "<p>{said}</p>"),
            other => writeln!(html, "<p class=\"labelled\"><b>{}</b> {said}</p>", other.word(language)),
        };
    }
}

/// Who publishes a page.
fn host(page: &str) -> &str {
    page.split('/').nth(2).unwrap_or(page)
}
