//! ARNs as they are read: the resource, its region, and its account where that is another; all of it when it is pointed at.

use std::fmt::Write as _;

use super::{breakable, escaped};
use crate::explain::Language;

/// How many parts an ARN has; the last is the resource, which may hold further colons.
const PARTS: usize = 6;

/// What ends an ARN in a sentence.
const ENDS: [char; 10] = [' ', ',', ';', '"', '\'', '`', ')', '、', '。', '」'];

/// How ARNs are shown on a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arns<'a> {
    /// The language of the page.
    pub(super) language: Language,
    /// The account that everything is deployed to, where it is known.
    pub(super) own: Option<&'a str>,
}

impl Arns<'_> {
    /// A text as HTML, each ARN in it as it is read; `plain` makes HTML of what is none.
    pub(super) fn html(self, text: &str, plain: fn(&str) -> String) -> String {
        let mut html = String::new();
        let mut rest = text;
        while let Some((before, from)) = rest.find("arn:").and_then(|at| rest.split_at_checked(at)) {
            let (arn, after) = from.split_at_checked(end(from)).unwrap_or((from, ""));
            html.push_str(&plain(before));
            html.push_str(&self.shown(arn).unwrap_or_else(|| escaped(arn)));
            rest = after;
        }
        html.push_str(&plain(rest));
        html
    }

    /// An ARN, if it is one.
    fn shown(self, arn: &str) -> Option<String> {
        let parts = parts(arn);
        let [_, _, service, region, account, resource] = parts.as_slice() else { return None };
        let say = |english: &'static str, japanese: &'static str| self.language.say(english, japanese);
        let region = match *region {
            "*" => say("any region", "任意のリージョン"),
            code => code,
        };
        let account = match *account {
            "*" => say("any account", "任意のアカウント").to_owned(),
            "" | "${AWS::AccountId}" => String::new(),
            id if self.own == Some(id) => String::new(),
            id => self.language.say(format!("account {id}"), format!("アカウント {id}")),
        };
        // What says its type need not say its service.
        let resource = match (*service, *resource) {
            ("iam", "root") => say("root of the account", "アカウントのルート").to_owned(),
            (_, typed) if typed.contains(['/', ':']) => typed.to_owned(),
            (service, name) => format!("{service} {name}"),
        };
        let mut html = format!("<span class=\"arn\" title=\"{}\">{}", escaped(arn), breakable(&resource));
        let around: Vec<&str> = [region, &account].into_iter().filter(|part| !part.is_empty()).collect();
        if !around.is_empty() {
            // Writing to a String cannot fail.
            let _ = write!(html, " <small>{}</small>", escaped(&self.language.list(&around)));
        }
        html.push_str("</span>");
        Some(html)
    }
}

/// How long the ARN is that a text begins with. What stands in `${…}` is a part of it, whatever it is.
fn end(text: &str) -> usize {
    let mut inside = false;
    let end = text.find(|character| {
        inside = (inside || character == '{') && character != '}';
        !inside && ENDS.contains(&character)
    });
    let arn = text.get(..end.unwrap_or(text.len())).unwrap_or(text);
    arn.strip_suffix('.').unwrap_or(arn).len()
}

/// The parts of an ARN, those between colons that are not in `${…}`.
fn parts(arn: &str) -> Vec<&str> {
    let mut inside = false;
    let outside = |character| {
        inside = (inside || character == '{') && character != '}';
        !inside && character == ':'
    };
    arn.splitn(PARTS, outside).collect()
}
