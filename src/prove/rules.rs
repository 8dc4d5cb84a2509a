//! The rule of the proof that every build runs.

use super::{Judged, ModelCall};
use crate::cfn::graph::Unknown;
use crate::diagnostic::Diagnostic;
use crate::rule::rule;
use crate::source::Span;

rule! {
    /// The policies that would be written do not allow a call that AWS Backup makes.
    ///
    /// ## Why
    ///
    /// Every build proves that the policies in its templates allow every call that drc knows of. A
    /// call that is not allowed would be a job that fails on the day it is needed, so nothing is
    /// written. No spec is known that fires this rule: it is a defect of drc, or a limit that no
    /// other rule knows. Please report it with the spec that shows it.
    E0405 "insufficient-policy" Error Language ""
    "出力しようとしたポリシーでは、AWS Backup が行う呼び出しの一部が許可されません。"
    "ビルドのたびに、drc の把握しているすべての呼び出しがテンプレートのポリシーで許可されることを証明しています。許可されない呼び出しがあれば、必要になった日にジョブが失敗するため、何も書き出しません。このルールに該当する定義ファイルは知られていません。drc の不具合か、ほかのルールで扱っていない上限です。該当した定義ファイルを添えて報告してください。"
}

/// A call that is not allowed.
pub(super) fn insufficient(call: &Judged<ModelCall>, statement: Span) -> Diagnostic {
    let request = &call.call.request;
    let clause = call.call.clauses.first();
    let span = clause.map_or(statement, |clause| clause.span);
    let words = clause.map_or("", |clause| &clause.words);
    let resource = request.resources.first().map_or("*", String::as_str);
    E0405
        .at(span, format!("the policies do not allow {} on {resource}, which `{words}` needs", request.action))
        .label(format!("needed to {}", call.call.step.words().en))
        .help(call.why.en.clone())
        .help("this is a defect of drc; please report it with this spec")
}

/// Templates whose policies depend on something that nobody can know.
pub(super) fn unresolved(error: &Unknown, span: Span) -> Diagnostic {
    E0405
        .at(span, format!("the templates of this statement cannot be proved: {error}"))
        .help("this is a defect of drc; please report it with this spec")
}
