//! Pointing the application at the restored resource, and protecting that resource.

use super::restore::restored;
use super::scope::Scope;
use super::text::say;
use super::{ChapterPart, Step};

/// The switch, and backups of what runs now.
pub(super) fn part(scope: &Scope<'_>) -> Option<ChapterPart> {
    let site = scope.refuge();
    site.restore.as_ref()?;
    let name = restored(scope, &site);
    let mut steps = vec![(scope.steps().switch)(&site, &name)];
    steps.extend(protect(scope, &name));
    Some(ChapterPart {
        title: say!("Point the application at it", "アプリケーションの接続先を切り替える"),
        prose: Vec::new(),
        steps,
    })
}

/// The plan backs up the old resource only.
fn protect(scope: &Scope<'_>, name: &str) -> Option<Step> {
    let (here, home) = (scope.destination()?.code(), scope.source().code());
    let (system, words) = (scope.system, &scope.group.kind.words);
    let (word, one_ja) = (words.word, words.one.ja);
    Some(
        Step::new(say!("Protect what runs in {here} now", "{here} で稼働中の{one_ja}を保護する"))
            .prose([
                say!(
                    "No plan of this system backs up `{name}` in {here}. If you stay longer than you can afford to lose, write a spec for the way back and deploy it once {home} answers:",
                    "このシステムのプランは、{here} の `{name}` をバックアップしません。許容できるデータ損失の時間を超えて運用する場合は、逆方向の定義ファイルを書き、{home} が応答するようになったらデプロイしてください。"
                ),
                say!(
                    "`system {system}-return` and, on the next line, `backup {word} {name} from {here} to {home} daily 01:00 UTC keep 7d`",
                    "`system {system}-return` と、次の行に `backup {word} {name} from {here} to {home} daily 01:00 UTC keep 7d`"
                ),
            ])
            .done(say!(
                "A backup job of `{name}` has completed.",
                "`{name}` のバックアップジョブが完了していること。"
            )),
    )
}
