//! Why a call is not allowed, in words.

use super::evaluate::{Miss, Side, Verdict};
use crate::text::{Language, Sentence, Text, say};

/// Why a call is not allowed, with the statement that came closest.
pub(super) fn why(verdict: &Verdict<'_>) -> Text {
    if let Some(id) = verdict.denied_by.first() {
        let by = id.sid.as_deref().unwrap_or(&id.policy);
        return say!("denied by {by}", "{by} で拒否されます");
    }
    let Some(lack) = &verdict.lacking else { return say!("", "") };
    let side = match lack.side {
        Side::Identity => Sentence::new("no policy of the caller", "呼び出し元のどのポリシー"),
        Side::Resource => Sentence::new("no policy of the resource", "リソースのどのポリシー"),
    };
    let Some(near) = &lack.nearest else {
        return Text {
            en: format!("{} allows anything here", side.en),
            ja: format!("{}でも、ここでは何も許可されていません", side.ja),
        };
    };
    let name = near.statement.sid.as_deref().unwrap_or(&near.statement.policy);
    let missed: Vec<Text> = near.missed.iter().map(missed).collect();
    let (en, ja) = (joined(&missed, Language::English), joined(&missed, Language::Japanese));
    Text {
        en: format!("{} allows it; nearest: {name} ({en})", side.en),
        ja: format!("{}でも許可されていません。最も近いもの: {name} ({ja})", side.ja),
    }
}

fn joined(texts: &[Text], language: Language) -> String {
    language.list(&texts.iter().map(|text| text.get(language)).collect::<Vec<_>>())
}

/// What a statement has otherwise than the call would need.
fn missed(miss: &Miss<'_>) -> Text {
    match miss {
        Miss::Action => say!("another action", "別のアクション"),
        Miss::Resource => say!("another resource", "別のリソース"),
        Miss::Principal => say!("another principal", "別のプリンシパル"),
        Miss::Condition(condition) => {
            let key = &condition.key;
            let value = condition.values.first().map_or("", String::as_str);
            if condition.values.len() > 1 {
                say!("{key} is not {value} or the like", "{key} が {value} などではない")
            } else {
                say!("{key} is not {value}", "{key} が {value} ではない")
            }
        }
    }
}
