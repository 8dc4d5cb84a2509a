//! Single words into values: names, retentions, durations, tags, keys, regions, times.

use std::collections::BTreeMap;

use pest::unicode::{LETTER, NUMBER};

use super::name::name;
use super::rules::{E0101, E0104, E0105, E0107, E0108, E0109, E0110, E0115, E0118};
use crate::aws::arn::{self, Arn, ArnProblem, Principal};
use crate::aws::name::{DEFAULT_VAULT, NameKind};
use crate::aws::quota;
use crate::aws::region::{self, Region};
use crate::diagnostic::Diagnostics;
use crate::source::Spanned;
use crate::spec::{KeyName, Retention, Role, Tag, VaultName};
use crate::suggest::nearest;
use crate::syntax::ast::{self, Word};
use crate::syntax::repeated;
use crate::time::length::Minutes;

/// A vault: the ARN of one that exists, or the name of one that the system makes.
pub(super) fn vault(word: &Word, sink: &mut Diagnostics) -> Option<Spanned<VaultName>> {
    if word.node.starts_with("arn:") {
        let shape = "arn:aws:backup:REGION:ACCOUNT:backup-vault:NAME";
        let arn = existing(word, Arn::vault(&word.node), "backup vault", shape, sink);
        return arn.map(|arn| arn.map(VaultName::Existing));
    }
    if word.node == DEFAULT_VAULT {
        sink.push(
            E0115
                .at(word.span, format!("AWS Backup has a vault `{DEFAULT_VAULT}` of its own"))
                .label("every account and region in which its console was opened has it")
                .help("give the vault another name")
                .help("if that vault is meant, write its ARN and its key: `vault arn:… key arn:…`"),
        );
        return None;
    }
    name(NameKind::Vault, word, sink).map(|name| name.map(VaultName::Made))
}

/// A role: the ARN of one that exists, or the name of one that the system makes.
pub(super) fn role(word: &Word, sink: &mut Diagnostics) -> Option<Spanned<Role>> {
    if !word.node.starts_with("arn:") {
        return name(NameKind::Role, word, sink).map(|name| name.map(Role::Made));
    }
    let arn = existing(word, Arn::role(&word.node), "role", "arn:aws:iam::ACCOUNT:role/NAME", sink);
    arn.map(|arn| arn.map(Role::Existing))
}

/// The ARN of something that exists.
fn existing(
    word: &Word,
    arn: Result<Arn, ArnProblem>,
    what: &str,
    shape: &str,
    sink: &mut Diagnostics,
) -> Option<Spanned<Arn>> {
    let help = |problem| match problem {
        ArnProblem::Shape | ArnProblem::Alias => format!("a {what}'s ARN is `{shape}`"),
        ArnProblem::Region if what == "role" => "there is no such partition".to_owned(),
        ArnProblem::Region => "its partition and region do not exist together".to_owned(),
        ArnProblem::Account => "its fifth part must be the 12 digits of an account id".to_owned(),
        ArnProblem::Name => format!("no {what} can have the name at its end"),
    };
    let refused =
        |problem| E0118.at(word.span, format!("`{}` is not the ARN of a {what}", word.node)).help(help(problem));
    arn.map(|arn| Spanned::new(arn, word.span)).map_err(|problem| sink.push(refused(problem))).ok()
}

/// A region.
pub(super) fn region(word: &Word, sink: &mut Diagnostics) -> Option<Spanned<&'static Region>> {
    let found = sink.require(region::find(&word.node), || {
        let near = || nearest(&word.node, region::REGIONS.iter().map(|region| region.code));
        let finding = E0101.at(word.span, format!("there is no region `{}`", word.node));
        match region::named(&word.node).map(|region| region.code).or_else(near) {
            Some(code) => finding.suggest(Some(code)),
            None => finding.help("write the code of a region, such as `ap-northeast-1`"),
        }
    });
    found.map(|region| Spanned::new(region, word.span))
}

/// `7d`, `5w`, `1y`, `forever`.
pub(super) fn retention(word: &Word, sink: &mut Diagnostics) -> Option<Spanned<Retention>> {
    if word.node == "forever" {
        return Some(Spanned::new(Retention::Forever, word.span));
    }
    let longest = quota::LONGEST_RETENTION_DAYS;
    let days = Minutes::parse(&word.node).and_then(|length| u32::try_from(length.0 / Minutes::days(1).0).ok());
    let kept = sink.require(days.filter(|days| (1..=longest).contains(days)), || {
        E0104.at(word.span, format!("AWS Backup cannot keep a recovery point for `{}`", word.node)).help(match days {
            Some(0) => "the shortest retention is `1d`".to_owned(),
            _ => format!("the longest retention is `{longest}d`; `forever` never deletes"),
        })
    });
    kept.map(|days| Spanned::new(Retention::Days(days), word.span))
}

/// `90m`, `1h30m`, `2d`, in minutes.
pub(super) fn minutes(word: &Word, sink: &mut Diagnostics) -> Option<Spanned<u32>> {
    let total = Minutes::parse(&word.node).and_then(|length| u32::try_from(length.0).ok());
    let total = sink.require(total.filter(|total| *total <= quota::LONGEST_WINDOW_MINUTES), || {
        E0105
            .at(word.span, format!("`{}` is longer than any window of AWS Backup", word.node))
            .help("a window has at most 52,560,000 minutes; the usual ones are `1h` to start and `12h` to complete")
    });
    total.map(|minutes| Spanned::new(minutes, word.span))
}

/// Days between two rotations of a key's material.
pub(super) fn rotation(word: &Word, sink: &mut Diagnostics) -> Option<Spanned<u32>> {
    let days = word.node.trim_end_matches('d').parse::<u32>().ok();
    let days = sink.require(days.filter(|days| quota::ROTATION_DAYS.contains(days)), || {
        let (shortest, longest) = quota::ROTATION_DAYS.into_inner();
        E0110
            .at(word.span, format!("KMS cannot rotate a key every `{}`", word.node))
            .help(format!("write {shortest}d to {longest}d"))
    });
    days.map(|days| Spanned::new(days, word.span))
}

/// A principal that may administer a key.
pub(super) fn principal(word: &Word, sink: &mut Diagnostics) -> Option<Spanned<Principal>> {
    let principal = sink.require(Principal::parse(&word.node), || {
        let longest = arn::LONGEST_PRINCIPAL_NAME;
        let is_long = word.node.rsplit_once('/').is_some_and(|(_, name)| name.len() > longest);
        E0108.at(word.span, format!("`{}` is no principal", word.node)).help(if is_long {
            format!("the name of a role or a user has at most {longest} characters")
        } else {
            "write `role/NAME`, `user/NAME`, or the ARN of a role, a user or an account".to_owned()
        })
    });
    principal.map(|principal| Spanned::new(principal, word.span))
}

/// A key in a region: the ARN of one that exists, or the name of one that the system makes.
pub(super) fn key(word: &Word, region: Option<&Region>, sink: &mut Diagnostics) -> Option<Spanned<KeyName>> {
    let text = word.node.as_str();
    let code = region.map_or("REGION", |region| region.code);
    let refused = |help: String| E0107.at(word.span, format!("`{text}` is not the ARN of a key")).help(help);
    sink.push(if text.starts_with("alias/") {
        refused(own_arn(text, code))
    } else if text.starts_with("aws/") {
        refused(own_arn(&format!("alias/{text}"), code))
    } else if text.starts_with("key/") || is_key_id(text) {
        let partition = region.map_or("aws", |region| region.partition.id());
        let id = text.trim_start_matches("key/");
        refused(format!("write it whole: `arn:{partition}:kms:{code}:ACCOUNT:key/{id}`"))
    } else if text.starts_with("arn:") {
        match Arn::key(text) {
            Ok(arn) => return Some(Spanned::new(KeyName::Existing(arn), word.span)),
            Err(problem) => refused(match problem {
                ArnProblem::Alias => own_arn(text, text.split(':').nth(3).unwrap_or(code)),
                ArnProblem::Region => "its partition and region do not exist together".to_owned(),
                ArnProblem::Account => "its fifth part must be the 12 digits of an account id".to_owned(),
                ArnProblem::Shape | ArnProblem::Name => "a key's ARN is `arn:aws:kms:REGION:ACCOUNT:key/ID`".to_owned(),
            }),
        }
    } else {
        return name(NameKind::KeyAlias, word, sink).map(|name| name.map(KeyName::Made));
    });
    None
}

/// Whether a text is the id that KMS gave a key; as a name of a key that the system makes it would be another's.
///
/// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-id>.
fn is_key_id(text: &str) -> bool {
    let is_hex = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let parts: Vec<&str> = text.split('-').collect();
    text.strip_prefix("mrk-").is_some_and(|id| is_hex(id, 32))
        || parts.len() == 5 && parts.iter().zip([8, 4, 4, 4, 12]).all(|(part, length)| is_hex(part, length))
}

/// How to ask for the ARN of the key that an alias stands for.
fn own_arn(alias: &str, region: &str) -> String {
    let is_plain = alias.chars().all(|c| c.is_ascii_alphanumeric() || "/:_-".contains(c));
    let alias = if is_plain { alias } else { "ALIAS" };
    format!(
        "policies do not resolve aliases; ask for the key's own ARN: `aws kms describe-key --region {region} --key-id {alias} --query KeyMetadata.Arn`"
    )
}

/// Adds tags; a key that is there already is reported.
pub(super) fn tags(tags: Vec<ast::Tag>, into: &mut BTreeMap<String, Spanned<Tag>>, sink: &mut Diagnostics) {
    for tag in tags {
        let span = tag.key.span.to(tag.value.span);
        if let Some(problem) = tag_problem(&tag.key.node, &tag.value.node) {
            let finding = E0109.at(span, format!("AWS does not accept the tag `{}`", tag.key.node)).help(problem);
            let odd = tag.key.node.chars().chain(tag.value.node.chars()).find(|c| !is_of_tag(*c));
            sink.push(match odd {
                Some(odd) => finding.label(format!("`{odd}` cannot stand in it")),
                None => finding,
            });
            continue;
        }
        let key = tag.key.node;
        let own = Tag { key: key.clone(), value: tag.value.node };
        let first = into.entry(key.clone()).or_insert(Spanned::new(own, span)).span;
        if first != span {
            sink.push(repeated(&key, span, first));
        }
    }
}

/// IAM has the narrowest rule of the services whose resources are tagged.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html>.
fn tag_problem(key: &str, value: &str) -> Option<&'static str> {
    let allowed = |text: &str| text.chars().all(is_of_tag);
    if key.is_empty() || key.chars().count() > 128 {
        Some("a tag's key has 1 to 128 characters")
    } else if value.chars().count() > 256 {
        Some("a tag's value has at most 256 characters")
    } else if key.to_lowercase().starts_with("aws:") {
        Some("keys that begin with `aws:` belong to AWS")
    } else if !allowed(key) || !allowed(value) {
        Some("use letters, digits, spaces and the characters _.:/=+-@")
    } else {
        None
    }
}

fn is_of_tag(c: char) -> bool {
    LETTER(c) || NUMBER(c) || c == ' ' || "_.:/=+-@".contains(c)
}
