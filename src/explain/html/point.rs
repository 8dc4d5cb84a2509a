//! What a point says, as it stands in its section.

use std::fmt::Write as _;

use super::{Page, anchor, breakable, escaped, prose};
use crate::explain::fields::{Telling, as_for, listed, quoted};
use crate::explain::{Cause, Point};

/// How many places of a point are named before they are only counted.
const NAMED: usize = 4;

impl Page<'_> {
    /// One thing; what it is made of follows within it.
    pub(super) fn point(&mut self, point: &Point) {
        let anchor = anchor(point).map(|anchor| format!(" id=\"{anchor}\""));
        let _ = writeln!(self.text, "<article{}>", anchor.unwrap_or_default());
        self.said(point, "h3");
        for part in &point.points {
            self.push("<div class=\"part\">\n");
            self.said(part, "h4");
            self.push("</div>\n");
        }
        self.push("</article>\n");
    }

    /// What a point says itself, under a heading. A value that stands alone is part of the heading.
    fn said(&mut self, point: &Point, heading: &str) {
        let _ = write!(self.text, "<{heading}>{}", breakable(&point.subject));
        if let [value] = point.values.as_slice() {
            let _ = write!(self.text, " <code>{}</code>", self.arns.html(value));
        }
        if let Some(of) = point.of.as_ref().filter(|of| **of != point.subject) {
            let _ = write!(self.text, " <small>{}</small>", escaped(of));
        }
        let _ = writeln!(self.text, "</{heading}>");
        for value in listed(point) {
            let _ = writeln!(self.text, "<p class=\"value\"><code>{}</code></p>", self.arns.html(value));
        }
        for cause in &point.causes {
            self.cause(cause);
        }
        for fact in &point.facts {
            let _ = writeln!(self.text, "<p>{}</p>", prose(fact, |text| self.arns.html(text)));
        }
        self.evidence(point);
        self.margin(point);
    }

    /// A reason in full when it is told first, and afterwards who told it.
    fn cause(&mut self, cause: &Cause) {
        let language = self.language;
        match self.told.reason(cause.reason) {
            Telling::InFull => {}
            Telling::Silent => return,
            Telling::As(other) => {
                let _ = writeln!(self.text, "<p>{}</p>", escaped(&as_for(&other, language)));
                return;
            }
        }
        let without = language.say("Without it:", "これがない場合:");
        let page = language.say("AWS page", "AWS のドキュメント");
        let _ = writeln!(
            self.text,
            "<p>{}</p>\n<p class=\"without\"><b>{without}</b> {} <a href=\"{}\">{page}</a></p>",
            prose(cause.why, escaped),
            prose(cause.without, escaped),
            escaped(cause.source)
        );
        let seen = language.say("where the error was seen", "エラーの引用元");
        for page in quoted(cause.reason) {
            let _ = writeln!(self.text, "<p class=\"known\"><a href=\"{}\">{seen}</a></p>", escaped(page));
        }
    }

    /// Where a need is known from, and what is disputed about it.
    fn evidence(&mut self, point: &Point) {
        let language = self.language;
        let known: Vec<String> = point
            .known_from
            .iter()
            .map(|source| {
                let name = escaped(language.pick(source.name()));
                source.page().map_or(name.clone(), |page| format!("<a href=\"{}\">{name}</a>", escaped(page)))
            })
            .collect();
        if !known.is_empty() {
            let label = language.say("Known from:", "根拠:");
            let _ = writeln!(self.text, "<p class=\"known\"><b>{label}</b> {}</p>", language.list(&known));
        }
        for note in &point.notes {
            if self.told.is_new(*note) {
                let _ = writeln!(self.text, "<p class=\"known\">{}</p>", prose(language.pick(*note), escaped));
            }
        }
    }

    /// When, which clause, and where.
    fn margin(&mut self, point: &Point) {
        let mut parts: Vec<String> = point
            .phases
            .iter()
            .map(|phase| format!("<span class=\"phase\">{}</span>", self.language.phase(*phase)))
            .collect();
        parts.extend(point.clauses.iter().take(NAMED).map(|clause| {
            format!("{} <small>{}</small>", self.clause(clause), escaped(self.language.level(clause.level)))
        }));
        let places = point.places.iter().take(NAMED).map(|place| format!("{}:{}", escaped(&place.file), place.line));
        let places: Vec<String> = places.collect();
        if !places.is_empty() {
            parts.push(format!("<span class=\"places\">{}</span>", places.join(" · ")));
        }
        let more = point.places.len().saturating_sub(NAMED);
        if more > 0 {
            parts.push(self.language.say(format!("and {more} more"), format!("ほか {more} 件")));
        }
        if !parts.is_empty() {
            let _ = writeln!(self.text, "<p class=\"margin\">{}</p>", parts.join(" · "));
        }
    }
}
