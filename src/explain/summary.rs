//! What a statement guarantees, one line for each place: for readers who read no further.

use super::figures::length;
use super::{Language, region};
use crate::analysis::Analyses;
use crate::spec::Statement;
use crate::time::coverage::{Coverage, Without};

/// A line for the source and one for each destination.
pub(super) fn guaranteed(statement: &Statement, known: &Analyses<'_>, language: Language) -> Vec<String> {
    let analysis = known.get(statement);
    let places = analysis.into_iter().flat_map(|analysis| &analysis.coverage);
    let lines = places.map(|(place, coverage)| {
        let place = statement.place(place).unwrap_or(&statement.source);
        let (name, code) = (region::name(place.region.node, language), statement.place_words(place));
        let (alive, lost) = (alive(coverage, language), lost(coverage, language));
        language.say(format!("In {name} ({code}): {alive}; {lost}."), format!("{name}({code}): {alive}、{lost}"))
    });
    lines.collect()
}

fn alive(coverage: &Coverage, language: Language) -> String {
    let least = coverage.least;
    match coverage.most {
        Some(most) if most == least => language
            .say(format!("{least} recovery points at any moment"), format!("利用できる復旧ポイントは常に {least} 個")),
        Some(most) => language.say(
            format!("{least} to {most} recovery points at any moment"),
            format!("利用できる復旧ポイントは {least}〜{most} 個"),
        ),
        None => language.say(
            format!("{least} or more recovery points at any moment"),
            format!("利用できる復旧ポイントは {least} 個以上"),
        ),
    }
}

fn lost(coverage: &Coverage, language: Language) -> String {
    match (&coverage.without, &coverage.rpo) {
        (Without::Always | Without::NoRun, _) => {
            language.say("nothing is guaranteed".to_owned(), "何も保証されません".to_owned())
        }
        (Without::AtMost(longest), _) => {
            let longest = length(longest.total(), language);
            language.say(
                format!("at worst {longest} without a usable one"),
                format!("一つも利用できない時間は最長 {longest}"),
            )
        }
        (Without::Never, Some(rpo)) => {
            let worst = length(rpo.total(), language);
            language.say(format!("data of {worst} lost at worst (RPO)"), format!("最悪時のデータ損失(RPO)は {worst}"))
        }
        (Without::Never, None) => {
            language.say("no worst loss can be told".to_owned(), "最悪時の損失は算出できません".to_owned())
        }
    }
}
