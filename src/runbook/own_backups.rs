//! Going back to a point in time from the backups that a service makes by itself, in the region where resources live.

use super::Section;
use super::scope::Scope;
use super::text::{Sentence, Text, say};
use crate::kind::steps::{PLACE, READY, SETTINGS};

/// The way from a place at the source to new resources; nothing, where a kind has no such backups.
pub(super) fn section(scope: &Scope<'_>) -> Option<Section> {
    let own = scope.steps().own_backups.as_ref()?;
    let Text { en: title, ja: title_ja } = scope.title();
    let Sentence { en: called, ja: called_ja } = own.called;
    let mut section = Section::new(say!("{title}, from {called}", "{title_ja}: {called_ja}からの復元"));
    let source = scope.enter(scope.source()?);
    let ready = scope.step(READY);
    let before = if scope.steps().settings.is_empty() { PLACE } else { SETTINGS };
    let (first, first_ja) = if before == PLACE {
        (source.clone(), source)
    } else {
        let checked = scope.step(SETTINGS);
        (format!("{source} and the steps after it up to {checked}"), format!("{source} から {checked} まで"))
    };
    section.prose.push(say!(
        "First do {first}; then these steps; then {ready} and the step after it. Nothing in this needs AWS Backup, its role or its vault.",
        "まず {first_ja}、次に以下の手順、最後に {ready} とその次の手順を実行します。AWS Backup も、そのロールやボールトも使いません。"
    ));
    section.prose.extend(own.absent.map(Text::from));
    section.prose.extend(scope.same_name());
    section.steps = vec![(own.time)().after(before), (own.restore)()];
    Some(section)
}
