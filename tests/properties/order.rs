//! Same meaning, same bytes.

use drc::emit::Format;
use proptest::prelude::*;

use crate::{build, compile, spec};

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_second_run_writes_the_same(items in spec::items()) {
        let text = items.join("\n");
        prop_assert_eq!(build(&text), build(&text));
    }

    #[test]
    fn items_in_another_order_make_the_same(
        (items, shuffled) in spec::items().prop_flat_map(|items| (Just(items.clone()), Just(items).prop_shuffle())),
    ) {
        prop_assert_eq!(build(&items.join("\n")), build(&shuffled.join("\n")));
    }

    #[test]
    fn groups_in_another_order_make_the_same(
        groups in Just(vec!["cluster c", "table t, u", "clusters a, b", "tables s"]).prop_shuffle(),
        backwards: bool,
    ) {
        let names = |group: &str| {
            let (kind, names) = group.split_once(' ').unwrap();
            let mut names: Vec<&str> = names.split(", ").collect();
            if backwards {
                names.reverse();
            }
            let names: Vec<String> = names.iter().map(|name| format!("{name}-{name}")).collect();
            format!("{kind} {}", names.join(", "))
        };
        let statement = |groups: &[String]| {
            let groups = groups.join(" and ");
            format!("backup {groups} from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d")
        };
        let shuffled: Vec<String> = groups.iter().map(|group| names(group)).collect();
        let plain = "clusters a-a, b-b, c-c and tables s-s, t-t, u-u".to_owned();
        prop_assert_eq!(build(&statement(&shuffled)), build(&statement(&[plain])));
    }

    #[test]
    fn files_in_another_order_make_the_same(one in spec::items(), other in spec::items(), json: bool) {
        let format = if json { Format::Json } else { Format::Yaml };
        let one = format!("system alpha\n{}", one.join("\n").replace("role AWSBackup-", "role AWSBackup-alpha-"));
        let other = format!("system beta\n{}", other.join("\n"));
        let unique = |text: &str, name: &str| text.replace("vault-key", &format!("{name}-key")).replace(".plan", &format!(".{name}"));
        let (one, other) = (unique(&one, "alpha"), unique(&other, "beta"));
        let (first, second) = (("a.drspec", one.as_bytes()), ("b.drspec", other.as_bytes()));
        let (forth, said) = compile(&[first, second], format);
        prop_assert!(!forth.diagnostics.has_errors(), "{one}\n{other}\n{said}");
        prop_assert_eq!(forth.files, compile(&[second, first], format).0.files);
    }

    #[test]
    fn inserting_a_statement_renames_nothing(items in spec::items()) {
        let before = build(&items.join("\n"));
        // Of one vault there is one key.
        let key = if items.iter().any(|item| item.starts_with("key ")) { "key vault-key" } else { "" };
        let more = format!("backup cluster aa from ap-northeast-1 {key} to ap-northeast-3 daily 01:00 JST keep 7d no restore\n");
        let after = build(&(more + &items.join("\n")));
        let ids = |files: &[drc::emit::OutputFile]| -> Vec<String> {
            let templates = files.iter().filter(|file| file.path.rsplit('.').next() == Some("yml"));
            templates.flat_map(|file| {
                let template: serde_json::Value = serde_yaml::from_slice(&file.bytes).unwrap();
                let resources = template["Resources"].as_object().unwrap().clone();
                resources.into_iter().map(|(id, resource)| format!("{}: {id}: {}", file.path, resource["Type"]))
            }).collect()
        };
        let after = ids(&after);
        let gone: Vec<String> = ids(&before).into_iter().filter(|id| !after.contains(id)).collect();
        prop_assert!(gone.is_empty(), "{gone:?}");
    }

    #[test]
    fn a_statement_called_as_it_was_named_is_the_same(items in spec::items()) {
        let text = items.join("\n");
        let (compiled, said) = compile(&[("spec.drspec", text.as_bytes())], Format::Yaml);
        prop_assert!(!compiled.diagnostics.has_errors(), "{text}\n{said}");
        let mut statements: Vec<_> = compiled.spec.statements().map(|(_, statement)| statement).collect();
        statements.sort_by_key(|statement| statement.span);
        let mut names = statements.iter().map(|statement| statement.name.value.as_str());
        let called = items.iter().map(|item| match item.starts_with("backup").then(|| names.next()).flatten() {
            Some(name) if !item.contains("called") => format!("{item} called {name}"),
            _ => item.clone(),
        });
        prop_assert_eq!(build(&called.collect::<Vec<_>>().join("\n")), compiled.files);
    }
}

/// Every resource with its place, its type and what is named in it.
fn names(spec: &str) -> Vec<String> {
    fn collect(value: &serde_json::Value, found: &mut Vec<String>) {
        for (key, value) in value.as_object().into_iter().flatten() {
            if key.ends_with("Name") && value.is_string() {
                found.push(format!("{key} {value}"));
            }
            collect(value, found);
        }
        value.as_array().into_iter().flatten().for_each(|value| collect(value, found));
    }
    let files = build(spec).into_iter().filter(|file| file.path.rsplit('.').next() == Some("yml"));
    let templates = files.flat_map(|file| {
        let template: serde_json::Value = serde_yaml::from_slice(&file.bytes).unwrap();
        let resources = template["Resources"].as_object().unwrap().clone();
        resources.into_iter().map(move |(id, resource)| {
            let mut found = vec![format!("{} {id} {}", file.path, resource["Type"])];
            collect(&resource["Properties"], &mut found);
            found.join(" ")
        })
    });
    templates.collect()
}

#[test]
fn what_is_called_by_a_name_is_renamed_by_no_change_of_its_list() {
    for layout in ["", " stacks per statement"] {
        let spec = |list: &str| {
            format!(
                "system shop{layout}\nbackup {list} called ledger from ap-northeast-1 to ap-northeast-3 to us-west-2 daily 01:00 JST keep 7d\n"
            )
        };
        let one = names(&spec("cluster orders"));
        assert!(one.iter().any(|name| name.contains("AWSBackup-ap-northeast-1-shop-ledger")), "{one:?}");
        for list in ["cluster users", "clusters billing, orders", "clusters billing, orders, users"] {
            assert_eq!(names(&spec(list)), one, "{list}");
        }
        let several = names(&spec("cluster orders and table Events"));
        assert_eq!(names(&spec("clusters orders, users and tables Audits, Events")), several);
    }
}
