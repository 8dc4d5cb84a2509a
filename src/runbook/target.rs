//! Names for restored clusters: ones that RDS accepts and the role's pattern allows.

use crate::aws::name::NameKind;

/// A name for a restored cluster. The cluster's own with the suffix, where the pattern allows that,
/// since the old cluster may still be there; else the pattern filled in; the cluster's own last.
pub(super) fn name(pattern: &str, cluster: &str, suffix: &str) -> String {
    let candidates = [
        format!("{cluster}{suffix}"),
        filled(pattern, suffix),
        filled(pattern, suffix.trim_start_matches('-')),
        filled(pattern, ""),
        cluster.to_owned(),
    ];
    let usable = |name: &&String| NameKind::Cluster.accepts(name) && matches(pattern, name);
    candidates.iter().find(usable).cloned().unwrap_or_else(|| filled(pattern, ""))
}

/// The first instance of a restored cluster: its name and a number, shortened to what RDS accepts.
/// Where it has the name of the cluster that was backed up, whose instances keep their names when
/// that one is moved aside, the instance says that it is new.
pub(super) fn instance(restored: &str, backed_up: &str) -> String {
    let ending = if restored == backed_up { "-restored-1" } else { "-1" };
    let kept: String = restored.chars().take(NameKind::Cluster.rule().longest - ending.len()).collect();
    format!("{}{ending}", kept.trim_end_matches('-'))
}

/// The pattern with the first `*` filled in, further ones dropped, and a letter for each `?`.
fn filled(pattern: &str, filling: &str) -> String {
    pattern.replacen('*', filling, 1).replace('*', "").replace('?', "r")
}

/// IAM's wildcards: `*` is any text, `?` any character.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>.
fn matches(pattern: &str, text: &str) -> bool {
    let mut pattern_characters = pattern.chars();
    let mut characters = text.chars();
    match pattern_characters.next() {
        None => text.is_empty(),
        Some('*') => {
            let rest = pattern_characters.as_str();
            matches(rest, text) || (characters.next().is_some() && matches(pattern, characters.as_str()))
        }
        Some('?') => characters.next().is_some() && matches(pattern_characters.as_str(), characters.as_str()),
        Some(wanted) => characters.next() == Some(wanted) && matches(pattern_characters.as_str(), characters.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(pattern: &str, expected: &str) {
        let found = name(pattern, "mydb", "-restored");
        assert_eq!(found, expected);
        assert!(matches(pattern, &found), "{pattern} {found}");
    }

    #[test]
    fn names_match_the_pattern() {
        case("mydb*", "mydb-restored");
        case("mydb", "mydb");
        case("dr-mydb", "dr-mydb");
        case("dr-mydb-*", "dr-mydb-restored");
        case("mydb-?", "mydb-r");
        case("dr*", "dr-restored");
    }

    #[test]
    fn long_names_stay_within_the_limit() {
        let long = "a".repeat(63);
        assert_eq!(name(&format!("{long}*"), &long, "-restored"), long);
        assert_eq!(instance(&long, "mydb").len(), 63);
        assert_eq!(instance(&format!("{}-bc", "a".repeat(60)), "mydb"), format!("{}-1", "a".repeat(60)));
        assert_eq!(instance(&long, &long).len(), 63);
    }

    #[test]
    fn instances_of_a_cluster_with_the_old_name_are_told_from_the_old_ones() {
        assert_eq!(instance("mydb-restored", "mydb"), "mydb-restored-1");
        assert_eq!(instance("mydb", "mydb"), "mydb-restored-1");
    }
}
