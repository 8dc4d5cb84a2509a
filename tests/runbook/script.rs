//! What is typed is shell that can be pasted: each step by itself, and one after the other into an interactive shell in
//! which `aws` is refused, or names nothing, at each call in turn.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use drc::explain::Language;
use drc::procedure::Step;
use drc::procedure::line::{Document, Line};
use drc::procedure::shell;
use drc::runbook::{Runbook, Section};

use super::{made, runbooks};

/// The shells that people paste into, as far as this machine has them: with the arguments that make them interactive.
static SHELLS: LazyLock<Vec<(&str, &[&str])>> = LazyLock::new(|| {
    let known: [(&str, &[&str]); 4] =
        [("bash", &["--norc", "--noprofile", "-i"]), ("sh", &["-i"]), ("dash", &["-i"]), ("zsh", &["-f", "-i"])];
    let there =
        |shell: &str| Command::new(shell).args(["-c", ":"]).output().is_ok_and(|output| output.status.success());
    known.into_iter().filter(|(shell, _)| there(shell)).collect()
});

/// Specs that between them have every kind, and everything that makes a difference to what is typed.
const PASTED: [&str; 9] = [
    "alone.drspec",
    "china.drspec",
    "databases.drspec",
    "existing-vaults-and-role.drspec",
    "former-destination.drspec",
    "no-restore.drspec",
    "several.drspec",
    "several-kinds.drspec",
    "tables.drspec",
];

/// The account that the CLI of these tests is in, where a spec names none.
const ACCOUNT: &str = "999988887777";

fn rendered(step: &Step) -> String {
    shell::render(step, Language::English).unwrap_or_default()
}

/// What is pasted is one block of the document at a time, so each must be whole by itself.
#[test]
fn every_step_is_shell() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("script");
    let mut scripts = std::collections::BTreeSet::new();
    for (_, runbook) in runbooks() {
        for language in [Language::English, Language::Japanese] {
            scripts.extend(runbook.steps().filter_map(|step| shell::render(step, language)));
        }
    }
    assert!(scripts.len() > 100);
    for script in scripts {
        fs::write(&file, &script).unwrap();
        for (shell, _) in &*SHELLS {
            let output = Command::new(shell).arg("-n").arg(&file).output().unwrap();
            assert!(output.status.success(), "{shell}: {script}: {}", String::from_utf8_lossy(&output.stderr));
        }
    }
}

/// A comment would be run by an interactive zsh, and an exclamation mark be replaced by an interactive bash.
#[test]
fn nothing_pasted_means_something_else_to_an_interactive_shell() {
    for (name, runbook) in runbooks() {
        for line in runbook.steps().map(rendered).collect::<Vec<_>>().join("\n").lines() {
            assert!(!line.trim_start().starts_with('#'), "{name}: {line}");
            assert!(!line.contains('!'), "{name}: {line}");
            assert!(!line.contains('\t'), "{name}: {line}");
        }
    }
}

/// An `aws` that answers as what is waited for would; it notes what was asked, and refuses or names nothing where it is
/// told to.
fn fake_aws(runbook: &Runbook) -> String {
    let mut polled = std::collections::BTreeSet::new();
    let mut account = ACCOUNT.to_owned();
    for line in runbook.steps().flat_map(Step::typed) {
        if let Line::Poll { command, wanted, .. } = line {
            let (query, _) = command.query.as_ref().unwrap();
            // What a query names of a resource is not known outside the loop over the resources.
            let query = ["NAME", "NEW", "ASIDE"]
                .iter()
                .fold(query.expression(), |query, name| query.replace(&format!("${name}"), &format!("${{{name}-}}")));
            polled.insert(format!(
                "*\"{} \"*\"--query {query} \"*) printf '%s\\tsaid\\n' {wanted} ;;\n",
                command.operation
            ));
        } else if let Line::Expect { value, .. } = line {
            account.clone_from(value);
        }
    }
    let polled: String = polled.into_iter().collect();
    format!(
        "sleep() {{ :; }}\naws() {{\nCOUNT=$(($(wc -l < \"$LOG\") + 1)); printf '%s\\n' \"$*\" >> \"$LOG\"\n\
         if [ \"$COUNT\" = \"$REFUSED\" ]; then echo refused >&2; return 254; fi\n\
         if [ \"$COUNT\" = \"$EMPTY\" ]; then echo None; return 0; fi\n\
         case \"$* \" in\n{polled}*length\\(*) echo 1 ;;\n*get-caller-identity*) echo {account} ;;\n\
         *\"--output json\"*) echo \"\\\"arn:v$COUNT\\\"\" ;;\n*) echo \"arn:v$COUNT\" ;;\nesac\n}}\n"
    )
}

/// How a shell was left by what was pasted.
struct Pasted {
    home: tempfile::TempDir,
    /// The calls of `aws`.
    calls: Vec<String>,
    /// What the shell printed.
    printed: String,
}

/// Whether a step said that it stopped.
fn is_stopped(pasted: &Pasted) -> bool {
    pasted.printed.lines().any(|line| line.starts_with("STOP: "))
}

/// What goes wrong while it is pasted: at which call.
#[derive(Clone, Copy)]
enum Fault {
    None,
    Refused(usize),
    Empty(usize),
}

/// Pastes texts into an interactive shell, whose settings are filled in beforehand, where the spec leaves any open.
fn paste(shell: (&str, &[&str]), aws: &str, texts: &[String], fault: Fault) -> Pasted {
    let home = tempfile::tempdir().unwrap();
    let log = home.path().join("log");
    fs::write(&log, "").unwrap();
    let (refused, empty) = match fault {
        Fault::None => (0, 0),
        Fault::Refused(call) => (call, 0),
        Fault::Empty(call) => (0, call),
    };
    let mut child = Command::new(shell.0)
        .args(shell.1)
        .env("HOME", home.path())
        .env("LOG", &log)
        .env("REFUSED", refused.to_string())
        .env("EMPTY", empty.to_string())
        .env_remove("RUN")
        // Prompts would hide what is printed.
        .envs([("PS1", ""), ("PS2", "")])
        .current_dir(home.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let text = format!("{aws}\n{}\nexit\n", texts.join("\n"));
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let calls = fs::read_to_string(&log).unwrap().lines().map(str::to_owned).collect();
    let printed = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Pasted { home, calls, printed }
}

/// A text as a person pastes it who has filled in the settings.
fn filled_in(text: &str) -> String {
    text.replace("='?'", "=given").replace("DRILL=given", "DRILL='?'")
}

/// The section of the night that a section's steps build on: that of the same resources from recovery points.
fn base<'a>(runbook: &'a Runbook, section: &'a Section) -> &'a Section {
    if !section.places.is_empty() {
        return section;
    }
    let night = runbook.phases.iter().find(|phase| phase.id == "night").unwrap();
    let about = |section: &'a Section| section.title.en.split([',', ':']).next().unwrap_or_default();
    let bases: Vec<&Section> = night.sections.iter().filter(|section| !section.places.is_empty()).collect();
    bases.iter().copied().find(|base| about(base) == about(section)).unwrap_or(bases[0])
}

/// The steps from the shell to a step, at the place of its base that is meant.
fn chain<'a>(runbook: &'a Runbook, section: &'a Section, step: &'a Step, place: usize) -> Vec<&'a Step> {
    let base = base(runbook, section);
    let mut chain = vec![step];
    // What was held is let go at a place at which it was.
    let lets_go = step.typed().any(|line| matches!(line, Line::EachHeld(_)));
    chain.splice(..0, base.steps.iter().filter(|step| lets_go && step.mark == Some("points")));
    while let Some(mark) = chain[0].after {
        let own = section.steps.iter().find(|step| step.mark == Some(mark));
        let provider = own.or_else(|| base.places.get(place).filter(|step| step.mark == Some(mark)));
        let about = |other: &&Section| other.title.en.split(',').next() == base.title.en.split(',').next();
        let night = || runbook.phases[0].sections.iter().filter(about).flat_map(|section| &section.steps);
        let provider = provider.or_else(|| base.steps.iter().chain(night()).find(|step| step.mark == Some(mark)));
        chain.insert(0, provider.unwrap_or_else(|| panic!("no step leaves {mark}")));
    }
    let first = runbook.steps().find(|step| step.title.en == "Open a shell").unwrap();
    if step.title != first.title {
        chain.insert(0, first);
    }
    chain
}

/// A spec of each kind, with one resource, and one with several.
const KINDS: [&str; 4] = [
    "backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d",
    "backup database orders from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d",
    "backup table users from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d",
    "backup cluster billing, orders from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d",
];

/// Every step with something to type, with what it is in, at its base's first place and at its second.
fn typed(runbook: &Runbook) -> impl Iterator<Item = (&Section, &Step, usize)> {
    let sections = runbook.phases.iter().flat_map(|phase| &phase.sections);
    sections.flat_map(|section| {
        let places = section.places.iter().enumerate().map(|(place, step)| (step, place));
        let steps = section.steps.iter().filter(|step| !step.lines.is_empty()).map(|step| (step, 0));
        places.chain(steps).map(move |(step, place)| (section, step, place)).collect::<Vec<_>>()
    })
}

/// The texts of a chain. Whether the run is a drill is decided before the shell is opened.
fn texts(runbook: &Runbook, section: &Section, chain: &[&Step]) -> Vec<String> {
    let drill = runbook.phases.iter().find(|phase| phase.id == "drill").unwrap();
    let is_drill = drill.sections.iter().any(|drilled| std::ptr::eq(drilled, section));
    let before = is_drill.then(|| "RUN=drill-1".to_owned());
    before.into_iter().chain(chain.iter().map(|step| filled_in(&rendered(step)))).collect()
}

/// The steps behind a step of its section and its base that ask, one through the other, for its mark.
fn dependants<'a>(runbook: &'a Runbook, section: &'a Section, step: &Step) -> Vec<&'a Step> {
    let mut marks: Vec<&str> = step.mark.into_iter().collect();
    let mut found = Vec::new();
    let base = base(runbook, section);
    let own = if std::ptr::eq(base, section) { &[][..] } else { &base.steps };
    for other in section.steps.iter().chain(own) {
        if other.after.is_some_and(|mark| marks.contains(&mark)) {
            marks.extend(other.mark);
            found.push(other);
        }
    }
    found
}

/// Each step, refused at each of its calls, makes no further one, and what builds on it does not begin.
#[test]
fn nothing_runs_behind_a_refused_call() {
    for spec in &KINDS[..3] {
        let runbook = made("shop.drspec", spec).0;
        let aws = fake_aws(&runbook);
        for (section, step, place) in typed(&runbook) {
            let chain = chain(&runbook, section, step, place);
            let texts = texts(&runbook, section, &chain);
            let (before, whole) = texts.split_at(texts.len() - 1);
            let bash = SHELLS[0];
            let undisturbed = paste(bash, &aws, &texts, Fault::None);
            let first = paste(bash, &aws, before, Fault::None).calls.len();
            assert!(undisturbed.calls.len() > first, "{}: {}", step.title.en, undisturbed.printed);
            let dependants = dependants(&runbook, section, step);
            let dependants: Vec<String> = dependants.iter().map(|step| filled_in(&rendered(step))).collect();
            let all: Vec<String> = before.iter().chain(whole).chain(&dependants).cloned().collect();
            for call in first + 1..=undisturbed.calls.len() {
                let pasted = paste(bash, &aws, &all, Fault::Refused(call));
                assert_eq!(
                    pasted.calls.len(),
                    call,
                    "{spec}: {}: {:?}\n{}",
                    step.title.en,
                    pasted.calls,
                    pasted.printed
                );
            }
        }
    }
}

/// Whether an answer is a value that is kept and must be there, and no other command is asked for it.
fn names_a_value(step: &Step, call: &str) -> bool {
    let may_be_none = step.typed().any(|line| {
        if let Line::Attempt { command, .. } = line {
            return call.contains(command.operation) && call.contains("--output json");
        }
        let Line::Capture { commands, .. } = line else { return false };
        let (_, others) = commands.split_last().unwrap();
        others.iter().any(|command| {
            let (query, _) = command.query.as_ref().unwrap();
            call.contains(command.operation) && call.contains(&query.expression().replace("$NAME", "mydb"))
                || call.contains(command.operation) && call.contains(&query.expression().replace("$NAME", "orders"))
        })
    });
    call.contains("--output ") && !may_be_none
}

/// Each value that AWS is asked for and does not name is missing: nothing runs behind it.
#[test]
fn nothing_runs_behind_a_value_that_aws_does_not_name() {
    let mut missed = 0;
    for spec in &KINDS[..3] {
        let runbook = made("shop.drspec", spec).0;
        let aws = fake_aws(&runbook);
        for (section, step, place) in typed(&runbook) {
            let texts = texts(&runbook, section, &chain(&runbook, section, step, place));
            let undisturbed = paste(SHELLS[0], &aws, &texts, Fault::None).calls;
            let first = paste(SHELLS[0], &aws, &texts[..texts.len() - 1], Fault::None).calls.len();
            for (call, asked) in undisturbed.iter().enumerate().skip(first) {
                if names_a_value(step, asked) {
                    missed += 1;
                    let pasted = paste(SHELLS[0], &aws, &texts, Fault::Empty(call + 1));
                    assert_eq!(pasted.calls.len(), call + 1, "{spec}: {asked}\n{:?}\n{}", pasted.calls, pasted.printed);
                    assert!(is_stopped(&pasted), "{spec}: {asked}");
                }
            }
        }
    }
    assert!(missed > 40, "{missed}");
}

/// Each setting that nobody has filled in is missing: it is asked for by its hint, and nothing is restored.
#[test]
fn nothing_is_restored_without_a_setting() {
    for spec in &KINDS[..2] {
        let runbook = made("shop.drspec", spec).0;
        let aws = fake_aws(&runbook);
        let night = &runbook.phases[0].sections[1];
        let needed: Vec<(&String, &String)> = night
            .steps
            .iter()
            .flat_map(Step::typed)
            .filter_map(|line| if let Line::Need { variable, hint } = line { Some((variable, &hint.en)) } else { None })
            .collect();
        assert!(needed.len() >= 4);
        for (variable, hint) in needed {
            let all =
                std::iter::once(&runbook.phases[0].sections[0].steps[0]).chain(&night.places[..1]).chain(&night.steps);
            let texts: Vec<String> = all
                .map(|step| {
                    let open = format!("{variable}='?'");
                    let kept = rendered(step).replace(&open, &open.replace('?', "!"));
                    filled_in(&kept).replace("='!'", "='?'")
                })
                .collect();
            let pasted = paste(SHELLS[0], &aws, &texts, Fault::None);
            let refused = pasted.calls.iter().find(|call| call.contains("restore") || call.contains("create"));
            assert_eq!(refused, None, "{spec}: {variable}");
            assert!(pasted.printed.contains(&format!("{variable}: {hint}")), "{spec}: {variable}: {}", pasted.printed);
        }
    }
}

/// Every step of a section, each behind those that it builds on and no step twice.
fn session<'a>(runbook: &'a Runbook, section: &'a Section, place: usize) -> Vec<&'a Step> {
    let mut session: Vec<&Step> = Vec::new();
    for (_, step, _) in typed(runbook).filter(|(other, ..)| std::ptr::eq(*other, section)) {
        let is_other_place =
            section.places.iter().enumerate().any(|(index, other)| index != place && std::ptr::eq(other, step));
        for step in chain(runbook, section, step, place).into_iter().filter(|_| !is_other_place) {
            if !session.iter().any(|known| std::ptr::eq(*known, step)) {
                session.push(step);
            }
        }
    }
    session
}

/// In each shell that people use, everything that can be typed runs to its end.
#[test]
fn every_step_runs_to_its_end_in_every_shell() {
    for (name, runbook) in runbooks().iter().filter(|(name, _)| PASTED.contains(&name.as_str())) {
        let aws = format!("{}\nprintf 'echo \"$*\"' > deploy.sh", fake_aws(runbook));
        for section in runbook.phases.iter().flat_map(|phase| &phase.sections) {
            for place in 0..section.places.len().max(1) {
                let steps = session(runbook, section, place);
                let texts = texts(runbook, section, &steps);
                for shell in if name == "several-kinds.drspec" { SHELLS.as_slice() } else { &SHELLS[..1] } {
                    let pasted = paste(*shell, &aws, &texts, Fault::None);
                    let told = || format!("{name}: {}: {}: {}", shell.0, section.title.en, pasted.printed);
                    assert!(!is_stopped(&pasted), "{}", told());
                    let done = |mark: &str| pasted.printed.contains(&format!("DONE: {mark}\n"));
                    assert!(steps.iter().filter_map(|step| step.mark).all(done), "{}", told());
                    let mut deployed = steps.iter().flat_map(|step| step.typed());
                    let deployed = deployed.any(|line| matches!(line, Line::Deploy { .. }));
                    assert!(!deployed || pasted.printed.contains("=arn:v"), "{}", told());
                }
            }
        }
    }
}

/// What is done stays done: pasted again, a night makes nothing a second time; and what is known of one resource is not
/// taken for another.
#[test]
fn a_night_that_is_pasted_twice_makes_everything_once() {
    let runbook = made("shop.drspec", KINDS[3]).0;
    let aws = fake_aws(&runbook);
    let night = &runbook.phases[0];
    let [begin, points, own] = &night.sections[..] else { panic!("sections") };
    let once: Vec<String> = points.steps.iter().map(|step| filled_in(&rendered(step))).collect();
    let enter: Vec<String> =
        begin.steps[..1].iter().chain(&points.places[..1]).map(|step| filled_in(&rendered(step))).collect();
    let own: Vec<String> = own.steps.iter().map(|step| filled_in(&rendered(step))).collect();
    for (path, changing) in [
        (&once, ["backup start-restore-job", "rds create-db-instance"]),
        (
            &[once[..2].to_vec(), own, once[5..].to_vec()].concat(),
            ["rds restore-db-cluster-to-point-in-time", "rds create-db-instance"],
        ),
    ] {
        let texts = [enter.clone(), path.clone(), enter.clone(), path.clone()].concat();
        let pasted = paste(SHELLS[0], &aws, &texts, Fault::None);
        for operation in changing {
            let calls: Vec<&String> = pasted.calls.iter().filter(|call| call.starts_with(operation)).collect();
            assert_eq!(calls.len(), 2, "{operation}: {calls:#?}\n{}", pasted.printed);
            for name in ["billing", "orders"] {
                let its = |call: &&String| {
                    call.contains(&format!(" {name}-restored")) || call.contains(&format!("//{name}.json"))
                };
                assert_eq!(calls.iter().copied().filter(its).count(), 1, "{operation}: {calls:?}");
            }
        }
    }
    // Each restore is of the recovery point that was listed for its resource.
    let pasted = paste(SHELLS[0], &aws, &[enter, once].concat(), Fault::None);
    for name in ["billing", "orders"] {
        let listed = pasted.calls.iter().position(|call| {
            call.contains("list-recovery-points")
                && call.contains(&format!(":cluster:{name} "))
                && call.contains("--output json")
        });
        let point = format!("--recovery-point-arn arn:v{} ", listed.unwrap() + 1);
        let started = pasted
            .calls
            .iter()
            .find(|call| call.contains("start-restore-job") && call.contains(&format!("//{name}.json")));
        assert!(started.unwrap().contains(&point), "{started:?} {point}");
    }
    documents_are_json(pasted.home.path(), &runbook);
}

fn documents_are_json(home: &Path, runbook: &Runbook) {
    let document = runbook
        .steps()
        .flat_map(Step::typed)
        .find_map(|line| if let Line::Document(document) = line { Some(document) } else { None });
    let Document { fields, with } = document.unwrap();
    let mut found = 0;
    let mut folders = vec![home.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "json") {
                found += 1;
                let document: serde_json::Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
                let members = document.as_object().unwrap();
                let keys = fields.iter().chain(with.iter().flat_map(|(_, with)| with)).map(|(key, _)| *key);
                assert!(
                    keys.clone().all(|key| members[key].as_str().is_some_and(|value| !value.is_empty())),
                    "{document}"
                );
                assert_eq!(members.len(), keys.count());
                assert_eq!(document["VpcSecurityGroupIds"], "[\"given\"]");
            }
        }
    }
    assert_eq!(found, 2);
}

/// A drill makes and deletes what has its own names alone, and its clean-up refuses to run in the night.
#[test]
fn a_drill_touches_its_own_alone() {
    for spec in &KINDS[..3] {
        let runbook = made("shop.drspec", spec).0;
        let aws = fake_aws(&runbook);
        let drill = runbook.phases.iter().find(|phase| phase.id == "drill").unwrap();
        let section = &drill.sections[0];
        let clean_up = section.steps.last().unwrap();
        let chain = chain(&runbook, section, clean_up, 0);
        let drilled = paste(SHELLS[0], &aws, &texts(&runbook, section, &chain), Fault::None);
        let deleted = |calls: &[String]| calls.iter().filter(|call| call.contains(" delete-")).count();
        assert!(deleted(&drilled.calls) > 0, "{}", drilled.printed);
        let rows = chain
            .iter()
            .flat_map(|step| step.typed())
            .find_map(|line| if let Line::File { name: "rows", lines, .. } = line { Some(&lines[1]) } else { None });
        let new = rows.unwrap().split("NEW=").nth(1).unwrap().split(' ').next().unwrap();
        for call in &drilled.calls {
            let changes = ["create-", "delete-", "modify-", "update-table"].iter().any(|verb| call.contains(verb));
            let names: Vec<&str> = call.split(' ').collect();
            assert!(!changes || !names.iter().any(|name| *name == new || *name == format!("{new}-new-1")), "{call}");
        }
        let night: Vec<String> = chain.iter().map(|step| filled_in(&rendered(step))).collect();
        let refused = paste(SHELLS[0], &aws, &night, Fault::None);
        assert_eq!(deleted(&refused.calls), 0, "{new}: {}", refused.printed);
        assert!(is_stopped(&refused));
    }
}

/// A person may choose an older recovery point, and has the steps behind it done again.
#[test]
fn what_is_chosen_is_restored() {
    let runbook = made("shop.drspec", KINDS[0]).0;
    let aws = fake_aws(&runbook);
    let night = &runbook.phases[0].sections[1];
    let begin = &runbook.phases[0].sections[0].steps[..1];
    let steps: Vec<String> = begin
        .iter()
        .chain(&night.places[..1])
        .chain(&night.steps[..4])
        .map(|step| filled_in(&rendered(step)))
        .collect();
    let after: Vec<String> = night.steps[1..5].iter().map(|step| filled_in(&rendered(step))).collect();
    let chosen = "choose mydb POINT_ARN arn:older".to_owned();
    let without =
        paste(SHELLS[0], &aws, &[steps.clone(), vec![chosen.clone(), after[3].clone()]].concat(), Fault::None);
    assert!(!without.calls.iter().any(|call| call.contains("start-restore-job")), "{}", without.printed);
    let pasted = paste(SHELLS[0], &aws, &[steps, vec![chosen], after].concat(), Fault::None);
    let started = pasted.calls.iter().find(|call| call.contains("start-restore-job")).unwrap();
    assert!(started.contains("--recovery-point-arn arn:older "), "{started}");
}
