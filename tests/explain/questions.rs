//! Four questions that a reviewer has, read from what is printed and compared with what the analyses say:
//! may this role delete what it backs up? How old can the newest copy be? What has to be run before the first night?
//! Which hour is it in UTC, and why?

use std::collections::{BTreeMap, BTreeSet};

use drc::Compiled;
use drc::analysis::Analyses;
use drc::aws::region;
use drc::diagnostic::human::{Colour, Style};
use drc::explain::Language;
use drc::kind::KINDS;
use drc::policy::glob::includes;
use drc::prove;
use drc::prove::request::{Principal, Request};
use drc::spec::{Group, Role, Statement};
use drc::text::Sentence;
use drc::time::coverage::{Coverage, Without};
use drc::time::length::Minutes;

use crate::screen::printed;
use crate::support::{Case, case, file, specs};

/// So wide that no cell of a table is broken.
const STYLE: Style = Style { width: 240, colour: Colour::Never };
const LANGUAGES: [Language; 2] = [Language::English, Language::Japanese];

/// The rows under a label.
fn rows<'t>(text: &'t str, label: &str) -> Vec<&'t str> {
    let mut lines = text.lines().skip_while(|line| !line.starts_with(&format!("{label}  ")));
    let Some(first) = lines.next() else { return Vec::new() };
    let below = lines.take_while(|line| line.starts_with(' '));
    std::iter::once(first.strip_prefix(label).unwrap().trim()).chain(below.map(str::trim)).collect()
}

type Outcome = Result<(), String>;

/// What the proof says that roles can delete: with which action, what, and where.
struct Deletable {
    exists: bool,
    kinds: BTreeSet<Sentence>,
    source: bool,
    allowed: BTreeSet<(String, String, &'static str)>,
}

/// Whether every answer in a text is that of the analyses.
fn agrees(case: &Case, deletable: &Deletable, text: &str, language: Language) -> Outcome {
    deletions(deletable, text, language)?;
    ages(case, text, language)?;
    commands(case, text, language)?;
    hours(case, text, language)
}

fn same<T: PartialEq + std::fmt::Debug>(question: &str, told: &T, known: &T) -> Outcome {
    if told == known { Ok(()) } else { Err(format!("{question}: told {told:#?}, known {known:#?}")) }
}

fn deletable(case: &Case) -> Deletable {
    let compiled = &case.compiled;
    let proof = prove::prove(&compiled.spec, &compiled.stacks).unwrap();
    let mut asked = 0;
    let exists = compiled.spec.statements().any(|(_, statement)| matches!(statement.role.value, Role::Existing(_)));
    let groups = compiled.spec.statements().flat_map(|(_, statement)| &statement.groups);
    let kinds = groups.map(|group| group.kind.deletes).collect();
    let mut found = Deletable { exists, kinds, source: false, allowed: BTreeSet::new() };
    for role in proof.roles(|role| role) {
        let allowed = role.calls.iter().map(|call| (&call.call.request, call.allowed));
        let refused = role.forbidden.iter().map(|call| (&call.call.request, call.allowed));
        // The administrators of a key ask as themselves.
        let of_role =
            allowed.chain(refused).filter(|(request, _)| matches!(request.principal, Principal::Session { .. }));
        for (request, is_allowed) in of_role {
            if request.action.contains(":Delete") && is_on_source(compiled, request) {
                asked += 1;
                found.source |= is_allowed;
            } else if request.action.contains(":Delete") && is_allowed {
                for resource in &request.resources {
                    let parts: Vec<&str> = resource.splitn(6, ':').collect();
                    let there = region::find(parts[3]).unwrap().code;
                    found.allowed.insert((request.action.clone(), parts[5].to_owned(), there));
                }
            }
        }
    }
    assert!(asked > 0, "{}: nobody asked whether what is backed up can be deleted", case.name);
    found
}

/// Whether a request is about a resource that is backed up.
fn is_on_source(compiled: &Compiled, request: &Request) -> bool {
    let of = |statement: &Statement, group: &Group| {
        let (form, region) = (group.kind.arns.resource, statement.source.region.node.code);
        let is_meant = |name: &str, arn: &String| {
            let parts: Vec<&str> = arn.splitn(6, ':').collect();
            parts[2] == form.service && parts[3] == region && parts[5] == format!("{}{name}", form.before)
        };
        group.names.iter().any(|name| request.resources.iter().any(|arn| is_meant(&name.node, arn)))
    };
    let mut groups = compiled
        .spec
        .statements()
        .flat_map(|(_, statement)| statement.groups.iter().map(move |group| (statement, group)));
    groups.any(|(statement, group)| of(statement, group))
}

/// May this role delete what it backs up? As the proof says, which reads the policies back from the templates.
fn deletions(known: &Deletable, text: &str, language: Language) -> Outcome {
    let (label, unseen) = language.say(
        ("deletes", "a role that exists is not looked at; it is asked only for:"),
        ("削除できるもの", "既存のロールの実際の権限は確認していない。必要とするのは次のものだけ:"),
    );
    let rows = rows(text, label);
    let named = |(action, resource, there): &(String, String, &'static str)| {
        (action.clone(), resource.clone(), region::find(there).unwrap().name(language).to_owned())
    };
    let allowed: BTreeSet<(String, String, String)> = known.allowed.iter().map(named).collect();
    // What a role that exists may do besides is known to nobody here.
    let spares = || known.kinds.iter().map(|told| language.pick(*told)).collect();
    let wanted: Vec<&str> = if known.exists { vec![unseen] } else { spares() };
    // Each kind says what it spares in front of what is deleted of it.
    let (sentences, deleted): (Vec<&str>, Vec<&str>) = rows.into_iter().partition(|row| wanted.contains(row));
    same("may it delete its source", &(sentences == wanted), &!known.source)?;
    let told: BTreeSet<(String, String, String)> = deleted.iter().flat_map(|row| deletion(row, language)).collect();
    let is_told = |(action, resource, there): &(String, String, String)| {
        told.iter().any(|told| told.0 == *action && told.2 == *there && includes(&told.1, resource))
    };
    let is_known = |(action, pattern, there): &(String, String, String)| {
        allowed.iter().any(|known| known.0 == *action && known.2 == *there && includes(pattern, &known.1))
    };
    if allowed.iter().all(is_told) && told.iter().all(is_known) && !told.is_empty() {
        Ok(())
    } else {
        Err(format!("what it deletes: told {told:#?}, known {allowed:#?}"))
    }
}

/// Action, pattern and region of a row.
fn deletion(row: &str, language: Language) -> Vec<(String, String, String)> {
    let (row, action) = row.trim_end_matches(')').rsplit_once('(').unwrap();
    let (pattern, regions) = match language {
        Language::English => row.trim().split_once(" in ").unwrap(),
        Language::Japanese => {
            let (regions, pattern) = row.trim().split_once("の ").unwrap();
            (pattern, regions)
        }
    };
    let regions = regions.split(language.say(", ", "、"));
    regions.map(|there| (action.to_owned(), pattern.to_owned(), there.to_owned())).collect()
}

/// How old can the newest copy be? As the coverage of each place says.
fn ages(case: &Case, text: &str, language: Language) -> Outcome {
    let spec = &case.compiled.spec;
    let analyses = Analyses::of(spec);
    let statements: Vec<&Statement> = spec.statements().map(|(_, statement)| statement).collect();
    let told_of = |beginning: &str, rows: &[&str]| -> Option<String> {
        let row = rows.iter().find(|row| row.starts_with(&format!("{beginning} ")))?;
        Some(age_told(row, language))
    };
    for statement in &statements {
        let coverage = &analyses.get(statement).unwrap().coverage;
        let name = |place: &drc::spec::Place| {
            let region = place.region.node.name(language);
            if statement.shares_region(place) {
                format!("{region} / {}", place.vault.value.name())
            } else {
                region.to_owned()
            }
        };
        if let [only] = statements.as_slice() {
            let rows = rows(text, language.say("points", "復旧ポイント"));
            for (place, coverage) in coverage {
                let place = name(only.place(place).unwrap());
                same(&place, &told_of(&place, &rows), &Some(age_known(coverage, language)))?;
            }
            continue;
        }
        // Of several, the worst of each is told.
        let lines: Vec<&str> = text.lines().collect();
        let known: BTreeMap<String, String> = coverage
            .iter()
            .map(|(place, coverage)| (name(statement.place(place).unwrap()), age_known(coverage, language)))
            .collect();
        let told = told_of(&statement.name.value, &lines).unwrap_or_default();
        let row = lines.iter().find(|line| line.starts_with(&format!("{} ", statement.name.value))).unwrap_or(&"");
        let place = known.iter().find(|(place, age)| row.contains(&format!("{place}: ")) && **age == told);
        if place.is_none() {
            return Err(format!("{}: told {row}, known {known:#?}", statement.name.value));
        }
    }
    Ok(())
}

/// What a row says of the age of the newest recovery point, or of the time without one.
fn age_told(row: &str, language: Language) -> String {
    let phrases = language.say(
        [("none for up to ", "  "), ("newest at most ", " old")],
        [("一つもない時間が最長 ", "  "), ("最新は古くても ", "前")],
    );
    let found = phrases.iter().zip(["without", "newest"]).find_map(|((before, behind), kind)| {
        let rest = row.split_once(before)?.1;
        Some(format!("{kind} {}", rest.split(behind).next().unwrap_or(rest).trim()))
    });
    found.unwrap_or_default()
}

fn age_known(coverage: &Coverage, language: Language) -> String {
    let length = |minutes: Minutes| language.say(minutes.to_string(), minutes.ja());
    match (&coverage.without, &coverage.rpo) {
        (Without::AtMost(longest), _) => format!("without {}", length(longest.total())),
        (Without::Never, Some(rpo)) => format!("newest {}", length(rpo.total())),
        _ => String::new(),
    }
}

/// What has to be run before the first night? What looks at the settings of each region in which something is backed up, or
/// would be on the way back, then the build and the deployment.
fn commands(case: &Case, text: &str, language: Language) -> Outcome {
    let rows = rows(text, language.say("run first", "最初に実行"));
    let mut told: Vec<String> =
        rows.iter().map(|row| row.split_once("  ").map_or(*row, |(_, command)| command.trim()).to_owned()).collect();
    // Where many regions are meant, a loop looks at each, and what follows it is for those that lack it.
    if let Some(list) = told.iter().position(|row| row.starts_with("for region in ")) {
        let loop_of = told.remove(list);
        let (regions, command) = loop_of.strip_prefix("for region in ").unwrap().split_once("; do ").unwrap();
        let (command, switch) = (command.trim_end_matches("; done"), told.remove(list));
        for code in regions.split(' ').rev() {
            told.insert(0, command.replace("$region", code));
            told.insert(0, switch.replace("REGION", code));
        }
    }
    let compiled = &case.compiled;
    let mut known = Vec::new();
    for finding in compiled.diagnostics.iter().filter(|finding| finding.rule.code == "W0402") {
        let code = finding.message.rsplit_once(" in ").unwrap().1.split(':').next().unwrap();
        let statements = compiled.spec.statements().map(|(_, statement)| statement);
        let is_used = |statement: &Statement| {
            let returns = statement.destinations().any(|destination| destination.place.region.node.code == code);
            statement.source.region.node.code == code
                || (returns && statement.groups.iter().any(|group| group.restores.contains_key(code)))
        };
        assert!({ statements }.any(is_used), "{}: {code} is used by no statement", case.name);
        known.push(format!("aws backup describe-region-settings --region {code}"));
        let words: Vec<&str> = finding.message.split([' ', ',', ':']).collect();
        let kinds: Vec<_> = KINDS.iter().filter(|kind| words.contains(&kind.service_name)).collect();
        let of = |option: &str| {
            let options = kinds.iter().flat_map(|kind| kind.region_settings.options);
            options.filter(|(known, _)| *known == option).map(|(_, value)| *value).collect::<Vec<_>>().join(",")
        };
        let mut command = format!("aws backup update-region-settings --region {code}");
        for option in ["--resource-type-opt-in-preference", "--resource-type-management-preference"] {
            let values = of(option);
            command = if values.is_empty() { command } else { format!("{command} {option} {values}") };
        }
        known.push(command);
    }
    let (told_before, told_last) = told.split_at(told.len().saturating_sub(2));
    let sorted = |commands: &[String]| commands.iter().cloned().collect::<BTreeSet<_>>();
    same("what is run first", &sorted(told_before), &sorted(&known))?;
    let deployment = [format!("drc build {}.drspec", case.name), "sh out/deploy.sh".to_owned()];
    same("what is run last", &told_last.to_vec(), &deployment.to_vec())
}

/// Which hour is it in UTC, and why? As the runs of the next weeks say, and the zone.
fn hours(case: &Case, text: &str, language: Language) -> Outcome {
    let (label, because) = language.say(("in UTC", ", because "), ("UTC では", "("));
    let mut told: BTreeMap<String, (BTreeSet<String>, bool)> = BTreeMap::new();
    for row in rows(text, label) {
        let (hours, why) = match language {
            Language::English => row.rsplit_once(because).unwrap(),
            Language::Japanese => row.trim_end_matches(')').rsplit_once(because).unwrap(),
        };
        let more = hours.contains(language.say(" more", "ほか"));
        told.insert(reason_told(why, language), (clock_times(hours), more));
    }
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for forecast in drc::next::forecast(&case.compiled.spec, 400) {
        let zone = forecast.rule.schedule.node.zone();
        let by_zone = forecast.rule.expressions.iter().any(|expression| expression.timezone.is_some());
        let reason = match (zone.is_utc(), zone.constant_offset(), by_zone) {
            (true, ..) => "UTC".to_owned(),
            (_, Some(offset), false) => format!("{} ahead {}", zone.name(), drc::next::offset(Minutes(offset))),
            _ => format!("{} shifts", zone.name()),
        };
        let hours = known.entry(reason).or_default();
        if by_zone {
            let taken = forecast.runs.iter().find(|run| run.instead.as_ref().is_none_or(|other| !other.keeps_longer));
            hours.extend(
                taken
                    .iter()
                    .flat_map(|run| [run.local.strftime("%H:%M").to_string(), run.at.strftime("%H:%M").to_string()]),
            );
        } else {
            hours.extend(forecast.runs.iter().map(|run| run.at.strftime("%H:%M").to_string()));
        }
    }
    let reasons = |all: BTreeSet<&String>| all.into_iter().cloned().collect::<Vec<_>>();
    same("the reasons", &reasons(told.keys().collect()), &reasons(known.keys().collect()))?;
    for (reason, hours) in &known {
        let (told, more) = &told[reason];
        let holds = if *more { !told.is_empty() && told.is_subset(hours) } else { told == hours };
        if !holds {
            return Err(format!("{reason}: told {told:?}, known {hours:?}"));
        }
    }
    Ok(())
}

fn reason_told(why: &str, language: Language) -> String {
    let zone = why.split_whitespace().next().unwrap_or_default();
    let ahead = language.say(" is UTC", "常に UTC");
    match why.split_once(ahead) {
        Some((_, rest)) => format!("{zone} ahead {}", rest.get(..6).unwrap_or_default()),
        None if why.contains(language.say("written in UTC", "UTC で記載")) => "UTC".to_owned(),
        None => format!("{zone} shifts"),
    }
}

/// The times of day in a text.
fn clock_times(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_digit() && c != ':');
    words.filter(|word| word.len() == 5 && word.as_bytes()[2] == b':').map(str::to_owned).collect()
}

#[test]
fn the_answers_are_those_of_the_analyses() {
    for path in specs("specs".as_ref()) {
        let case = file(&path);
        let deletable = deletable(&case);
        for language in LANGUAGES {
            let text = printed(&case, language, STYLE);
            if let Err(difference) = agrees(&case, &deletable, &text, language) {
                panic!("{} in {language:?}: {difference}\n{text}", case.name);
            }
        }
    }
}

/// What changes an answer of some spec. The regions are others, so that what is deleted lies elsewhere.
const EDITS: [(&str, &str); 8] = [
    ("01:00", "02:30"),
    ("02:00", "04:45"),
    ("keep 1d", "keep 3d"),
    ("keep 7d", "keep 1d"),
    ("keep 14d", "keep 1d"),
    ("JST", "America/New_York"),
    ("ap-northeast-3", "ap-northeast-2"),
    ("us-west-2", "ca-central-1"),
];

/// In how many specs an edit is to be found.
const ENOUGH: usize = 2;

/// Where an input is changed and the text is not, the answers are wrong.
#[test]
fn a_text_that_does_not_follow_its_input_is_found() {
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for path in specs("specs".as_ref()) {
        let text = std::fs::read_to_string(&path).unwrap();
        let before = file(&path);
        let allowed = format!("# drc: allow(W0402) reason=\"switched on\"\n{text}");
        let edited = EDITS.iter().map(|(from, to)| (*from, text.replace(from, to))).chain([("allow", allowed)]);
        for (edit, edited) in edited.filter(|(_, edited)| *edited != text) {
            // A few specs of each edit are enough, and a proof takes long.
            if found.get(edit).is_some_and(|count| *count >= ENOUGH) {
                continue;
            }
            let Some(after) = compiles(&before.name, &edited) else { continue };
            let deletable = deletable(&after);
            let [stale, told] = [&before, &after].map(|case| printed(case, Language::English, STYLE));
            assert_eq!(
                agrees(&after, &deletable, &told, Language::English),
                Ok(()),
                "{} with {edit}:\n{told}",
                before.name
            );
            if stale != told && agrees(&after, &deletable, &stale, Language::English).is_err() {
                *found.entry(edit).or_default() += 1;
            }
        }
    }
    for (edit, _) in EDITS {
        assert!(found.contains_key(edit), "{edit} is found in no spec: {found:?}");
    }
    assert!(found.contains_key("allow"), "{found:?}");
}

/// A case, unless the edit made an error of it.
fn compiles(name: &str, text: &str) -> Option<Case> {
    let mut sources = drc::source::Sources::default();
    let id = sources.add(format!("{name}.drspec"), text.as_bytes().to_vec());
    let now = jiff::Timestamp::constant(1_767_225_600, 0);
    let compiled = drc::compile(&sources, &[id], drc::emit::Format::Yaml, now);
    (!compiled.diagnostics.has_errors()).then(|| case(name, text, drc::emit::Format::Yaml))
}
