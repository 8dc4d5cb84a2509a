//! What was proved, for people and for machines.

mod grouped;
mod json;
mod text;

pub use json::json;
pub use text::text;

use super::{Forbidden, Judged, Removable, Removal, RoleProof};
use crate::lower::ADMINISTER_KEY;
use crate::text::{Sentence, Text, say};

/// A part that could be taken away, in words, and what to write.
fn superfluous(role: &RoleProof, removal: &Removal) -> (Text, Text) {
    let policy = role.policies.get(removal.policy);
    let sid = policy
        .and_then(|policy| policy.policy.document.statements.get(removal.statement))
        .and_then(|statement| statement.sid.as_deref());
    let policy = policy.map_or("", |policy| policy.policy.name.as_str());
    let place = sid.map_or_else(
        || say!("the statement of {policy}", "{policy} のステートメント"),
        |sid| say!("{sid} of {policy}", "{policy} の {sid}"),
    );
    let (name, cure) = match &removal.part {
        Removable::Principal(name) => (
            name,
            say!(
                "take {name} out of `admin`: the policy lets it in already, under another name or as the account",
                "`admin` から {name} を外してください。別名またはアカウントとして、すでに許可されています"
            ),
        ),
        Removable::Action(name)
        | Removable::Resource(name)
        | Removable::ConditionValue(_, name)
        | Removable::Condition(name) => (name, cure_of_superfluous(role, removal).into()),
    };
    (Text { en: format!("{name} in {}", place.en), ja: format!("{} の {name}", place.ja) }, cure)
}

fn cure_of_superfluous(role: &RoleProof, removal: &Removal) -> Sentence {
    if is_of_superfluous_principal(role, removal) {
        Sentence::new(
            "nobody needs this statement who is not let in already: see the administrator that is superfluous",
            "このステートメントを必要とする者は、すでに許可されています。余分な管理者の項を見てください",
        )
    } else if role.forbidden.iter().any(|call| call.allowed) {
        Sentence::new(
            "something else allows it too: mend first what is allowed and should not be",
            "ほかの箇所でも許可されています。許可してはならないものを先に直してください",
        )
    } else {
        DEFECT
    }
}

/// What to do where only drc can be wrong.
const DEFECT: Sentence = Sentence::new(
    "this is a defect of drc; please report it with this spec",
    "これは drc の不具合です。この定義を添えて報告してください",
);

/// Whether the statement goes with a principal that is superfluous itself.
fn is_of_superfluous_principal(role: &RoleProof, removal: &Removal) -> bool {
    role.minimality.superfluous.iter().any(|other| {
        matches!(other.part, Removable::Principal(_))
            && (other.policy, other.statement) == (removal.policy, removal.statement)
    })
}

/// What to write where a call is allowed that should not be.
fn cure(call: &Judged<Forbidden>) -> Sentence {
    if call.by.iter().any(|(_, sid)| sid == ADMINISTER_KEY) {
        Sentence::new(
            "name somebody else than the role in `admin`: who makes backups should not be able to destroy their keys",
            "`admin` にはこのロール以外を指定してください。バックアップを作成する者が、そのキーを破壊できてはなりません",
        )
    } else {
        DEFECT
    }
}

/// Against what the policies are minimal.
const MINIMAL_AGAINST: Sentence = Sentence::new(
    "drc's table of the calls that AWS Backup makes, not what AWS does inside",
    "AWS Backup が行う呼び出しについての drc の表(AWS の内部動作ではありません)",
);

/// What a proof leaves open, whatever the spec.
const NOT_PROVED: [Sentence; 3] = [
    Sentence::new(
        "Minimal means: against drc's table of the calls that AWS Backup makes, not against what AWS does inside.",
        "「最小」とは、AWS Backup が行う呼び出しについての drc の表に対してであり、AWS の内部動作に対してではありません。",
    ),
    Sentence::new(
        "Not looked at: service control and resource control policies, permissions boundaries, session policies, and policies that others attach.",
        "対象外: サービスコントロールポリシー、リソースコントロールポリシー、アクセス許可の境界、セッションポリシー、ほかの人がアタッチしたポリシー。",
    ),
    Sentence::new(
        "A recovery point's ARN does not say of which resource it is: what the role may do with AWS Backup's recovery points of a kind, it may do with those of every resource of that kind in its regions.",
        "復旧ポイントの ARN からは、どのリソースのものか分かりません。ロールが AWS Backup の復旧ポイントに対して行えることは、対象リージョンにある同じ種類のすべてのリソースのものに対して行えます。",
    ),
];
