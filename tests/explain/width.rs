//! How wide the role's policies are: the figures of the proof, in every format and language.

use drc::aws::managed_policy::INSTEAD;
use drc::diagnostic::human::{Colour, Style};
use drc::explain::{Language, SectionKind, explain, html, json, markdown, text};

use crate::support::{cases, written};

#[test]
fn the_figures_are_those_of_the_proof() {
    for case in cases() {
        let compiled = &case.compiled;
        let proof = drc::prove::prove(&compiled.spec, &compiled.stacks).unwrap();
        let input = case.input();
        let explanation = explain(&input, Language::English);
        let section = explanation.sections.iter().find(|section| section.kind == SectionKind::Width).unwrap();
        let roles: Vec<_> = proof.roles(|role| role).collect();
        assert_eq!(section.points().count(), roles.len(), "{}", case.name);
        for (point, role) in section.points().zip(&roles) {
            let ours = role.figures;
            let figures = format!(
                "It has {} statements, {} on any resource, with {} actions of {} services.",
                ours.statements, ours.on_any_resource, ours.actions, ours.services
            );
            assert!(point.facts.contains(&figures), "{}: {:?}", case.name, point.facts);
            for size in role.policies.iter().filter(|size| size.policy.kind.is_emitted()) {
                let size = format!("{} of {} characters", size.characters, size.limit);
                assert!(point.facts.iter().any(|fact| fact.contains(&size)), "{}: {:?}", case.name, point.facts);
            }
        }
    }
}

#[test]
fn every_format_has_it_in_both_languages() {
    let case = crate::support::file(std::path::Path::new("specs/mydb.drspec"));
    let input = case.input();
    for language in [Language::English, Language::Japanese] {
        let explanation = explain(&input, language);
        let style = Style { width: 200, colour: Colour::Never };
        let title = SectionKind::Width.title(language);
        for page in [
            written(|out| text::write(&explanation, style, out)),
            written(|out| markdown::write(&explanation, out)),
            written(|out| html::write(&input, &explanation, out)).replace("&#39;", "'"),
            written(|out| json::write(&explanation, out)),
        ] {
            assert!(page.contains(title), "{title}");
            for policy in &INSTEAD {
                assert!(page.contains(policy.name) && page.contains(policy.updated));
            }
        }
    }
}
