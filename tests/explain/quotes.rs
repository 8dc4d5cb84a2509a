//! What is quoted as AWS's own words has a source, in both languages.

use drc::lower::reason;
use drc::reason::QUOTES;

/// The texts between double quotes.
fn quoted(text: &str) -> Vec<&str> {
    text.split('"').skip(1).step_by(2).collect()
}

#[test]
fn every_error_text_that_is_quoted_has_a_source() {
    for reason in reason::all() {
        let known: Vec<&str> = reason.quotes().map(|quote| quote.text).collect();
        for sentence in [reason.why, reason.without] {
            assert_eq!(quoted(sentence.en), quoted(sentence.ja), "{reason:?} quotes differently");
            for text in quoted(sentence.en) {
                assert!(known.contains(&text), "{reason:?}: nobody says where {text:?} was seen");
            }
        }
    }
}

#[test]
fn every_source_of_an_error_text_is_used() {
    for quote in QUOTES {
        assert!(quote.source.starts_with("https://"), "{quote:?}");
        let used = reason::all().any(|reason| reason.quotes().any(|other| other == quote));
        assert!(used, "no reason quotes {:?}", quote.text);
    }
}
