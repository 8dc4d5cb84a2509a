//! Whether it is really gone, and who says so.

use super::scope::Scope;
use super::text::{Sentence, Text, say};
use super::{ChapterPart, Step};
use crate::procedure::command::Line;

/// Looking at the source, and deciding.
pub(super) fn part(scope: &Scope<'_>) -> ChapterPart {
    let Sentence { en: one, ja: one_ja } = scope.group.kind.words.one;
    let decide = Step::new(say!("Decide, and write down who decided when", "判断し、判断者と時刻を記録する"))
        .prose(choices(scope))
        .prose([say!(
            "Whatever is decided: keep the application from writing to the old {one} should it come back by itself, and delete nothing.",
            "どの判断でも、古い{one_ja}が自然に復旧した場合に備えて、アプリケーションからそこへ書き込ませないようにし、何も削除しないでください。"
        )])
        .done(say!("The decision, its time and a name are written down.", "判断内容、時刻、判断者の名前が記録されていること。"));
    ChapterPart {
        title: say!("Is it really gone?", "本当に失われたのかを判断する"),
        prose: Vec::new(),
        steps: vec![ask(scope), decide],
    }
}

/// Commands that do not hang on a region that is gone.
fn ask(scope: &Scope<'_>) -> Step {
    let source = scope.source();
    let code = source.code();
    let asked = (scope.steps().ask)(&source, scope.resource);
    Step::new(say!("Ask the source region", "ソースリージョンに問い合わせる"))
        .prose([say!(
            "Also read the AWS Health Dashboard, and try from another network.",
            "AWS Health Dashboard も確認し、別のネットワークからも試してください。"
        )])
        .lines([Line::Now])
        .lines(asked.map(patient))
        .done(say!(
            "You know whether {code} answers, and what it says.",
            "{code} が応答するかどうか、応答する場合はその内容がわかったこと。"
        ))
        .takes(say!(
            "Minutes at most: each attempt gives up after half of one.",
            "長くても数分です。応答がない場合、各試行は 30 秒ほどで打ち切られます。"
        ))
}

/// A command that gives up soon.
fn patient(line: Line) -> Line {
    let Line::Run(command) = line else { return line };
    Line::Run(command.with("--cli-connect-timeout", "10").with("--cli-read-timeout", "20"))
}

/// What there is to decide between.
fn choices(scope: &Scope<'_>) -> Vec<Text> {
    let code = scope.source().code();
    let Sentence { en: one, ja: one_ja } = scope.group.kind.words.one;
    let mut choices = Vec::new();
    if let Some(site) = scope.destination() {
        let to = site.code();
        choices.push(say!(
            "The {one} is lost, but {code} works: restore in {code} from an original recovery point, which loses least. These are the steps of \"When the source is back\" without the backup and the copy.",
            "{one_ja}は失われたが {code} は正常: オリジナルの復旧ポイントから {code} に復元します。データ損失が最も小さい方法です。「ソースが復旧したら」の手順のうち、バックアップとコピー以外を実行します。"
        ));
        choices.push(say!(
            "{code} does not answer, and AWS names no time at which it will, or a later time than the business can wait: go on in {to}. What was written since the newest copy is lost until {code} is back.",
            "{code} が応答せず、AWS が復旧見込みを示していない、または業務が待てる時間を超える: {to} で続行します。最新のコピー以降に書き込まれたデータは、{code} が復旧するまで参照できません。"
        ));
    } else {
        choices.push(say!(
            "The {one} is lost, but {code} works: go on.",
            "{one_ja}は失われたが {code} は正常: 次の手順に進みます。"
        ));
        choices.push(say!(
            "{code} does not answer: wait for it. Nothing was copied to another region.",
            "{code} が応答しない: 復旧を待つしかありません。ほかのリージョンにはコピーがありません。"
        ));
    }
    choices.push(say!(
        "Data was deleted or damaged, and the {one} runs: stop the writers, hold the recovery points from before, and restore beside the damaged {one}.",
        "データが削除または破損したが、{one_ja}は稼働中: 書き込みを止め、それ以前の復旧ポイントを保全して、破損した{one_ja}とは別に復元します。"
    ));
    choices
}
