//! `# drc: allow(W0305) reason="…"`: silences a warning on the line below, or in the whole item if
//! that line begins one. Errors cannot be silenced, and an allowance that silences nothing is
//! itself a finding.

use super::rules::{E0014, W0015};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::rule::Severity;
use crate::source::{FileId, Sources, Span};

/// A warning that may stay, in a range of a file.
#[derive(Debug)]
struct Allowance {
    comment: Span,
    code: &'static str,
    covers: Span,
    /// Where the last of those that cover something of the same file and code ends, up to this one.
    reach: u32,
    used: bool,
}

/// Takes allowed warnings out of `sink`, and reports allowances that are wrong or useless.
pub fn apply(sources: &Sources, files: &[FileId], sink: &mut Diagnostics) {
    let mut allowances = Vec::new();
    for file in files {
        // Most files have none.
        if sources.text(*file).contains("drc:") {
            allowances.extend(read(sources, *file, sink));
        }
    }
    if allowances.is_empty() {
        return;
    }
    order(&mut allowances);
    sink.retain(|finding| !is_silenced(finding, &mut allowances));
    let stopped = sink.has_errors();
    for allowance in allowances.iter().filter(|allowance| !allowance.used && !stopped) {
        sink.push(
            W0015
                .at(allowance.comment, format!("this allowance of {} silences nothing", allowance.code))
                .help("remove it"),
        );
    }
}

/// Orders by code, file and place, so that those that cover a place are found without a look at all.
fn order(allowances: &mut [Allowance]) {
    allowances.sort_by_key(|allowance| (allowance.code, allowance.covers));
    let mut before: Option<(&'static str, FileId, u32)> = None;
    for allowance in allowances {
        let (code, file) = (allowance.code, allowance.covers.file);
        let reach = before.filter(|(other, at, _)| (*other, *at) == (code, file)).map_or(0, |(_, _, reach)| reach);
        allowance.reach = reach.max(allowance.covers.end);
        before = Some((code, file, allowance.reach));
    }
}

/// Whether an allowance covers a finding; every one that does is used.
fn is_silenced(finding: &Diagnostic, allowances: &mut [Allowance]) -> bool {
    let (code, file, start) = (finding.rule.code, finding.span.file, finding.span.start);
    let begun =
        allowances.partition_point(|other| (other.code, other.covers.file, other.covers.start) <= (code, file, start));
    let begun = allowances.get_mut(..begun).unwrap_or_default().iter_mut().rev();
    let near = begun.take_while(|other| (other.code, other.covers.file) == (code, file) && other.reach >= start);
    let mut silenced = false;
    for allowance in near.filter(|other| other.covers.end >= start) {
        allowance.used = true;
        silenced = true;
    }
    silenced
}

fn read(sources: &Sources, file: FileId, sink: &mut Diagnostics) -> Vec<Allowance> {
    let text = sources.text(file);
    let items = super::layout::cut(text).items;
    let mut allowances = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        let Some(comment) = line.trim().strip_prefix('#').map(str::trim) else { continue };
        let Some(directive) = comment.strip_prefix("drc:") else { continue };
        let indent = line.len() - line.trim_start().len();
        let span = super::span(file, start + indent, start + line.trim_end().len());
        match parse(directive.trim(), span) {
            Ok(codes) => {
                let covers = covered(text, file, offset, &items);
                allowances.extend(codes.into_iter().map(|code| Allowance {
                    comment: span,
                    code,
                    covers,
                    reach: covers.end,
                    used: false,
                }));
            }
            Err(finding) => sink.push(*finding),
        }
    }
    allowances
}

/// The next line that is neither blank nor a comment, or the item that it begins.
fn covered(text: &str, file: FileId, from: usize, items: &[std::ops::Range<usize>]) -> Span {
    let mut offset = from;
    for line in text.get(from..).unwrap_or("").split_inclusive('\n') {
        let content = line.trim();
        if content.is_empty() || content.starts_with('#') {
            offset += line.len();
            continue;
        }
        let item = items.binary_search_by_key(&offset, |item| item.start).ok().and_then(|index| items.get(index));
        if let Some(item) = item {
            return super::span(file, item.start, item.end);
        }
        return super::span(file, offset, offset + line.trim_end().len());
    }
    super::span(file, offset, offset)
}

fn parse(directive: &str, span: Span) -> Result<Vec<&'static str>, Box<Diagnostic>> {
    let shape = || {
        Box::new(
            E0014
                .at(span, "this allowance cannot be read")
                .help("write `# drc: allow(W0401) reason=\"why it is right here\"`"),
        )
    };
    let rest = directive
        .strip_prefix("allow")
        .map(str::trim_start)
        .and_then(|rest| rest.strip_prefix('('))
        .ok_or_else(shape)?;
    let (codes, rest) = rest.split_once(')').ok_or_else(shape)?;
    let reason = rest.trim().strip_prefix("reason").map(str::trim_start).and_then(|rest| rest.strip_prefix('='));
    let reason = reason.map(str::trim).and_then(|text| text.strip_prefix('"')).and_then(|text| text.strip_suffix('"'));
    if reason.is_none_or(|reason| reason.trim().is_empty()) {
        return Err(Box::new(
            E0014.at(span, "this allowance gives no reason").help("say why it is right here: `reason=\"…\"`"),
        ));
    }
    codes.split(',').map(|code| known(code.trim(), span)).collect()
}

fn known(code: &str, span: Span) -> Result<&'static str, Box<Diagnostic>> {
    let rule = crate::rules::find(code);
    match rule {
        Some(rule) if rule.severity == Severity::Warning => Ok(rule.code),
        Some(rule) => Err(Box::new(E0014.at(span, format!("{} is an error and cannot be allowed", rule.code)))),
        None => Err(Box::new(E0014.at(span, format!("there is no rule `{code}`")))),
    }
}
