//! What CloudFormation refuses, why, and by which steps it can be done all the same.

use std::collections::{BTreeMap, BTreeSet};

use super::deployed::StackId;
use super::points::Sides;
use super::report::{Address, Item, Subject, Verdict};
use super::resource::Resource;
use super::resources;
use super::update::{Action, HeldExport, Refusal};
use crate::text::{Text, say};

/// Everything that is refused; what is refused for one reason in a stack is said once.
pub(super) fn items(sides: &Sides<'_, '_>) -> Vec<Item> {
    let mut items: Vec<Item> = sides.update.held.iter().map(held).collect();
    let mut taken: BTreeMap<(&StackId, &StackId), Vec<String>> = BTreeMap::new();
    for change in &sides.update.resources {
        let (Action::Refused(refusal), Some(new)) = (&change.action, change.new) else { continue };
        let Some(resource) = sides.new.resources.get(new) else { continue };
        if let Refusal::NameTaken(holder) = refusal {
            let holder = sides.old.resources.get(*holder).and_then(|resource| sides.old.stack(resource));
            if let Some(stacks) = sides.new.stack(resource).zip(holder) {
                taken.entry(stacks).or_default().push(resource.name());
            }
        } else {
            items.extend(of_resource(refusal, resource, &sides.new.address(resource)));
        }
    }
    items.extend(taken.into_iter().map(|((stack, holder), names)| name_taken(sides, stack, holder, &names)));
    items
}

/// The stacks whose update is refused.
pub(super) fn stacks<'s>(sides: &'s Sides<'_, '_>) -> BTreeSet<&'s StackId> {
    let refused = sides.update.resources.iter().filter(|change| matches!(change.action, Action::Refused(_)));
    let refused = refused.filter_map(|change| sides.new.stack(sides.new.resources.get(change.new?)?));
    refused.chain(sides.update.held.iter().map(|export| &export.stack)).collect()
}

/// Exports that others hold.
fn held(export: &HeldExport) -> Item {
    let (names, stack, region) = (export.names.join(", "), &export.stack.name, export.stack.region);
    let importers: Vec<&str> = export.imported_by.iter().map(|stack| stack.name.as_str()).collect();
    let importers = importers.join(", ");
    let text = say!(
        "CloudFormation refuses the update of stack {stack} in {region}: it would drop or change exports ({names}) that {importers} imports",
        "{region} のスタック {stack} の更新は CloudFormation に拒否されます。{importers} がインポートしているエクスポート ({names}) は、なくすことも変えることもできません"
    );
    let item = Item::new(Verdict::Look, Subject::Resource(Address::of(&export.stack)), text);
    if export.importers_first {
        return item
            .step(say!(
                "deploy {importers} alone first: it no longer imports them",
                "先に {importers} だけをデプロイします。新しいテンプレートではインポートしなくなります"
            ))
            .step(say!("then deploy the rest in order", "その後、残りを順にデプロイします"));
    }
    item.step(say!(
            "leave what exports {names} as it is and add the new beside it under another name, so that {importers} can change first",
            "{names} をエクスポートしているものはそのまま残し、新しいものを別の名前で追加します。こうすると {importers} を先に変更できます"
        ))
        .step(say!(
            "or give the system another name: new stacks are made beside the old ones, which stay until their recovery points have expired",
            "または、システムに別の名前を付けます。新しいスタックが別に作られ、古いスタックは復旧ポイントが期限切れになるまで残ります"
        ))
}

fn of_resource(refusal: &Refusal, resource: &Resource<'_>, address: &Address) -> Option<Item> {
    let (name, stack, region) = (resource.name(), &address.stack, address.region);
    let item = |text: Text| Item::new(Verdict::Look, Subject::Resource(address.clone()), text);
    Some(match refusal {
        Refusal::Fixed(properties) => fixed(item, &properties.join(", "), &name, stack, region),
        Refusal::SameName(properties) => {
            let properties = properties.join(", ");
            item(say!(
                "CloudFormation refuses the update of stack {stack} in {region}: for another {properties} it would make {name} anew, and that name is taken by the one that exists",
                "{region} のスタック {stack} の更新は CloudFormation に拒否されます。{properties} を変えるには {name} を作り直す必要がありますが、その名前は既存のものが使っています"
            ))
            .step(say!(
                "give it another name as well, so that a new one is made beside it; the old one stays with what lies in it",
                "名前も変えて、別に新しく作ります。古いものは中身とともに残ります"
            ))
        }
        Refusal::OtherType(kind) => {
            let id = &resource.id;
            item(say!(
                "CloudFormation refuses the update of stack {stack} in {region}: {id} was of the type {kind}; give the new resource another logical id",
                "{region} のスタック {stack} の更新は CloudFormation に拒否されます。{id} の種類は {kind} でした。新しいリソースには別の論理 ID を付けてください"
            ))
        }
        Refusal::Exists => exists(item, &name, stack, region),
        Refusal::NameTaken(_) => return None,
    })
}

fn fixed(item: impl Fn(Text) -> Item, properties: &str, name: &str, stack: &str, region: &str) -> Item {
    item(say!(
        "AWS refuses the update of stack {stack} in {region}: {properties} of {name} can never change",
        "{region} のスタック {stack} の更新は AWS に拒否されます。{name} の {properties} は変更できません"
    ))
    .step(say!(
        "make another under a name of its own, and let new recovery points go under it",
        "別の名前でもう 1 つ作り、新しい復旧ポイントはそちらに作ります"
    ))
    .step(say!(
        "leave {name} until the last recovery point has expired under it",
        "{name} は、最後の復旧ポイントが期限切れになるまで残します"
    ))
}

fn exists(item: impl Fn(Text) -> Item, name: &str, stack: &str, region: &str) -> Item {
    item(say!(
        "CloudFormation refuses the update of stack {stack} in {region}: {name} exists already, and no stack makes it",
        "{region} のスタック {stack} の更新は CloudFormation に拒否されます。{name} はどのスタックにも属さずにすでに存在しています"
    ))
    .step(say!(
        "name it by its ARN, as before, or import it into stack {stack}: docs/retained-resources.md",
        "これまでどおり ARN で指定するか、スタック {stack} にインポートします (docs/retained-resources.ja.md)"
    ))
}

/// What would be made in a stack under names that resources of another have.
fn name_taken(sides: &Sides<'_, '_>, stack: &StackId, holder: &StackId, names: &[String]) -> Item {
    let is_left = sides.new.position(holder).is_none();
    let (names, of, name, region) = (names.join(", "), &holder.name, &stack.name, stack.region);
    let text = say!(
        "CloudFormation refuses the update of stack {name} in {region}: these exist already, from stack {of}: {names}",
        "{region} のスタック {name} の更新は CloudFormation に拒否されます。次のものはスタック {of} のものとしてすでにあります: {names}"
    );
    let item = Item::new(Verdict::Look, Subject::Resource(Address::of(stack)), text);
    let let_go = match (stack == holder, is_left) {
        (true, _) => {
            return item.step(say!(
                "leave them as they were called: within one deployment the old ones are still there",
                "これまでの呼び名のままにしてください。1 回のデプロイの間は、古いものがまだ残っています"
            ));
        }
        (false, true) if resources::is_kept(sides.old, holder) => say!(
            "delete stack {of} first, once no stack imports from it: what holds recovery points, and their keys and roles, stays without it",
            "どのスタックもインポートしなくなってから、先にスタック {of} を削除します。復旧ポイントを持つもの、そのキーやロールは削除後も残ります"
        ),
        (false, true) => say!(
            "give keys, vaults, roles and policies of stack {of} `DeletionPolicy: Retain`, deploy that, and then delete the stack",
            "スタック {of} のキー、ボールト、ロール、ポリシーに `DeletionPolicy: Retain` を付けてデプロイし、その後でスタックを削除します"
        ),
        (false, false) => say!(
            "deploy stack {of} first, so that it lets go of them; they stay",
            "先にスタック {of} をデプロイして手放させます。それら自体は残ります"
        ),
    };
    item.step(let_go).step(say!(
        "import them into stack {name}: docs/retained-resources.md",
        "それらをスタック {name} にインポートします (docs/retained-resources.ja.md)"
    ))
}
