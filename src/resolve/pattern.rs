//! Patterns of the names that a restore may give.

use super::name::AROUND;
use super::rules::E0111;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::kind::Kind;
use crate::source::{Span, Spanned};
use crate::spec::{Chosen, Group, Level};
use crate::syntax::ast::Word;

/// A pattern that names of some of the kinds can match; `<name>` stands for the resource's own.
pub(super) fn restored(word: Word, kinds: &[&'static Kind], sink: &mut Diagnostics) -> Option<Spanned<String>> {
    if kinds.iter().any(|kind| is_pattern(kind, &word.node)) {
        return Some(word);
    }
    let kind = kinds.first()?;
    sink.push(refused(kind, &word.node, word.span));
    None
}

/// Reports a pattern that no name of a group's kind matches, or that a name of the group makes too long.
pub(super) fn check(pattern: &Chosen<String>, group: &Group, sink: &mut Diagnostics) {
    let (kind, text) = (group.kind, &pattern.value);
    if !is_pattern(kind, text) {
        sink.push(refused(kind, text, pattern.span));
        return;
    }
    let (longest, one) = (kind.name.rule().longest, kind.words.one.en);
    for name in &group.names {
        let length = shortest_match(&text.replace("<name>", &name.node));
        if length > longest {
            // Nobody wrote the language's own.
            let at = if pattern.level == Level::Language { name.span } else { pattern.span };
            let message = format!("`{text}` is {length} characters long for the {one} `{}`", name.node);
            let advice =
                format!("a {one}'s name has at most {longest} characters: write a shorter pattern in its statement");
            sink.push(E0111.at(at, message).help(advice));
        }
    }
}

fn refused(kind: &Kind, text: &str, span: Span) -> Diagnostic {
    let (one, example) = (kind.words.one.en, kind.words.example);
    let end = if kind.abilities.restore_could.is_none() { "*" } else { "-restored-*" };
    let finding = E0111.at(span, format!("`{text}` is no pattern of {one} names"));
    let bare = text.trim_matches(AROUND);
    let lower = bare.to_ascii_lowercase();
    let plain = filled(text);
    let has_characters = |text: &str| kind.name.accepts_characters(&text.replace('-', ""));
    let advice = if let Some(meant) = [bare, &lower].into_iter().find(|meant| is_pattern(kind, meant)) {
        format!("write `{meant}`")
    } else if text.starts_with(['*', '?']) {
        format!(
            "begin it with letters, so that the role cannot act on every {one}: `\"<name>{end}\"` or `\"{example}{end}\"`"
        )
    } else if let (true, Some(service)) = (has_characters(&plain) && !is_whole(kind, text), kind.name.lower_case_of()) {
        format!("no {one} can have such a name: {service} takes no hyphen at the end and no two in a row")
    } else if has_characters(&plain) {
        format!("a {one}'s name has at most {} characters", kind.name.rule().longest)
    } else {
        let characters = kind.name.rule().characters;
        format!("use `*`, `?` and {characters}; `<name>` stands for the {one}'s own name")
    };
    finding.help(advice)
}

/// Whether a text is a pattern of names of a kind, and not of all of them.
fn is_pattern(kind: &Kind, text: &str) -> bool {
    let plain = text.replace("<name>", "n");
    !plain.starts_with(['*', '?']) && is_whole(kind, text) && shortest_match(&plain) <= kind.name.rule().longest
}

/// Whether names of a kind can be as a pattern is, however long they are.
fn is_whole(kind: &Kind, text: &str) -> bool {
    kind.name.accepts_characters(&filled(text))
}

/// A pattern with a letter in each place that is open.
fn filled(text: &str) -> String {
    text.replace("<name>", "n").replace(['*', '?'], "x")
}

/// Characters of the shortest name that a pattern meets.
fn shortest_match(pattern: &str) -> usize {
    pattern.chars().filter(|c| *c != '*').count()
}
