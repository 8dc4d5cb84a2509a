//! The proof for people: the verdict, then tables.

use std::fmt::Write as _;
use std::io::{self, Write};

use unicode_width::UnicodeWidthStr as _;

use super::grouped::{Row, groups, refusals};
use super::{DEFECT, NOT_PROVED, cure, superfluous};
use crate::aws::managed_policy::{Figures, INSTEAD};
use crate::prove::{Outcome, Proof, RoleProof};
use crate::source::Sources;
use crate::text::wrap::paragraph;
use crate::text::{Columns, Language, Sentence, Text, padded, say};

/// Writes the verdict, then the proof of every role, one after the other, in so many columns.
///
/// # Errors
///
/// What is written to fails.
pub fn text(
    proof: &Proof<'_>,
    sources: &Sources,
    language: Language,
    columns: Columns,
    out: &mut dyn Write,
) -> io::Result<()> {
    let page = || Page { text: String::new(), sources, language, columns };
    out.write_all(page().verdict(proof).as_bytes())?;
    for role in proof.roles(|role| page().role(&role)) {
        out.write_all(role.as_bytes())?;
    }
    NOT_PROVED.iter().try_for_each(|sentence| writeln!(out, "{}", paragraph(language.pick(*sentence), columns.prose)))
}

/// Said instead of how many parts are needed where all of them are somebody else's.
const NO_PARTS: Sentence = Sentence {
    en: "there is nothing to take away, since drc writes no policy of it",
    ja: "drc が書くポリシーがないため、取り除ける要素はありません",
};

/// What is written at a time. Writing to a `String` cannot fail.
struct Page<'a> {
    text: String,
    sources: &'a Sources,
    language: Language,
    columns: Columns,
}

impl Page<'_> {
    /// A paragraph so many steps in.
    fn say(&mut self, steps: usize, line: impl AsRef<str>) {
        let line = format!("{}{}", "  ".repeat(steps), line.as_ref());
        let _ = writeln!(self.text, "{}", paragraph(&line, self.columns.prose));
    }

    /// A line in the page's language.
    fn both(&mut self, steps: usize, line: &Text) {
        self.say(steps, line.get(self.language));
    }

    fn pick(&self, sentence: Sentence) -> &'static str {
        self.language.pick(sentence)
    }

    fn blank(&mut self) {
        self.text.push('\n');
    }

    /// What came of it, a line for each role, what fails before what holds.
    fn verdict(mut self, proof: &Proof<'_>) -> String {
        for role in proof.outcomes().filter(|role| !role.holds()) {
            let said = self.language.list(&failures(role, self.language));
            let (system, statement) = (&role.system, &role.statement);
            self.both(
                0,
                &say!(
                    "NOT PROVED: {system}, backup {statement}: {said}",
                    "証明できません: {system}、backup {statement}: {said}"
                ),
            );
        }
        for role in proof.outcomes().filter(|role| role.holds()) {
            let Outcome { system, statement, calls, forbidden: refused, parts, .. } = role;
            let parts = match parts {
                0 => NO_PARTS.into(),
                _ => say!("each of {parts} parts is needed", "{parts} 個の要素に余分なものはありません"),
            };
            self.both(
                0,
                &say!(
                    "Proved: {system}, backup {statement}: {calls} calls that must be allowed are, {refused} that must be refused are, and {}",
                    "証明済み: {system}、backup {statement}: 必要な {calls} 件の呼び出しはすべて許可、許してはならない {refused} 件はすべて拒否、{}",
                    parts.get(self.language)
                ),
            );
        }
        if let Some(assumption) = proof.account.assumption() {
            self.assumed(assumption.get(self.language));
        }
        self.blank();
        self.text
    }

    /// The proof of one role.
    fn role(mut self, role: &RoleProof) -> String {
        self.heading(role);
        self.sufficient(role);
        self.contained(role);
        self.minimal(role);
        self.compared(role);
        self.sizes(role);
        self.text
    }

    fn assumed(&mut self, assumption: &str) {
        self.both(1, &say!("assumed: {assumption}", "前提: {assumption}"));
    }

    fn heading(&mut self, role: &RoleProof) {
        let (system, statement, name) = (&role.outcome.system, &role.outcome.statement, &role.outcome.role);
        self.both(0, &say!("{system}: backup {statement}, role {name}", "{system}: backup {statement}、ロール {name}"));
        if let Some(first) = role.outcome.alike.first() {
            let said = match role.outcome.alike.len() - 1 {
                0 => {
                    say!("the same, names apart, holds for {first}", "名前を除いて、{first} にも同じことが成り立ちます")
                }
                more => say!(
                    "the same, names apart, holds for {first} and {more} more",
                    "名前を除いて、{first} とほか {more} 件にも同じことが成り立ちます"
                ),
            };
            self.both(1, &said);
        }
        for assumption in &role.assumptions {
            self.assumed(assumption.get(self.language));
        }
        self.blank();
    }

    /// The calls by step, and within a step by the statements that allow them.
    fn sufficient(&mut self, role: &RoleProof) {
        let (calls, failing) = (role.calls.len(), role.calls.iter().filter(|call| !call.allowed).count());
        let said = match failing {
            0 => say!("sufficient: {calls} calls, all allowed", "充足: {calls} 件の呼び出し、すべて許可"),
            _ => say!(
                "sufficient: {calls} calls, {failing} NOT ALLOWED",
                "充足: {calls} 件の呼び出しのうち {failing} 件が許可されていません"
            ),
        };
        self.both(1, &said);
        self.allowed(role);
        for call in role.calls.iter().filter(|call| !call.allowed) {
            let (action, on) = (&call.call.request.action, call.call.request.resources.join(", "));
            self.both(2, &say!("NOT ALLOWED: {action} on {on}", "許可なし: {on} への {action}"));
            self.say(3, call.why.get(self.language));
            self.what_to_write(self.pick(DEFECT));
        }
        self.blank();
    }

    fn allowed(&mut self, role: &RoleProof) {
        let groups = groups(role, self.sources);
        let width = |column: usize| {
            let cells = groups.iter().flat_map(|(_, _, rows)| rows).filter_map(|row| row.get(column));
            cells.map(|cell| cell.width()).max().unwrap_or(0)
        };
        let [action, resource] = [width(0), width(1)];
        let mut step = None;
        for (begins, by, rows) in &groups {
            if step != Some(*begins) {
                step = Some(*begins);
                self.say(2, self.pick(begins.words()));
            }
            self.both(3, &say!("allowed by {by}", "許可: {by}"));
            for row in rows {
                self.row(row, [action, resource]);
            }
        }
    }

    /// A call on one line, or, where that is too wide, what it is on and why below it.
    fn row(&mut self, [action, on, why]: &Row, widths: [usize; 2]) {
        let cells = format!("        {}  {}  {why}", padded(action, widths[0]), padded(on, widths[1]));
        if cells.trim_end().width() <= self.columns.table {
            let _ = writeln!(self.text, "{}", cells.trim_end());
            return;
        }
        for (steps, cell) in [(4, action), (5, on), (5, why)] {
            if !cell.is_empty() {
                self.say(steps, cell);
            }
        }
    }

    fn what_to_write(&mut self, cure: &str) {
        self.both(3, &say!("what to write: {cure}", "対処: {cure}"));
    }

    fn contained(&mut self, role: &RoleProof) {
        let (calls, failing) = (role.forbidden.len(), role.forbidden.iter().filter(|call| call.allowed).count());
        let said = match failing {
            0 => say!("contained: {calls} calls, all refused", "限定: {calls} 件の呼び出し、すべて拒否"),
            _ => say!(
                "contained: {calls} calls, {failing} ALLOWED",
                "限定: {calls} 件の呼び出しのうち {failing} 件が許可されています"
            ),
        };
        self.both(1, &said);
        for (what, lines) in refusals(role, self.language) {
            self.say(2, self.pick(what));
            for (action, why, count) in lines {
                self.say(3, format!("{action} ({count}): {why}"));
            }
        }
        self.wrongly_allowed(role);
        self.blank();
    }

    fn wrongly_allowed(&mut self, role: &RoleProof) {
        let allowed: Vec<_> = role.forbidden.iter().filter(|call| call.allowed).collect();
        for (index, call) in allowed.iter().enumerate() {
            let (what, request) = (call.call.what, &call.call.request);
            let by: Vec<&str> = call.by.iter().map(|(_, sid)| sid.as_str()).collect();
            let (on, by, action) = (request.resources.join(", "), by.join(" + "), &request.action);
            let said = self.pick(what);
            self.both(
                2,
                &say!("ALLOWED: {said}: {action} on {on} by {by}", "許可あり: {said}: {by} による {on} への {action}"),
            );
            if allowed.get(index + 1).is_none_or(|next| next.call.what != what || cure(next) != cure(call)) {
                self.what_to_write(self.pick(cure(call)));
            }
        }
    }

    fn minimal(&mut self, role: &RoleProof) {
        let (tried, failing) = (role.minimality.tried, role.minimality.superfluous.len());
        let said = match (tried, failing) {
            (0, _) => say!("minimal: {}", "最小: {}", self.pick(NO_PARTS)),
            (_, 0) => say!(
                "minimal: each of {tried} parts is needed: without any one of them a verdict changes",
                "最小: {tried} 個の要素はどれも必要です。1 つでも除くと判定が変わります"
            ),
            _ => say!(
                "minimal: {failing} of {tried} parts are SUPERFLUOUS",
                "最小: {tried} 個の要素のうち {failing} 個が余分です"
            ),
        };
        self.both(1, &said);
        for removal in &role.minimality.superfluous {
            let (what, cure) = superfluous(role, removal);
            self.both(2, &say!("SUPERFLUOUS: {}", "余分: {}", what.get(self.language)));
            self.what_to_write(cure.get(self.language));
        }
        self.blank();
    }

    fn compared(&mut self, role: &RoleProof) {
        let figures = figures(role.figures, self.language);
        self.both(1, &say!("compared: {figures}", "比較: {figures}"));
        for other in &INSTEAD {
            let figures = self::figures(other.figures, self.language);
            self.say(2, format!("{} {} ({}): {figures}", other.name, other.version, other.updated));
        }
        self.blank();
    }

    fn sizes(&mut self, role: &RoleProof) {
        self.say(1, self.language.say("sizes, in characters as IAM counts them", "サイズ(IAM の数え方による文字数)"));
        for size in role.policies.iter().filter(|size| size.policy.kind.is_emitted()) {
            let (name, characters, limit) = (&size.policy.name, size.characters, size.limit);
            self.both(2, &say!("{name}: {characters} of {limit}", "{name}: {characters}(上限 {limit})"));
        }
        self.blank();
    }
}

/// How many things are wrong with a role, kind by kind.
fn failures(role: &Outcome, language: Language) -> Vec<String> {
    let counts = [
        (role.not_allowed, Sentence::new("not allowed and must be", "件は必要なのに許可されていない")),
        (role.let_in, Sentence::new("allowed and must not be", "件は許可してはならないのに許可されている")),
        (role.superfluous, Sentence::new("superfluous", "個は余分")),
        (role.too_long, Sentence::new("too long", "個は長すぎる")),
    ];
    let said = counts.iter().filter(|(count, _)| *count > 0);
    said.map(|(count, what)| format!("{count} {}", language.pick(*what))).collect()
}

fn figures(figures: Figures, language: Language) -> String {
    let Figures { statements, on_any_resource: any, actions, services } = figures;
    language.say(
        format!("{statements} statements, {any} on any resource, {actions} actions of {services} services"),
        format!(
            "ステートメント {statements} 個(うち全リソース対象 {any} 個)、{services} サービスのアクション {actions} 個"
        ),
    )
}
