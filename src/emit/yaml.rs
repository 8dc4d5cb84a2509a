//! YAML that means the same to a reader of YAML 1.1 (CloudFormation, PyYAML) and of 1.2.
//!
//! `serde_yaml` quotes for 1.2 only: it leaves `on`, `NO`, `22:30`, `1_000` or `2012-10-17` bare,
//! which a 1.1 reader takes for a boolean, a number or a date. Such texts are marked before they
//! are written, which makes the library quote them, and the mark is taken out afterwards.
//!
//! Sources: <https://yaml.org/type/bool.html>, <https://yaml.org/type/int.html>,
//! <https://yaml.org/type/float.html>, <https://yaml.org/type/timestamp.html>,
//! <https://yaml.org/type/null.html>, <https://yaml.org/type/merge.html>,
//! <https://yaml.org/type/value.html>.

use serde::Serialize;
use serde_json::Value;

/// Begins a text that must be quoted. `!` cannot begin a plain scalar, and the private-use
/// character occurs in no spec, since the syntax refuses it.
const MARK: &str = "!\u{e0d2}";

/// Begins a text with a line break of YAML 1.1 that is none of 1.2. The library writes such a break as it is, and a
/// reader of 1.1 folds it; a bell makes the library quote the text with escapes.
const ESCAPED: &str = "!\u{e0d2}\u{7}";

/// How the library writes [`ESCAPED`].
const ESCAPED_MARK: &str = "!\u{e0d2}\\a";

/// Writes a value as one YAML document.
pub fn render(value: &impl Serialize) -> String {
    // Nothing that is emitted has a map with keys other than texts, the only way this can fail.
    let mut tree = serde_json::to_value(value).unwrap_or_default();
    mark_all(&mut tree);
    let mut text = serde_yaml::to_string(&tree).unwrap_or_default();
    for mark in [ESCAPED_MARK, MARK] {
        if text.contains(mark) {
            text = text.replace(mark, "");
        }
    }
    text
}

/// Marks every text that a YAML 1.1 reader would take for something else.
fn mark_all(tree: &mut Value) {
    match tree {
        Value::String(text) => {
            if let Some(marked) = marked(text) {
                *text = marked;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(mark_all),
        Value::Object(entries) => {
            entries.values_mut().for_each(mark_all);
            if entries.keys().any(|key| marked(key).is_some()) {
                let all = std::mem::take(entries).into_iter();
                *entries = all.map(|(key, item)| (marked(&key).unwrap_or(key), item)).collect();
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The text with its mark, if it needs one.
fn marked(text: &str) -> Option<String> {
    if !text.is_ascii() && text.contains(['\u{85}', '\u{2028}', '\u{2029}']) {
        return Some(format!("{ESCAPED}{text}"));
    }
    means_something_else(text).then(|| format!("{MARK}{text}"))
}

/// Whether a reader of YAML 1.1 or 1.2 may take the bare text for something else than a text.
///
/// Wider than the readers are: everything that begins as a number, a sign or a point and has
/// nothing but the characters of numbers, dates and times is quoted.
pub fn means_something_else(text: &str) -> bool {
    is_word(text) || looks_like_number(text)
}

/// Words of `bool`, `null`, `merge` and `value`, in any case.
fn is_word(text: &str) -> bool {
    const WORDS: [&str; 13] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "<<", "=", ""];
    text.len() <= 5 && WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// `1_000`, `0o7`, `0x1F`, `22:30`, `2012-10-17`, `2001-12-14t21:59:43.10-05:00`, `1e3`, `+.inf`, `.NaN`.
fn looks_like_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let begins = unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    if !begins {
        return false;
    }
    let has_digit = unsigned.contains(|c: char| c.is_ascii_digit());
    let is_number_character = |c: char| c.is_ascii_hexdigit() || "_.:+-oxtTzZ ".contains(c);
    // YAML 1.1's pattern of floats takes a point alone for one.
    [".inf", ".nan"].iter().any(|word| unsigned.eq_ignore_ascii_case(word))
        || ((has_digit || unsigned.starts_with('.')) && unsigned.chars().all(is_number_character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_are_something_else_are_quoted() {
        let texts = [
            "on",
            "yes",
            "NO",
            "Off",
            "y",
            "22:30",
            "1_000",
            "0o7",
            "0x1F",
            "2012-10-17",
            "1e3",
            "~",
            "null",
            ".inf",
            "-.INF",
            ".nan",
            "=",
            "<<",
            "012",
            "+1",
            "1:2:3",
            "",
            "0b11",
            "190:20:30",
            "1.5",
            "2001-12-14 21:59:43.10 -5",
        ];
        for text in texts {
            let yaml = render(&serde_json::json!({ "k": text }));
            let scalar = yaml.trim_end().strip_prefix("k: ").unwrap();
            assert!(scalar.starts_with(['\'', '"']), "{text} is written {scalar}");
            assert!(!yaml.contains('\u{e0d2}'));
        }
    }

    #[test]
    fn keys_are_quoted_too() {
        assert_eq!(render(&serde_json::json!({ "on": 1 })), "'on': 1\n");
    }

    #[test]
    fn ordinary_texts_stay_bare() {
        for text in ["mydb", "arn:aws:rds", "ap-northeast-1", "cron(0 16 * * ? *)", "source-backup-vault"] {
            assert_eq!(render(&serde_json::json!({ "k": text })), format!("k: {text}\n"));
        }
    }
}
