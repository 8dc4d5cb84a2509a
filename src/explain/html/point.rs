//! What a point says, as it stands in its section.

use std::io::{self, Write};

use super::{Page, anchor, breakable, clause, escaped, prose};
use crate::explain::fields::{Label, Marks, Told, closing, heading, listed, opening};
use crate::explain::{Language, Point};

impl Page<'_> {
    /// One thing; what it is made of follows within it.
    pub(super) fn point(&mut self, point: &Point) -> io::Result<()> {
        let (arns, files) = (self.arns, &self.files);
        let marks = Marks {
            text: &|text| prose(text, |text| arns.html(text, escaped)),
            code: &|text| format!("<code>{}</code>", arns.html(text, breakable)),
            clause: &|words| clause(words, files),
            page: &|_, page| format!("<a href=\"{}\">{}</a>", escaped(page), escaped(host(page))),
        };
        let anchor = anchor(point).map(|anchor| format!(" id=\"{anchor}\""));
        writeln!(self.out, "<article{}>", anchor.unwrap_or_default())?;
        said(point, 3, self.language, (&mut self.told, marks), self.out)?;
        self.out.write_all(b"</article>\n")
    }
}

/// What a point says under a heading of a level, and within that its parts.
fn said(
    point: &Point,
    level: u8,
    language: Language,
    (told, marks): (&mut Told, Marks<'_>),
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "<h{level}>{}</h{level}>", heading(point, language, Marks { text: &breakable, ..marks }))?;
    for value in listed(point) {
        writeln!(out, "<p class=\"value\">{}</p>", (marks.code)(value))?;
    }
    lines(opening(point, language, told, marks), language, out)?;
    for part in &point.points {
        out.write_all(b"<div class=\"part\">\n")?;
        said(part, level + 1, language, (told, marks), out)?;
        out.write_all(b"</div>\n")?;
    }
    lines(closing(point, language, told, marks), language, out)
}

/// What a point says itself: what it is and why, and less loudly everything else.
fn lines(lines: Vec<(Label, String)>, language: Language, out: &mut dyn Write) -> io::Result<()> {
    lines.into_iter().try_for_each(|(label, said)| {
        if matches!(label, Label::Fact | Label::Why) {
            writeln!(out, "<p>{said}</p>")
        } else {
            writeln!(out, "<p class=\"labelled\"><b>{}</b> {said}</p>", label.word(language))
        }
    })
}

/// Who publishes a page.
fn host(page: &str) -> &str {
    page.split('/').nth(2).unwrap_or(page)
}
