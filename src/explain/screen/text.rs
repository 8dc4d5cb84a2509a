//! The screen for a terminal.

use unicode_width::UnicodeWidthStr as _;

use super::map::{Arrow, Stroke};
use super::sheet::{Block, Cell, Safety, Sheet};
use crate::diagnostic::human::{BOLD, DIM, GREEN, RED, Style, YELLOW};
use crate::explain::text::Lines;
use crate::text::padded;
use crate::text::wrap::wrap;

/// Blanks between columns.
const GAP: usize = 2;

/// The last cell of a row goes below the others where it would have fewer columns than this.
const LEAST: usize = 20;

/// What is told of a thing of the map goes below its name where it would have fewer columns than this.
const BESIDE: usize = 44;

/// Rows are no table where there are fewer columns than these.
const TABLES: usize = 80;

/// The screen as text.
pub fn render(sheet: &Sheet, style: Style) -> String {
    let mut page = Lines::new(style);
    page.head(sheet);
    if !sheet.map.is_empty() {
        page.text.push('\n');
        page.map(&sheet.map);
    }
    let label = sheet.blocks.iter().map(|block| block.label.width()).max().unwrap_or_default() + GAP;
    for block in &sheet.blocks {
        if block.begins {
            page.text.push('\n');
        }
        page.block(block, label);
    }
    page.text
}

impl Lines {
    /// What it is and where it is written, and the verdict.
    fn head(&mut self, sheet: &Sheet) {
        let gap = self.width.saturating_sub(sheet.title.width() + sheet.place.width());
        if gap >= GAP {
            let (title, place) = (self.colour.paint(BOLD, &sheet.title), self.colour.paint(DIM, &sheet.place));
            self.line(&format!("{title}{}{place}", " ".repeat(gap)));
        } else {
            // The commands below name the file as well.
            self.hung("", "", BOLD, &sheet.title);
        }
        let colour = match sheet.safety {
            Safety::Safe => GREEN,
            Safety::SafeIf => YELLOW,
            Safety::Unsafe => RED,
        };
        self.hung("", "", colour, &sheet.verdict);
    }

    fn map(&mut self, arrows: &[Arrow]) {
        let named = |arrow: &&Arrow| !arrow.about.is_empty();
        let head = |arrow: &Arrow| format!("  {}{}", stroke(arrow.stroke), arrow.name);
        let longest = arrows.iter().filter(named).map(|arrow| head(arrow).width()).max().unwrap_or_default() + GAP;
        // Below each other where there is no room beside.
        let is_below = self.width.saturating_sub(longest) < BESIDE;
        for arrow in arrows {
            let goes_on = if arrows.last() == Some(arrow) { " " } else { "│" };
            if is_below || arrow.about.is_empty() {
                let begin = format!("  {}", stroke(arrow.stroke));
                self.hung(&begin, &format!("  {goes_on}   "), "", &arrow.name);
                let below = format!("  {goes_on}   ");
                if !arrow.about.is_empty() {
                    self.hung(&below, &below, "", &arrow.about);
                }
            } else {
                let beside = padded(&head(arrow), longest);
                self.hung(&beside, &padded(&format!("  {goes_on}"), longest), "", &arrow.about);
            }
        }
    }

    fn block(&mut self, block: &Block, label: usize) {
        let label_width = if block.label.is_empty() { 0 } else { label };
        let widths = columns(&block.rows, self.width.saturating_sub(label_width));
        let Some(widths) = widths.filter(|_| self.width >= TABLES) else { return self.flowing(block) };
        let mut before = padded(block.label, label_width);
        if !block.label.is_empty() {
            before = before.replacen(block.label, &self.colour.paint(DIM, block.label), 1);
        }
        for row in &block.rows {
            self.row(row, &widths, &mut before, label_width);
        }
    }

    /// A block where there is no room for columns: below its label, each row as many cells beside each other as fit.
    fn flowing(&mut self, block: &Block) {
        if !block.label.is_empty() {
            self.hung("", "", DIM, block.label);
        }
        let (indent, room) = (" ".repeat(GAP), self.width.saturating_sub(GAP));
        for row in &block.rows {
            let mut line = String::new();
            for cell in row {
                let text = cell.text();
                if !line.is_empty() && line.width() + GAP + text.width() > room {
                    self.line(&format!("{indent}{line}"));
                    line.clear();
                }
                let mut pieces = match cell {
                    Cell::Words(text) => wrap(text, room),
                    Cell::Code(text) => vec![text.as_str()],
                };
                let end = pieces.pop().unwrap_or_default();
                for piece in pieces {
                    self.line(&format!("{indent}{piece}"));
                }
                if !line.is_empty() {
                    line.push_str(&" ".repeat(GAP));
                }
                line.push_str(end);
            }
            self.line(&format!("{indent}{line}"));
        }
    }

    /// A row behind what stands before it; what does not fit goes on below its own cell.
    fn row(&mut self, row: &[Cell], widths: &[usize], before: &mut String, label: usize) {
        let mut rest: Vec<std::vec::IntoIter<String>> = row
            .iter()
            .enumerate()
            .map(|(index, cell)| {
                let is_last = index + 1 == row.len();
                let begins = label + widths.iter().take(index).map(|width| width + GAP).sum::<usize>();
                let own = widths.get(index).copied().unwrap_or(LEAST);
                let room = if is_last { self.width.saturating_sub(begins).max(LEAST) } else { own };
                match cell {
                    Cell::Words(text) => wrap(text, room).into_iter().map(str::to_owned).collect(),
                    // What is to be copied stays on one line.
                    Cell::Code(text) => vec![text.clone()],
                }
                .into_iter()
            })
            .collect();
        loop {
            let pieces: Vec<Option<String>> = rest.iter_mut().map(Iterator::next).collect();
            if pieces.iter().all(Option::is_none) {
                break;
            }
            let mut line = std::mem::replace(before, " ".repeat(label));
            for (index, piece) in pieces.iter().enumerate() {
                let text = piece.as_deref().unwrap_or_default();
                let width = widths.get(index).copied().unwrap_or_default();
                let cell =
                    if index + 1 == pieces.len() { text.to_owned() } else { padded(text, width) + &" ".repeat(GAP) };
                line.push_str(&cell);
            }
            self.line(&line);
        }
    }
}

/// The columns of each cell but the last of its row: as wide as the widest, and where the last would have no room, so narrow
/// that it has some; nothing, where that is not possible.
fn columns(rows: &[Vec<Cell>], width: usize) -> Option<Vec<usize>> {
    let count = rows.iter().map(Vec::len).max().unwrap_or_default();
    let widest = |column: usize, measure: fn(&Cell) -> usize| {
        // The last cell of a row may go on to the right, and sets no width.
        let cells = rows.iter().filter(|row| column + 1 < row.len()).filter_map(|row| row.get(column));
        cells.map(measure).max().unwrap_or_default()
    };
    let mut widths: Vec<(usize, usize)> =
        (0..count).map(|column| (widest(column, |cell| cell.text().width()), widest(column, narrowest))).collect();
    let last = rows.iter().filter_map(|row| row.last()).map(|cell| cell.text().width()).max().unwrap_or_default();
    let room = width.saturating_sub(last.min(LEAST) + GAP * count.saturating_sub(1));
    while widths.iter().map(|(width, _)| width).sum::<usize>() > room {
        let (widest, _) = widths.iter_mut().filter(|(width, least)| width > least).max()?;
        *widest -= 1;
    }
    Some(widths.into_iter().map(|(width, _)| width).collect())
}

/// The fewest columns that a cell takes.
fn narrowest(cell: &Cell) -> usize {
    match cell {
        // No text is set in fewer.
        Cell::Words(text) => text.width().min(LEAST),
        Cell::Code(text) => text.width(),
    }
}

fn stroke(stroke: Stroke) -> &'static str {
    match stroke {
        Stroke::Start => "",
        Stroke::Backup => "▼ ",
        Stroke::When => "│ ",
        Stroke::Copy(false) => "├─▶ ",
        Stroke::Copy(true) => "└─▶ ",
    }
}
