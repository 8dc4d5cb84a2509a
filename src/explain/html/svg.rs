//! The few shapes that the drawings are made of.

use std::fmt::Write as _;

use super::escaped;

/// A drawing that grows as shapes are added to it.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    shapes: String,
}

/// A point of a drawing, in its own units.
pub(super) type At = (i64, i64);

impl Drawing {
    /// A stretch of time.
    pub(super) fn bar(&mut self, class: &str, (x, y): At, (width, height): At) {
        let _ = writeln!(
            self.shapes,
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"
        );
    }

    /// A rectangle with round corners.
    pub(super) fn rect(&mut self, class: &str, (x, y): At, (width, height): At) {
        let _ = writeln!(
            self.shapes,
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"3\"/>"
        );
    }

    /// A rectangle that says something when it is pointed at.
    pub(super) fn titled_rect(&mut self, class: &str, (x, y): At, (width, height): At, title: &str) {
        let _ = writeln!(
            self.shapes,
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"3\"><title>{}</title></rect>",
            escaped(title)
        );
    }

    /// A straight line.
    pub(super) fn line(&mut self, class: &str, (x1, y1): At, (x2, y2): At) {
        let _ = writeln!(self.shapes, "<line class=\"{class}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>");
    }

    /// A text that begins at a point.
    pub(super) fn text(&mut self, class: &str, (x, y): At, text: &str) {
        let _ = writeln!(self.shapes, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>", escaped(text));
    }

    /// A text around a point.
    pub(super) fn centred(&mut self, class: &str, (x, y): At, text: &str) {
        let _ = writeln!(
            self.shapes,
            "<text class=\"{class}\" text-anchor=\"middle\" x=\"{x}\" y=\"{y}\">{}</text>",
            escaped(text)
        );
    }

    /// A text that ends at a point.
    pub(super) fn ending(&mut self, class: &str, (x, y): At, text: &str) {
        let _ = writeln!(
            self.shapes,
            "<text class=\"{class}\" text-anchor=\"end\" x=\"{x}\" y=\"{y}\">{}</text>",
            escaped(text)
        );
    }

    /// A path.
    pub(super) fn path(&mut self, class: &str, path: &str) {
        let _ = writeln!(self.shapes, "<path class=\"{class}\" d=\"{path}\"/>");
    }

    /// A curved arrow between two points.
    pub(super) fn arrow(&mut self, class: &str, (x1, y1): At, (x2, y2): At) {
        // Between boxes of one column the arrow leaves and arrives on the same side.
        let bend = if x1 == x2 { 46 } else { (x2 - x1) / 2 };
        let (out, back) = if x1 == x2 { (x1 + bend, x2 + bend) } else { (x1 + bend, x2 - bend) };
        self.path(class, &format!("M{x1} {y1} C{out} {y1} {back} {y2} {x2} {y2}"));
        let towards = if x1 < x2 { -1 } else { 1 };
        let tip = x2 + 8 * towards;
        self.path("head", &format!("M{x2} {y2} L{tip} {} L{tip} {} Z", y2 - 4, y2 + 4));
    }

    /// The drawing in a figure with a caption; it scrolls where the page is narrower than it can be.
    pub(super) fn figure(self, (width, height): At, caption: &str, legend: &[(&str, &str)]) -> String {
        let mut keys = String::new();
        for (class, words) in legend {
            let _ = write!(keys, "<span class=\"key\"><i class=\"{class}\"></i>{}</span> ", escaped(words));
        }
        format!(
            "<figure class=\"drawing\"><figcaption>{}</figcaption>\n<div class=\"scroll\" tabindex=\"0\">\
             <svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{}\">\n{}</svg></div>\n<p class=\"legend\">{keys}</p></figure>\n",
            escaped(caption),
            escaped(caption),
            self.shapes
        )
    }
}

/// A text cut to a number of characters: what it begins with and, since alike names differ there,
/// what it ends with.
pub(super) fn cut(text: &str, characters: usize) -> String {
    let count = text.chars().count();
    if count <= characters {
        return text.to_owned();
    }
    let end = characters / 3;
    let begin: String = text.chars().take(characters.saturating_sub(end + 1)).collect();
    let end: String = text.chars().skip(count.saturating_sub(end)).collect();
    format!("{begin}…{end}")
}
