//! The screen at the head of the page: what it is, whether it is safe, the map, and what else is told.

use std::io::{self, Write};

use super::arn::Arns;
use super::{breakable, escaped, prose, row, table};
use crate::explain::screen::sheet::{Block, Cell, Safety, Sheet};

/// Draws the screen around a map.
pub(super) fn draw(sheet: &Sheet, map: &str, arns: Arns<'_>, out: &mut dyn Write) -> io::Result<()> {
    let safety = match sheet.safety {
        Safety::Safe => "safe",
        Safety::SafeIf => "safe-if",
        Safety::Unsafe => "unsafe",
    };
    writeln!(
        out,
        "<header><h1>{}</h1>\n<p class=\"place\"><code>{}</code></p>\n<p class=\"verdict {safety}\">{}</p></header>\n{map}",
        escaped(&sheet.title),
        escaped(&sheet.place),
        prose(&sheet.verdict, escaped)
    )?;
    let cells = |row: &Vec<Cell>| row.iter().map(|told| cell(told, arns)).collect::<Vec<_>>();
    let (tables, labelled): (Vec<&Block>, Vec<&Block>) = sheet.blocks.iter().partition(|block| block.label.is_empty());
    // What stands without a label is a line for each statement, below a line of heads.
    for (heads, rows) in tables.iter().filter_map(|block| block.rows.split_first()) {
        let heads: Vec<&str> = heads.iter().map(Cell::text).collect();
        table("overview", &heads, rows.iter().map(cells), out)?;
    }
    out.write_all(b"<dl class=\"screen\">\n")?;
    for block in labelled {
        let class = if block.begins { " class=\"begins\"" } else { "" };
        let columns = block.rows.iter().map(Vec::len).max().unwrap_or_default();
        let rows: String = block.rows.iter().map(|told| row(&cells(told), &[], columns) + "\n").collect();
        let label = prose(block.label, escaped);
        writeln!(out, "<div{class}><dt>{label}</dt><dd><table>{rows}</table></dd></div>")?;
    }
    out.write_all(b"</dl>\n")
}

fn cell(cell: &Cell, arns: Arns<'_>) -> String {
    match cell {
        Cell::Words(text) => prose(text, |text| arns.html(text, breakable)),
        Cell::Code(text) => format!("<code>{}</code>", escaped(text)),
    }
}
