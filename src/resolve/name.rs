//! Names as AWS accepts them, and what to write instead of one that it refuses.

use super::rules::{E0103, E0106, E0112};
use crate::aws::name::NameKind;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::kind::{self, KINDS, Kind};
use crate::source::Spanned;
use crate::syntax::ast::Word;

/// A name that AWS accepts for its kind.
pub(super) fn name(kind: NameKind, word: &Word, sink: &mut Diagnostics) -> Option<Spanned<String>> {
    let name = Some(word).filter(|word| kind.accepts(&word.node));
    sink.require(name.cloned(), || refused(kind, word))
}

/// The name of a resource that is backed up.
pub(super) fn resource(kind: &Kind, word: &Word, sink: &mut Diagnostics) -> Option<Spanned<String>> {
    let name = Some(word).filter(|word| kind.name.accepts(&word.node));
    sink.require(name.cloned(), || {
        let Spanned { node: text, span } = word;
        let finding = E0103.at(*span, format!("no {} {} can be named `{text}`", kind.service_name, kind.words.one.en));
        with_advice(finding, kind.name, text, instead_of_resource(kind, text))
    })
}

fn refused(kind: NameKind, Spanned { node: text, span }: &Word) -> Diagnostic {
    let finding = if kind == NameKind::System {
        E0112.at(*span, format!("`{text}` cannot begin the name of a stack"))
    } else {
        E0106.at(*span, format!("AWS does not accept `{text}` as the name of a {}", kind.rule().what))
    };
    with_advice(finding, kind, text, None)
}

/// What to write instead, if that is known, else which characters a name has.
fn with_advice(finding: Diagnostic, kind: NameKind, text: &str, instead: Option<String>) -> Diagnostic {
    if let Some(instead) = instead.or_else(|| self::instead(kind, text)) {
        return finding.help(instead);
    }
    let finding = match kind.odd_character(text) {
        Some(odd) => finding.label(format!("`{odd}` cannot stand in it")),
        None => finding,
    };
    let usable = kind.usable(text).map(|name| format!("write `{name}`, or ")).unwrap_or_default();
    finding.help(format!("{usable}{}", characters(kind)))
}

/// Which characters the names of a kind have.
pub(super) fn characters(kind: NameKind) -> String {
    let rule = kind.rule();
    let length = match rule.shortest {
        1 => format!("at most {}", rule.longest),
        shortest => format!("{shortest} to {}", rule.longest),
    };
    format!("use {length} characters: {}", rule.characters)
}

/// Signs that people put around a name, and that are no part of it.
pub(super) const AROUND: &[char] = &['\'', '`', '(', ')', '[', ']', ':', ';', '.', '。'];

/// What to write instead of a text that is something else than a name of a resource.
fn instead_of_resource(kind: &Kind, text: &str) -> Option<String> {
    let (words, bare) = (&kind.words, text.trim_matches(AROUND));
    let host = kind.endpoint.and_then(|after| bare.split_once(after));
    let endpoint = host.filter(|(_, domain)| domain.contains(&format!(".{}.", kind.arns.resource.service)));
    Some(if let Some((other, name)) = kind::of_arn(bare).filter(|(other, _)| *other != kind) {
        let (service, one, word) = (other.service_name, other.words.one.en, other.words.word);
        format!("that is {service}'s: a {one} is written in a group of its own, `{word} {name}`")
    } else if bare.starts_with("arn:") {
        let name = kind::of_arn(bare).map(|(_, name)| name).filter(|name| kind.name.accepts(name));
        let alone = name.map(|name| format!(", `{name}`")).unwrap_or_default();
        format!("write the name of the {} alone{alone}; its region stands behind `from`", words.one.en)
    } else if let Some((name, _)) = endpoint.filter(|(name, _)| kind.name.accepts(name)) {
        format!("that is an endpoint: write the {}'s name, `{name}`", words.one.en)
    } else if text.contains(['*', '?']) {
        format!("patterns of names are not supported yet: name each {}, joined by commas", words.one.en)
    } else {
        return None;
    })
}

/// What to write instead of a text that is something else than a name.
fn instead(kind: NameKind, text: &str) -> Option<String> {
    let what = kind.rule().what;
    let bare = text.trim_matches(AROUND);
    let lower = bare.to_ascii_lowercase();
    let path = text.strip_prefix("role/").unwrap_or(text);
    let of_role = text.rsplit_once('/').filter(|_| kind == NameKind::Role).map(|(_, name)| (path, name));
    let takes_arn = matches!(kind, NameKind::Vault | NameKind::Role | NameKind::KeyAlias);
    Some(if bare.starts_with("arn:") && bare != text && takes_arn {
        format!("write the ARN alone: `{bare}`")
    } else if bare.starts_with("arn:") {
        of_arn(kind, bare)
    } else if let Some(name) = bare.strip_prefix("alias/") {
        format!("an alias cannot stand here: write the name alone, `{name}`")
    } else if text.contains(['*', '?']) {
        format!("patterns cannot stand here: write the whole name of one {what}")
    } else if text.starts_with(['$', '%', '<']) || text.contains('{') {
        format!("drc reads no variables and fills in no names: write the {what}'s own name")
    } else if let Some((path, name)) = of_role.filter(|(_, name)| kind.accepts(name)) {
        format!(
            "a role that drc makes has a name alone, `role {name}`; one that exists is written by its ARN, `role arn:aws:iam::ACCOUNT:role/{}`",
            path.trim_start_matches('/')
        )
    } else if bare != text && kind.accepts(bare) {
        format!("write the name alone: `{bare}`")
    } else if let Some(service) = kind.lower_case_of().filter(|_| kind.accepts(&lower)) {
        format!("{service} stores identifiers in lower case: write `{lower}`")
    } else {
        return None;
    })
}

/// What to write instead of an ARN.
fn of_arn(kind: NameKind, arn: &str) -> String {
    // The ARNs of others than settings end with an id, or are read whole.
    let setting = KINDS.iter().flat_map(|kind| kind.restore).find(|setting| setting.name == kind);
    let name = setting.and_then(|setting| arn.split_once(&format!(":{}", setting.arn.before)));
    let name = name.map(|(_, name)| name).filter(|name| kind.accepts(name));
    let alone = name.map(|name| format!(", `{name}`")).unwrap_or_default();
    format!("write the name of the {} alone{alone}", kind.rule().what)
}
