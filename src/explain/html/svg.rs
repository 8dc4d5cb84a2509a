//! The few shapes that the drawings are made of.

use std::fmt::Write as _;

use jiff::Timestamp;
use unicode_width::UnicodeWidthStr as _;

use super::escaped;
use super::scale::Scale;

/// What a drawing is laid out for. Every figure holds both, and the page shows the one that its reader has room for:
/// what is drawn for a desk and shrunk to a telephone cannot be read there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// A desk or a sheet of paper.
    Wide,
    /// A telephone.
    Narrow,
}

impl Layout {
    const ALL: [Self; 2] = [Self::Wide, Self::Narrow];

    /// How wide a drawing is, in pixels of a page that has just the room for it.
    pub(super) const fn width(self) -> i64 {
        match self {
            Self::Wide => 860,
            Self::Narrow => 352,
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Narrow => "narrow",
        }
    }
}

/// How wide a text is at the most, in pixels: letters of the widest of the usual fonts, in twelve pixels' size.
pub(super) fn width(text: &str) -> i64 {
    i64::try_from(text.width()).unwrap_or_default() * 66 / 10
}

/// A drawing that grows as shapes are added to it.
#[derive(Debug)]
pub(super) struct Drawing {
    width: i64,
    shapes: String,
}

/// A point of a drawing, in its own units.
pub(super) type At = (i64, i64);

impl Drawing {
    /// Nothing yet, as wide as a layout is.
    pub(super) fn new(layout: Layout) -> Self {
        Self { width: layout.width(), shapes: String::new() }
    }

    /// A rectangle.
    pub(super) fn rect(&mut self, class: &str, (x, y): At, (width, height): At) {
        let _ = writeln!(
            self.shapes,
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"
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

    /// Lines of text, the first of which begins at a point.
    pub(super) fn lines(&mut self, class: &str, (x, y): At, lines: &[String]) {
        let mut y = y;
        for line in lines {
            self.text(class, (x, y), line);
            y += LINE;
        }
    }

    /// A text that begins at a point and goes on below where the drawing ends; gives the height of its last line.
    pub(super) fn wrapped(&mut self, class: &str, (x, y): At, text: &str) -> i64 {
        let lines = wrapped(text, self.width - x - 4);
        self.lines(class, (x, y), &lines);
        y + LINE * i64::try_from(lines.len().saturating_sub(1)).unwrap_or_default()
    }

    /// A text around a point, or beside it where it would not fit into the drawing.
    pub(super) fn centred(&mut self, class: &str, (x, y): At, text: &str) {
        let half = width(text) / 2;
        let x = x.min(self.width - half).max(half);
        let _ = writeln!(
            self.shapes,
            "<text class=\"{class}\" text-anchor=\"middle\" x=\"{x}\" y=\"{y}\">{}</text>",
            escaped(text)
        );
    }

    /// A line at each of the instants of an axis, and what these are called, as many as there is room for side by side.
    pub(super) fn ticks(
        &mut self,
        scale: &Scale,
        (class, from, to): (&str, i64, i64),
        y: i64,
        marks: &[(Timestamp, String)],
    ) {
        for (at, _) in marks {
            let x = scale.x(*at);
            self.line(class, (x, from), (x, to));
        }
        let mut free = i64::MIN;
        for (at, words) in marks {
            let (x, half) = (scale.x(*at), width(words) / 2);
            if x - half >= free {
                self.centred("tick", (x, y), words);
                free = x + half + 6;
            }
        }
    }

    /// Puts another drawing on top of it.
    pub(super) fn above(&mut self, other: &Self) {
        self.shapes.push_str(&other.shapes);
    }

    /// A path.
    pub(super) fn path(&mut self, class: &str, path: &str) {
        let _ = writeln!(self.shapes, "<path class=\"{class}\" d=\"{path}\"/>");
    }

    /// A curved arrow between two points.
    pub(super) fn arrow(&mut self, class: &str, (x1, y1): At, (x2, y2): At) {
        // Between boxes of one column the arrow leaves and arrives on the same side, the farther the wider.
        let bend = if x1 == x2 { 24 + ((y2 - y1).abs() / 12).min(24) } else { (x2 - x1) / 2 };
        let (out, back) = if x1 == x2 { (x1 + bend, x2 + bend) } else { (x1 + bend, x2 - bend) };
        self.path(class, &format!("M{x1} {y1} C{out} {y1} {back} {y2} {x2} {y2}"));
        self.head((x2, y2), if x1 < x2 { -1 } else { 1 });
    }

    /// An arrow between the left sides of two boxes, by a column beside both.
    pub(super) fn bracket(&mut self, class: &str, (x1, y1): At, (x2, y2): At, beside: i64) {
        self.path(class, &format!("M{x1} {y1}H{beside}V{y2}H{x2}"));
        self.head((x2, y2), -1);
    }

    /// The head of an arrow that comes from the left (-1) or from the right.
    fn head(&mut self, (x, y): At, from: i64) {
        let back = x + 8 * from;
        self.path("head", &format!("M{x} {y} L{back} {} L{back} {} Z", y - 4, y + 4));
    }
}

/// How far lines of a text are apart.
pub(super) const LINE: i64 = 14;

/// A figure with a caption, drawn for each layout: `draw` gives the drawing and its height.
pub(super) fn figure(caption: &str, legend: &[(&str, &str)], draw: impl Fn(Layout) -> (Drawing, i64)) -> String {
    let caption = escaped(caption);
    let mut figure = format!("<figure class=\"drawing\"><figcaption>{caption}</figcaption>\n");
    for layout in Layout::ALL {
        let (drawing, height) = draw(layout);
        let _ = writeln!(
            figure,
            "<svg class=\"{}\" viewBox=\"0 0 {} {height}\" role=\"img\" aria-label=\"{caption}\">\n{}</svg>",
            layout.class(),
            drawing.width,
            drawing.shapes
        );
    }
    figure.push_str("<p class=\"legend\">");
    for (class, words) in legend {
        let _ = write!(figure, "<span class=\"key\"><i class=\"{class}\"></i>{}</span> ", escaped(words));
    }
    figure.push_str("</p></figure>\n");
    figure
}

/// A text in lines that fit into so many pixels, broken at a space where one is near, or else behind a mark.
pub(super) fn wrapped(text: &str, pixels: i64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for character in text.chars() {
        line.push(character);
        if width(&line) <= pixels {
            continue;
        }
        let kept = line.len() - character.len_utf8();
        let begun = line.get(..kept).unwrap_or_default();
        // Further left it would leave half a line.
        let near = |mark: Option<(usize, &str)>| mark.map(|(at, mark)| at + mark.len()).filter(|at| at * 2 > kept);
        let space = near(begun.rmatch_indices(' ').next());
        let mark = near(begun.rmatch_indices(['-', '_', '/', '.', '、']).next());
        let rest = line.split_off(space.or(mark).unwrap_or(kept));
        lines.push(std::mem::replace(&mut line, rest).trim_end().to_owned());
    }
    lines.push(line);
    lines
}
