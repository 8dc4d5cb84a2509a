//! What a plain scalar is.
//!
//! YAML 1.1 as CloudFormation and PyYAML read it: <https://yaml.org/type/>, but `y` and `n` are texts, as they are to
//! both, and so are dates, which CloudFormation does not know.

use std::borrow::Cow;

use serde_json::Number;

use super::Content;

/// The value of a plain scalar.
pub(super) fn plain(text: Cow<'_, str>, is_json: bool) -> Content<'_> {
    let word = |text: &str| match text {
        "null" => Some(Content::Null),
        "true" => Some(Content::Bool(true)),
        "false" => Some(Content::Bool(false)),
        _ => None,
    };
    let value = if is_json {
        word(&text).or_else(|| serde_json::from_str(&text).ok().map(Content::Number))
    } else {
        word_of_1_1(&text).or_else(|| integer(&text).or_else(|| float(&text)).map(Content::Number))
    };
    value.unwrap_or(Content::Text(text))
}

/// Words in small letters, with a capital or in capitals, and nothing between.
fn word_of_1_1(text: &str) -> Option<Content<'static>> {
    const TRUE: [&str; 3] = ["yes", "on", "true"];
    const FALSE: [&str; 3] = ["no", "off", "false"];
    if text.is_empty() || text == "~" {
        return Some(Content::Null);
    }
    let (first, rest) = text.split_at_checked(1)?;
    let small = |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase());
    let capital = |text: &str| text.bytes().all(|byte| byte.is_ascii_uppercase());
    if !small(rest) && !capital(text) || !(small(first) || capital(first)) {
        return None;
    }
    let is_among = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is_among(&["null"]) {
        return Some(Content::Null);
    }
    is_among(&TRUE).then_some(true).or_else(|| is_among(&FALSE).then_some(false)).map(Content::Bool)
}

/// `0b11`, `017`, `0x1F`, `1_000`, `22:30`.
fn integer(text: &str) -> Option<Number> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !unsigned.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let digits = unsigned.replace('_', "");
    let radix = |digits: &str, radix: u32| {
        let all_digits = !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
        i128::from_str_radix(digits, radix).ok().filter(|_| all_digits)
    };
    let value = match digits.split_at_checked(2) {
        Some(("0b", rest)) => radix(rest, 2)?,
        Some(("0x", rest)) => radix(rest, 16)?,
        _ if digits.contains(':') => sexagesimal(&digits)?,
        Some(_) if digits.starts_with('0') => radix(&digits, 8)?,
        _ => match radix(&digits, 10) {
            Some(value) => value,
            // Longer than any whole number here.
            None => return digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| real(text, &digits))?,
        },
    };
    let value = if text.starts_with('-') { -value } else { value };
    let whole = u64::try_from(value).map(Number::from).or_else(|_| i64::try_from(value).map(Number::from));
    whole.ok().or_else(|| Number::from_i128(value)).or_else(|| real(text, &value.unsigned_abs().to_string()))
}

/// Hours, minutes and seconds, as YAML 1.1 takes what looks like them.
fn sexagesimal(digits: &str) -> Option<i128> {
    let mut parts = digits.split(':');
    let first: i128 = parts.next()?.parse().ok().filter(|_| !digits.starts_with('0'))?;
    parts.try_fold(first, |value, part| {
        let part: i128 = part.parse().ok().filter(|part| part < &60 && !digits.contains(['+', '-']))?;
        value.checked_mul(60)?.checked_add(part)
    })
}

/// `1.5`, `.5`, `1.e+3`: a point, and an exponent only behind it.
fn float(text: &str) -> Option<Number> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let digits = unsigned.replace('_', "");
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((&digits, "+0"));
    let (whole, fraction) = mantissa.split_once('.')?;
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let has_digit = !(whole.is_empty() && fraction.is_empty()) && unsigned.starts_with(|c: char| c != '_');
    let has_exponent = exponent.strip_prefix(['+', '-']).is_some_and(|digits| !digits.is_empty() && is_number(digits));
    (has_digit && is_number(whole) && is_number(fraction) && has_exponent).then(|| real(text, &digits))?
}

/// A number with a sign as it is written; none where it is too large for any.
fn real(written: &str, digits: &str) -> Option<Number> {
    let value: f64 = digits.parse().ok()?;
    Number::from_f64(if written.starts_with('-') { -value } else { value })
}
