//! Operands that are made of parts: places, restores, tags and principals.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "pest has a variant for every production, and each place wants few"
)]

use std::collections::BTreeSet;

use pest::iterators::Pair;

use super::operand::{KEEP, Pairs};
use super::stray::{is_free, words_of};
use super::{Builder, Production, repeated};
use crate::aws::arn::is_account_id;
use crate::aws::region;
use crate::kind::{self, KINDS};
use crate::source::{Span, Spanned};
use crate::suggest::nearest;
use crate::syntax::ast::{FormerlyTo, Operand, Place, Restore, RestoreSetting, Tag, Word};
use crate::syntax::names::later;
use crate::syntax::rules::{E0005, E0008, E0012};

/// Words behind `restore` for what has a keyword of its own, and how that is written.
const MISSPELT: &[(&[&str], &str)] = &[
    (&["subnet", "subnets", "subnet_group", "subnetgroup", "db-subnet-group"], "subnet-group NAME"),
    (
        &[
            "parameter",
            "parameters",
            "parameter_group",
            "parametergroup",
            "db-parameter-group",
            "cluster-parameter-group",
        ],
        "parameter-group NAME",
    ),
    (&["option", "options", "option_group", "optiongroup", "db-option-group"], "option-group NAME"),
];

impl Builder<'_> {
    pub(super) fn place_clause(&mut self, pairs: Pairs<'_, '_>, keyword: Span, clause: &str) -> Option<Place> {
        pairs.next();
        let Some(pair) = pairs.next_if(|pair| pair.as_rule() == Production::place) else {
            let behind = self.behind.take();
            if behind.is_some_and(|word| self.is_later_place(&word)) {
                return None;
            }
            self.missing(keyword, &format!("`{clause}` needs a region behind it"), "a region such as `ap-northeast-1`");
            return None;
        };
        self.place(pair)
    }

    pub(super) fn place(&mut self, pair: Pair<'_, Production>) -> Option<Place> {
        let span = self.trimmed(&pair);
        let mut pairs = pair.into_inner().peekable();
        let region = self.operand(&mut pairs, span, "", "a region")?;
        if self.is_later_place(&region) {
            return None;
        }
        let mut place = Place { span, region, vault: None, key: None };
        for part in pairs {
            if part.as_rule() == Production::place_vault {
                self.part(part, &mut place.vault, ("vault", "the name or the ARN of a backup vault"));
            } else {
                self.part(part, &mut place.key, ("key", "the name or the ARN of a key"));
            }
        }
        Some(place)
    }

    /// Whether what stands in the place of a region is not built yet, an account's id among it; this is reported.
    fn is_later_place(&mut self, word: &Word) -> bool {
        let later = later::clause(if is_account_id(&word.node) { "account" } else { &word.node });
        self.later(word.span, &word.node, later)
    }

    pub(super) fn formerly_to(&mut self, pairs: Pairs<'_, '_>, keyword: Span) -> FormerlyTo {
        let mut formerly = FormerlyTo::default();
        pairs.next();
        let Some(to) = pairs.peek().map(|to| self.span(to)) else {
            self.missing(keyword, "`formerly` is written `formerly to`", "`to`");
            return formerly;
        };
        formerly.place = self.place_clause(pairs, keyword.to(to), "formerly to");
        for part in pairs {
            match part.as_rule() {
                Production::keep => self.part(part, &mut formerly.keep, KEEP),
                _ => self.part(part, &mut formerly.since, ("since", "a date such as `2026-11-26`")),
            }
        }
        formerly
    }

    pub(super) fn restore(
        &mut self,
        mut pairs: std::iter::Peekable<pest::iterators::Pairs<'_, Production>>,
        span: Span,
    ) -> Restore {
        pairs.next();
        let mut restore = Restore::default();
        if pairs.clone().all(|part| matches!(part.as_rule(), Production::restore_in | Production::restore_to)) {
            let region =
                pairs.next().and_then(|part| part.into_inner().last()).map(|region| region.as_str().to_owned());
            let behind = || self.behind.take_if(|word| region::named(&word.node).is_some()).map(|word| word.node);
            let region = region.or_else(behind).unwrap_or_else(|| "REGION".to_owned());
            self.restore_says_nothing(span, &region);
            return restore;
        }
        for part in pairs {
            match part.as_rule() {
                Production::restore_as => {
                    let what = "a pattern of names such as `\"<name>-*\"`";
                    self.part(part, &mut restore.pattern, ("restore as", what));
                }
                Production::restore_in => self.part(part, &mut restore.region, ("restore in", "a region")),
                _ => self.restore_setting(part, &mut restore.settings),
            }
        }
        restore
    }

    /// A word of the settings of restores, and its name.
    fn restore_setting(&mut self, part: Pair<'_, Production>, settings: &mut Vec<RestoreSetting>) {
        let whole = self.trimmed(&part);
        let mut pairs = part.into_inner().peekable();
        let Some(written) = pairs.next() else { return };
        let (text, span) = (written.as_str(), self.span(&written));
        let known = kind::setting(text).and_then(|setting| Some((setting.word?, setting.name.rule().what)));
        let Some((word, what)) = known else {
            self.unknown_setting(text, span);
            return;
        };
        if let Some(first) = settings.iter().find(|setting| setting.word.node == word) {
            self.sink.push(repeated(word, whole, first.word.span.to(first.name.span)));
            return;
        }
        // Where a name follows a setting's word, that one is no name.
        let is_setting = |pair: &Pair<'_, _>| {
            let mut words = words_of(pair);
            words.next().is_some_and(|word| pair.as_str().starts_with(word) && kind::setting(word).is_some())
                && words.next().is_some_and(is_free)
        };
        if pairs.peek().is_some_and(is_setting) {
            pairs.next();
        }
        if let Some(name) = self.operand(&mut pairs, span, word, &format!("the name of a {what}")) {
            settings.push(RestoreSetting { word: Spanned::new(word, span), name });
        }
    }

    /// Reports a word in the place of a setting, unless the one before it was wrong.
    fn unknown_setting(&mut self, text: &str, span: Span) {
        if self.broken {
            return;
        }
        let finding = E0005.at(span, format!("`{text}` means nothing here"));
        let settings = KINDS.iter().flat_map(|kind| kind.restore).filter_map(|setting| setting.word);
        let meant = MISSPELT.iter().find(|(words, _)| words.contains(&text)).map(|(_, written)| written);
        self.report(match (meant, nearest(text, settings.clone())) {
            (Some(meant), _) => finding.help(format!("write `{meant}`")),
            (None, Some(near)) => finding.suggest(Some(near)),
            (None, None) => {
                let all: BTreeSet<&str> = settings.collect();
                let all: Vec<String> = all.iter().map(|word| format!("`{word} NAME`")).collect();
                finding.help(format!("a restore takes `as PATTERN`, `in REGION`, {}", all.join(", ")))
            }
        });
    }

    /// A clause of `no` and what is not wanted; other words for either are reported.
    pub(super) fn negated(&mut self, pairs: Pairs<'_, '_>, keyword: Span, [written, other]: [&str; 2]) {
        let is_other = |rule| matches!(rule, Production::negation | Production::restores | Production::ROTATE);
        if let Some(wrong) = pairs.clone().find(|pair| is_other(pair.as_rule())) {
            self.meaningless(self.span(&wrong), wrong.as_str(), format!("write `{written}`"));
            return;
        }
        self.words(pairs, keyword, 2, &format!("{written}` or `{other}"));
    }

    fn restore_says_nothing(&mut self, span: Span, region: &str) {
        let behind = self.behind.as_ref().map_or("", |word| word.node.as_str());
        let written = if behind.starts_with('"') {
            Some(format!("as {behind}"))
        } else {
            MISSPELT.iter().find(|(words, _)| words.contains(&behind)).map(|(_, written)| (*written).to_owned())
        };
        let finding = E0008.at(span, "this restore says nothing");
        self.report(match written {
            Some(written) => finding.label("what it says is written otherwise").help(format!("write `restore {written}`")),
            None => finding.label("`as PATTERN` or a setting such as `subnet-group NAME` is missing").help(format!(
                "restoring is allowed in the source and in every destination: leave it out, or write what holds in one region, `restore in {region} subnet-group NAME`"
            )),
        });
    }

    pub(super) fn tags(&mut self, pairs: Pairs<'_, '_>, keyword: Span) -> Vec<Tag> {
        pairs.next();
        let pairs = self.list("tags", pairs);
        if pairs.is_empty() {
            self.missing(keyword, "`tags` needs tags behind it", "a tag such as `team=payments`");
        }
        pairs.into_iter().filter_map(|pair| self.tag(pair)).collect()
    }

    pub(super) fn tag(&mut self, pair: Pair<'_, Production>) -> Option<Tag> {
        let span = self.trimmed(&pair);
        let mut words = pair.into_inner();
        let key = self.value(words.next()?, "tags", "a tag");
        let Some(value) = words.next() else {
            if let Some(key) = key {
                let finding = E0008.at(span, "this tag has no value").label("a value is missing");
                let own = key.node.split_once(':').filter(|(key, value)| !key.is_empty() && !value.is_empty());
                self.report(match own {
                    Some((key, value)) => finding.help(format!("a tag is written `{key}={value}`")),
                    None => finding,
                });
            }
            return None;
        };
        let value = self.value(value, "tags", "a value");
        Some(Tag { key: key?, value: value? })
    }

    pub(super) fn rotate(&mut self, pairs: Pairs<'_, '_>, keyword: Span, words: &'static str) -> Operand {
        let what = "a number of days such as `365d`";
        let word = pairs.clone().nth(1).filter(|pair| pair.as_rule() == Production::rotation_word);
        let Some(word) = word else { return self.behind_words(pairs, keyword, (words, what)) };
        let finding = E0012.at(self.span(&word), format!("`{}` is not {what}", word.as_str().trim_end()));
        self.report(finding.help("write `rotate every 365d`, or another number of days"));
        None
    }

    pub(super) fn admin(&mut self, pairs: Pairs<'_, '_>, keyword: Span) -> Vec<Word> {
        pairs.next();
        let pairs = self.list("admin", pairs);
        if pairs.is_empty() {
            self.missing(keyword, "`admin` needs a principal behind it", "a role or user such as `role/KeyAdmin`");
        }
        let what = "a principal: `role/NAME`, `user/NAME` or an ARN";
        pairs.into_iter().filter_map(|pair| self.value(pair, "admin", what)).collect()
    }
}
