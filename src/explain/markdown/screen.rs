//! The screen at the head of the document: an alert with the verdict, the way of the recovery points as a list, and tables.

use std::io::{self, Write};

use crate::explain::screen::sheet::{Arrow, Block, Cell, Safety, Sheet, Stroke};
use crate::text::github::{code, escaped};

/// Writes the screen.
///
/// Source for the alerts: <https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#alerts>.
pub(super) fn write(sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    let alert = match sheet.safety {
        Safety::Safe => "TIP",
        Safety::SafeIf => "WARNING",
        Safety::Unsafe => "CAUTION",
    };
    writeln!(out, "# {}\n\n{}\n", escaped(&sheet.title), code(&sheet.place))?;
    writeln!(out, "> [!{alert}]\n> **{}**", escaped(&sheet.verdict))?;
    if !sheet.map.is_empty() {
        writeln!(out)?;
    }
    for arrow in &sheet.map {
        self::arrow(arrow, out)?;
    }
    let mut labelled = false;
    for block in &sheet.blocks {
        if block.label.is_empty() {
            overview(block, out)?;
            continue;
        }
        if !labelled {
            write!(out, "\n| | |\n| --- | --- |\n")?;
            labelled = true;
        }
        let rows: Vec<String> = block.rows.iter().map(|row| cells(row).join(" · ")).collect();
        writeln!(out, "| {} | {} |", in_table(&escaped(block.label)), rows.join("<br>"))?;
    }
    writeln!(out)
}

/// A thing on the way of the recovery points; copies lie below the vault that they are made from.
fn arrow(arrow: &Arrow, out: &mut dyn Write) -> io::Result<()> {
    let (indent, mark) = match arrow.stroke {
        Stroke::Start => ("", ""),
        Stroke::When | Stroke::Backup => ("", "↓ "),
        Stroke::Copy(_) => ("  ", "→ "),
    };
    let about = if arrow.about.is_empty() { String::new() } else { format!(" — {}", escaped(&arrow.about)) };
    writeln!(out, "{indent}- {mark}{}{about}", escaped(&arrow.name))
}

/// What stands without a label: a line for each statement, below a line of heads.
fn overview(block: &Block, out: &mut dyn Write) -> io::Result<()> {
    let Some((heads, rows)) = block.rows.split_first() else { return Ok(()) };
    write!(out, "\n| {} |\n|{}\n", cells(heads).join(" | "), " --- |".repeat(heads.len()))?;
    for row in rows {
        let mut cells = cells(row);
        cells.resize(heads.len(), String::new());
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    Ok(())
}

fn cells(row: &[Cell]) -> Vec<String> {
    let cell = |cell: &Cell| match cell {
        Cell::Words(text) => in_table(&escaped(text)),
        Cell::Code(text) => in_table(&code(text)),
    };
    row.iter().map(cell).collect()
}

/// A text in a table, where a bar ends a cell even in code.
///
/// Source: <https://github.github.com/gfm/#example-200>.
fn in_table(text: &str) -> String {
    text.replace("\\|", "|").replace('|', "\\|")
}
