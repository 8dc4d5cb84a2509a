//! Names for what is restored: ones that the kind accepts and the role's pattern allows.

use crate::aws::name::NameKind;
use crate::policy::glob::includes;

/// A name for what is restored. The resource's own with the suffix, where the pattern allows that,
/// since the old one may still be there; else the pattern filled in; the resource's own last. A pattern that says what the
/// suffix says is filled with a number.
pub(super) fn restored(kind: NameKind, pattern: &str, resource: &str, suffix: &str) -> String {
    let word = suffix.trim_start_matches('-');
    let bare = if pattern.contains(suffix) { "1" } else { word };
    let candidates = [
        format!("{resource}{suffix}"),
        filled(pattern, if pattern.contains("-*") { bare } else { suffix }),
        filled(pattern, bare),
        filled(pattern, ""),
        resource.to_owned(),
    ];
    let usable = |name: &&String| kind.accepts(name) && includes(pattern, name);
    candidates.iter().find(usable).cloned().unwrap_or_else(|| filled(pattern, ""))
}

/// The pattern with the first `*` filled in, further ones dropped, and a letter for each `?`.
fn filled(pattern: &str, filling: &str) -> String {
    pattern.replacen('*', filling, 1).replace('*', "").replace('?', "r")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(pattern: &str, expected: &str) {
        let found = restored(NameKind::Cluster, pattern, "mydb", "-restored");
        assert_eq!(found, expected);
        assert!(includes(pattern, &found), "{pattern} {found}");
    }

    #[test]
    fn names_match_the_pattern() {
        case("mydb*", "mydb-restored");
        case("mydb", "mydb");
        case("dr-mydb", "dr-mydb");
        case("dr-mydb-*", "dr-mydb-restored");
        case("mydb-?", "mydb-r");
        case("dr*", "dr-restored");
        case("mydb-restored-*", "mydb-restored-1");
        case("mydb-restored*", "mydb-restored");
    }

    #[test]
    fn long_names_stay_within_the_limit() {
        let long = "a".repeat(63);
        assert_eq!(restored(NameKind::Cluster, &format!("{long}*"), &long, "-restored"), long);
    }
}
