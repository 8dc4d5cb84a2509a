//! The screen at the head of the page: what it is, whether it is safe, the map, and what else is told.

use std::fmt::Write as _;

use super::arn::Arns;
use super::{breakable, escaped, prose};
use crate::explain::screen::sheet::{Block, Cell, Safety, Sheet};

/// The screen as HTML, around a map.
pub(super) fn draw(sheet: &Sheet, map: &str, arns: Arns<'_>) -> String {
    let safety = match sheet.safety {
        Safety::Safe => "safe",
        Safety::SafeIf => "safe-if",
        Safety::Unsafe => "unsafe",
    };
    let mut html = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(
        html,
        "<header><h1>{}</h1>\n<p class=\"place\"><code>{}</code></p>\n<p class=\"verdict {safety}\">{}</p></header>\n{map}",
        escaped(&sheet.title),
        escaped(&sheet.place),
        prose(&sheet.verdict, escaped)
    );
    let (tables, labelled): (Vec<&Block>, Vec<&Block>) = sheet.blocks.iter().partition(|block| block.label.is_empty());
    for table in tables {
        overview(table, arns, &mut html);
    }
    html.push_str("<dl class=\"screen\">\n");
    for block in labelled {
        self::block(block, arns, &mut html);
    }
    html.push_str("</dl>\n");
    html
}

/// What stands without a label: a line for each statement, below a line of heads.
fn overview(block: &Block, arns: Arns<'_>, html: &mut String) {
    let Some((heads, rows)) = block.rows.split_first() else { return };
    html.push_str("<table class=\"overview\">\n<thead><tr>");
    for head in heads {
        let _ = write!(html, "<th scope=\"col\">{}</th>", cell(head, arns));
    }
    html.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        html.push_str("<tr>");
        for (index, told) in row.iter().enumerate() {
            let head = heads.get(index).map_or("", Cell::text);
            let _ = write!(
                html,
                "<td data-head=\"{}\"{}>{}</td>",
                escaped(head),
                across(row, index, heads.len()),
                cell(told, arns)
            );
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody>\n</table>\n");
}

fn block(block: &Block, arns: Arns<'_>, html: &mut String) {
    let class = if block.begins { " class=\"begins\"" } else { "" };
    let _ = write!(html, "<div{class}><dt>{}</dt><dd><table>", prose(block.label, escaped));
    let columns = block.rows.iter().map(Vec::len).max().unwrap_or_default();
    for row in &block.rows {
        html.push_str("<tr>");
        for (index, told) in row.iter().enumerate() {
            let _ = write!(html, "<td{}>{}</td>", across(row, index, columns), cell(told, arns));
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</table></dd></div>\n");
}

/// The last cell of a row goes on to the last column.
fn across(row: &[Cell], index: usize, columns: usize) -> String {
    let left = columns.saturating_sub(index);
    if index + 1 == row.len() && left > 1 { format!(" colspan=\"{left}\"") } else { String::new() }
}

fn cell(cell: &Cell, arns: Arns<'_>) -> String {
    match cell {
        Cell::Words(text) => prose(text, |text| arns.html(text, breakable)),
        Cell::Code(text) => format!("<code>{}</code>", escaped(text)),
    }
}
