//! `# drc: allow(W0305) reason="…"`: silences a warning on its line or, where it has a line of its own,
//! on the line below, and in the whole item if that line begins one. Errors cannot be silenced, and an
//! allowance that silences nothing is itself a finding.
//!
//! What a change would lose is allowed in the same way; whether it is needed only a comparison knows.

pub mod loss;

use std::collections::BTreeMap;

use crate::diagnostic::{Cure, Diagnostic, Diagnostics};
use crate::rule::Severity;
use crate::rules::{self, RULES};
use crate::source::{FileId, Sources, Span};
use crate::suggest::nearest;
use crate::syntax::comment::{asks, comment_at, directive};
use crate::syntax::rules::{E0014, W0015};
use crate::syntax::{layout, lookalike, span};

/// A warning that may stay, in a range of a file.
#[derive(Debug)]
struct Allowance {
    comment: Span,
    code: &'static str,
    covers: Span,
    reason: String,
    /// Which of those up to this one that cover something of the same file and code reaches furthest, by its position.
    furthest: usize,
}

/// A warning that the spec allows.
#[derive(Clone, Debug)]
pub struct Allowed {
    /// The warning.
    pub finding: Diagnostic,
    /// Why it is right there, in the writer's words.
    pub reason: String,
}

/// Where the findings of each file and code begin, in order.
type Starts = BTreeMap<(FileId, &'static str), Vec<u32>>;

/// Takes allowed warnings out of `sink`, and reports allowances that are wrong or useless.
pub(crate) fn apply(sources: &Sources, files: &[FileId], sink: &mut Diagnostics) -> Vec<Allowed> {
    let mut allowances = Vec::new();
    for file in files {
        // Most files have none.
        let text = sources.text(*file);
        let mut comments =
            text.lines().filter(|line| line.contains('#')).filter_map(|line| line.get(comment_at(line)..));
        if comments.any(asks) {
            allowances.extend(read(sources, *file, sink));
        }
    }
    // What a change loses, only a comparison knows.
    allowances.retain(|allowance| !is_loss(allowance.code));
    if allowances.is_empty() {
        return Vec::new();
    }
    order(&mut allowances);
    let found = starts(sink);
    let reason = |finding: &Diagnostic| Some(silencer(finding, &allowances)?.reason.clone());
    let silenced = sink.extract(|finding| silencer(finding, &allowances).is_some());
    let allowed =
        silenced.into_iter().filter_map(|finding| Some(Allowed { reason: reason(&finding)?, finding })).collect();
    if !sink.has_errors() {
        allowances.retain(|allowance| !allowance.covers_any(&found));
        report_unused(&allowances, sources, sink);
    }
    allowed
}

fn is_loss(code: &str) -> bool {
    rules::find(code).is_some_and(|rule| rule.severity == Severity::Loss)
}

fn starts(sink: &Diagnostics) -> Starts {
    let mut all = Starts::new();
    for finding in sink.iter() {
        all.entry((finding.span.file, finding.rule.code)).or_default().push(finding.span.start);
    }
    for starts in all.values_mut() {
        starts.sort_unstable();
    }
    all
}

/// The first from a place on.
fn first_from(starts: &[u32], place: u32) -> Option<&u32> {
    starts.get(starts.partition_point(|start| *start < place))
}

/// Reports allowances that silence nothing, and where they would silence something.
fn report_unused(unused: &[Allowance], sources: &Sources, sink: &mut Diagnostics) {
    let left = starts(sink);
    for allowance in unused {
        let (code, comment) = (allowance.code, allowance.comment);
        let starts = left.get(&(comment.file, code)).map_or(&[][..], Vec::as_slice);
        let below = first_from(starts, comment.start);
        let place = below.or(starts.last()).zip(sources.file(comment.file));
        let help = place.map_or_else(
            || "remove it".to_owned(),
            |(start, file)| {
                let line = file.line_index(usize::try_from(*start).unwrap_or(usize::MAX)) + 1;
                format!("move it to a line of its own above line {line}, where {code} is")
            },
        );
        let finding = W0015.at(comment, format!("this allowance of {code} silences nothing")).help(help);
        sink.push(finding.cures([without(sources.snippet(comment), code)]));
    }
}

/// What takes a code out of a comment that allows it.
fn without(comment: &str, code: &str) -> Cure {
    let listed = comment.split_once('(').and_then(|(before, rest)| Some((before, rest.split_once(')')?)));
    let Some((before, (codes, behind))) = listed else { return Cure::Remove };
    let left: Vec<&str> = codes.split(',').map(str::trim).filter(|other| *other != code).collect();
    if left.is_empty() { Cure::Remove } else { Cure::Write(format!("{before}({}){behind}", left.join(", "))) }
}

/// Orders by code, file and place, so that those that cover a place are found without a look at all.
fn order(allowances: &mut [Allowance]) {
    allowances.sort_by_key(|allowance| (allowance.code, allowance.covers));
    let mut before: Option<(&'static str, FileId, u32, usize)> = None;
    for (index, allowance) in allowances.iter_mut().enumerate() {
        let (code, file, end) = (allowance.code, allowance.covers.file, allowance.covers.end);
        let own = (code, file, end, index);
        let furthest =
            before.filter(|(other, at, reach, _)| (*other, *at) == (code, file) && *reach > end).unwrap_or(own);
        allowance.furthest = furthest.3;
        before = Some(furthest);
    }
}

/// The allowance that covers a finding: of those that begin before it, the one that reaches furthest.
fn silencer<'a>(finding: &Diagnostic, allowances: &'a [Allowance]) -> Option<&'a Allowance> {
    let (code, file, start) = (finding.rule.code, finding.span.file, finding.span.start);
    let begun =
        allowances.partition_point(|other| (other.code, other.covers.file, other.covers.start) <= (code, file, start));
    let last = allowances.get(begun.checked_sub(1)?)?;
    let furthest = allowances.get(last.furthest)?;
    (last.code == code && last.covers.file == file && furthest.covers.end >= start).then_some(furthest)
}

/// The allowances of a file; a comment that looks like one and is none is reported.
fn read(sources: &Sources, file: FileId, sink: &mut Diagnostics) -> Vec<Allowance> {
    let text = sources.text(file);
    let items = layout::cut(text).items;
    let mut allowances: Vec<Allowance> = Vec::new();
    // From here on they wait for the line that they are about.
    let mut waiting = 0;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        let (words, comment) = line.split_at_checked(comment_at(line)).unwrap_or((line, ""));
        let at = span(file, start + words.len(), start + words.len() + comment.trim_end().len());
        match directive(comment).map(|directive| parse(directive, at)) {
            Some(Ok((codes, reason))) => {
                allowances.extend(codes.into_iter().map(|code| Allowance::of_nothing(code, reason.clone(), at)));
            }
            Some(Err(finding)) => sink.push(*finding),
            None => {}
        }
        if words.trim().is_empty() {
            continue;
        }
        let item = items.binary_search_by_key(&start, |item| item.start).ok().and_then(|index| items.get(index));
        let covers = item.map_or(start..start + words.trim_end().len(), Clone::clone);
        let follows_item = item.is_some() && items.first().is_some_and(|first| first.start < start);
        let waited = allowances.get_mut(waiting..).unwrap_or_default();
        // What is gone from the spec stands at the beginning of the file.
        let begin = if items.first().is_some_and(|first| first.start == start) { 0 } else { covers.start };
        for allowance in waited.iter_mut().filter(|allowance| !follows_item || !allowance.is_indented(text, start)) {
            allowance.covers = span(file, begin, covers.end);
        }
        waiting = allowances.len();
    }
    allowances
}

impl Allowance {
    /// One that is about no line yet.
    fn of_nothing(code: &'static str, reason: String, comment: Span) -> Self {
        let covers = Span::new(comment.file, comment.end, comment.end);
        Self { comment, code, covers, reason, furthest: 0 }
    }

    /// Whether any finding of its code begins where it covers.
    fn covers_any(&self, found: &Starts) -> bool {
        let starts = found.get(&(self.covers.file, self.code)).map_or(&[][..], Vec::as_slice);
        first_from(starts, self.covers.start).is_some_and(|start| *start <= self.covers.end)
    }

    /// Whether it stands above the line at `line`, and indented: it then belongs to the item above it.
    fn is_indented(&self, text: &str, line: usize) -> bool {
        let start = self.comment.range().start;
        start < line && !text.get(..start).is_none_or(|before| before.is_empty() || before.ends_with('\n'))
    }
}

/// The codes that a directive allows, and why.
fn parse(directive: &str, at: Span) -> Result<(Vec<&'static str>, String), Box<Diagnostic>> {
    // What stands in quotes is the writer's own text.
    let (before, reason) = directive.split_at(directive.find('"').unwrap_or(directive.len()));
    let typed: String = before.chars().map(|c| lookalike::plain(c).unwrap_or(c)).chain(reason.chars()).collect();
    match parse_typed(directive, at) {
        Err(_) if typed != directive && parse_typed(&typed, at).is_ok() => Err(Box::new(
            E0014
                .at(at, "this allowance has characters that only look like those of the language")
                .help(format!("type them in ASCII: `# drc: {typed}`")),
        )),
        read => read,
    }
}

fn parse_typed(directive: &str, at: Span) -> Result<(Vec<&'static str>, String), Box<Diagnostic>> {
    let shape = || {
        Box::new(
            E0014
                .at(at, "this allowance cannot be read")
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
    let Some(reason) = reason.map(str::trim).filter(|reason| !reason.is_empty()) else {
        return Err(Box::new(
            E0014.at(at, "this allowance gives no reason").help("say why it is right here: `reason=\"…\"`"),
        ));
    };
    let codes = codes.split(',').map(|code| known(code.trim(), at)).collect::<Result<_, _>>()?;
    Ok((codes, reason.to_owned()))
}

fn known(code: &str, at: Span) -> Result<&'static str, Box<Diagnostic>> {
    let rule = rules::find(code);
    match rule {
        Some(rule) if rule.severity != Severity::Error => Ok(rule.code),
        Some(rule) => Err(Box::new(E0014.at(at, format!("{} is an error and cannot be allowed", rule.code)))),
        None => {
            let warnings = || RULES.iter().filter(|rule| rule.severity != Severity::Error);
            let meant = rules::named(code).map(|rule| rule.code);
            let meant = meant.or_else(|| nearest(code, warnings().map(|rule| rule.code)));
            let finding = E0014.at(at, format!("there is no rule `{code}`")).suggest(meant);
            Err(Box::new(finding.help("a finding shows its code in brackets, as in `warning[W0401]`")))
        }
    }
}
