//! The calls of the model with one of their resources changed, which must be refused: what a
//! permission that reaches further than the spec says would let through.

use super::battery::{Forbidden, other_resource, restore_patterns, stranger};
use super::model::{ModelCall, Occasion, distinct};
use super::request::component;
use super::site::DeployedStatement;
use crate::aws::arn;
use crate::aws::region::{REGIONS, Region};
use crate::kind::call::{Circumstance, Thing};
use crate::kind::{ArnForm, Kind};
use crate::policy::glob::includes;
use crate::spec::Group;
use crate::text::Sentence;

/// Another resource in the place of one, with what that is.
type Other = (Sentence, String);

/// Every call of a role with each of its resources changed in turn.
pub(super) fn variations(deployed: &DeployedStatement<'_>, model: &[ModelCall]) -> Vec<Forbidden> {
    let third = third_region(deployed);
    let mut all = Vec::new();
    for call in model.iter().filter(|call| matches!(call.step, Occasion::Stage(_))) {
        for (at, resource) in call.request.resources.iter().enumerate() {
            for (what, other) in others(resource, call, deployed, third) {
                let mut request = call.request.clone();
                if let Some(changed) = request.resources.get_mut(at) {
                    *changed = other;
                }
                all.push(Forbidden { what, request });
            }
        }
    }
    distinct(all, |one, other| one.request.cmp(&other.request))
}

/// A region that the statement does not use; where it uses all of its partition, one that might come.
fn third_region(deployed: &DeployedStatement<'_>) -> &'static str {
    let is_third = |region: &&Region| {
        region.partition == deployed.source.region.partition
            && deployed.sites().all(|site| site.region.code != region.code)
    };
    REGIONS.iter().find(is_third).map_or("elsewhere-1", |region| region.code)
}

/// What a resource must not be replaced by.
fn others(resource: &str, call: &ModelCall, deployed: &DeployedStatement<'_>, third: &str) -> Vec<Other> {
    let (Some(service), Some(region), Some(account), Some(name)) =
        (component(resource, 2), component(resource, 3), component(resource, 4), component(resource, 5))
    else {
        // Everything, of which there is no other.
        return Vec::new();
    };
    let arn = |region: &str, account: &str, name: &str| arn::arn([deployed.partition, service, region, account, name]);
    let elsewhere = if service == "kms" {
        Sentence::new("another account's key", "別のアカウントのキー")
    } else {
        Sentence::new("the same call in another account", "別のアカウントでの同じ呼び出し")
    };
    let mut all = vec![
        (elsewhere, arn(region, stranger(deployed), name)),
        (
            Sentence::new("the same call in a third region", "無関係なリージョンでの同じ呼び出し"),
            arn(third, account, name),
        ),
    ];
    all.extend(lookalike(name, deployed).map(|other| {
        (
            Sentence::new("another kind of thing by the same name", "同じ名前を持つ別の種類のリソース"),
            arn(region, account, &other),
        )
    }));
    all.extend(other_names(name, call, deployed).into_iter().map(|(what, other)| (what, arn(region, account, &other))));
    all
}

/// The same name with another type of resource, one that no kind of the statement has.
fn lookalike(name: &str, deployed: &DeployedStatement<'_>) -> Option<String> {
    const EVERY: &[(&str, &str)] = &[("backup-vault:", "backup-plan:"), ("key/", "alias/")];
    let kinds = || deployed.statement.groups.iter().map(|group| group.kind);
    let is_used = |type_: &str| kinds().any(|kind| kind.refused.lookalikes.iter().any(|(own, _)| *own == type_));
    let mut all = EVERY.iter().chain(kinds().flat_map(|kind| kind.refused.lookalikes));
    all.find_map(|(own, other)| Some(format!("{other}{}", name.strip_prefix(own)?)).filter(|_| !is_used(other)))
}

/// Other names of the same type.
fn other_names(name: &str, call: &ModelCall, deployed: &DeployedStatement<'_>) -> Vec<Other> {
    let is_about = |thing| call.row.is_some_and(|row| row.on.iter().any(|on| on.0 == thing));
    if let Some(own) = name.strip_prefix("backup-vault:") {
        let unused = unused(own, |name| is_vault(name, deployed));
        let vault = |name: &str| (Sentence::new("another vault", "別のボールト"), format!("backup-vault:{name}"));
        return vec![vault("Default"), vault(&unused)];
    }
    if name.starts_with("key/") {
        // Any key may be looked at that has the alias of an AWS managed one.
        let any = call.row.is_some_and(|row| row.circumstance == Circumstance::ManagedKey);
        let other = |key| (Sentence::new("another key", "別のキー"), key);
        return if any { Vec::new() } else { other_keys(deployed).map(other).to_vec() };
    }
    let of_group = |group: &Group| {
        let (resource, points) = (group.kind.arns.resource, &group.kind.arns.points);
        let own = |before| name.strip_prefix(before);
        if let Some(own) = own(resource.before) {
            let any = is_about(Thing::AnyResource);
            return if any { Vec::new() } else { other_resources(own, call, group, deployed) };
        }
        if own(points.form.before).is_some() {
            let is_other =
                |other: &str| !is_about(Thing::AnyPoint) && !is_related(points.form, other, call, group.kind);
            let others = points.others.iter().filter(|(_, other)| is_other(other));
            return others.map(|(what, other)| (*what, [points.form.before, other].concat())).collect();
        }
        let mut others = other_settings(name, group.kind, deployed);
        others.extend(other_related(name, call));
        others
    };
    let is_of = |kind: &Kind| call.row.is_none_or(|row| kind.calls().any(|other| std::ptr::eq(row, other)));
    deployed.statement.groups.iter().filter(|group| is_of(group.kind)).flat_map(of_group).collect()
}

/// Something else of a type that a call is about beside resources and points, where it is not about any.
fn other_related(name: &str, call: &ModelCall) -> Option<Other> {
    const WHAT: Sentence = Sentence::new("something else of the same type", "同じ種類の別のもの");
    let related = call.row?.on.iter().find_map(|on| {
        let Thing::Related(related) = on.0 else { return None };
        name.starts_with(related.arn.before).then_some(related)
    })?;
    let other = [related.arn.before, "somebody-elses"].concat();
    (!includes(related.pattern, "somebody-elses")).then_some((WHAT, other))
}

/// Whether the action of a call may be about something of that name, which the kind's service has.
fn is_related(form: ArnForm, name: &str, call: &ModelCall, kind: &Kind) -> bool {
    let rows = kind.calls().filter(|row| row.action == call.request.action);
    let mut things = rows.flat_map(|row| row.on).map(|on| on.0);
    things
        .any(|thing| matches!(thing, Thing::Related(related) if related.arn == form && includes(related.pattern, name)))
}

/// Resources of a kind that the call is not about.
fn other_resources(own: &str, call: &ModelCall, group: &Group, deployed: &DeployedStatement<'_>) -> Vec<Other> {
    let before = group.kind.arns.resource.before;
    let mut all = vec![(group.kind.refused.another, [before, &other_resource(group, deployed)].concat())];
    let siblings = siblings(own, call, group, deployed);
    all.extend(siblings.map(|name| (group.kind.refused.sibling, [before, &name].concat())));
    all
}

/// Groups and the like that nobody chose for a restore.
fn other_settings(name: &str, kind: &Kind, deployed: &DeployedStatement<'_>) -> Vec<Other> {
    let restores = || deployed.sites().filter_map(|site| site.restoring(kind));
    let is_narrow = |word: Option<&str>| match word {
        Some(word) => restores().all(|restoring| restoring.restore.settings.contains_key(word)),
        None => true,
    };
    let settings = kind.restore.iter().filter(|setting| is_narrow(setting.word));
    let others = settings.filter_map(|setting| {
        let own = name.strip_prefix(setting.arn.before)?;
        let other = if setting.word.is_some() { unused(own, |_| false) } else { "my-options".to_owned() };
        Some((setting.other?, [setting.arn.before, &other].concat()))
    });
    others.collect()
}

/// Resources whose names begin as that of one of the statement's, unless the call may be about any such name, since
/// restores make them.
fn siblings(
    own: &str,
    call: &ModelCall,
    group: &Group,
    deployed: &DeployedStatement<'_>,
) -> impl Iterator<Item = String> {
    let action = &call.request.action;
    let is_restored = |row: &crate::kind::call::Call| row.on.iter().any(|on| on.0 == Thing::Restored);
    let restores = group.kind.calls().any(|row| row.action == action && is_restored(row));
    let is_protected = |name: &String| group.names.iter().any(|known| known.node == *name);
    let first: String = own.chars().take(1).collect();
    let names = [own.to_owned(), format!("{own}x"), format!("{first}-of-somebody-else")];
    let names = names.map(|name| unused(&name, is_protected));
    let patterns = if restores { restore_patterns(group, deployed) } else { Vec::new() };
    names.into_iter().filter(move |name| !patterns.iter().any(|pattern| includes(pattern, name)))
}

/// A longer name that is not in use.
fn unused(name: &str, is_used: impl Fn(&String) -> bool) -> String {
    let mut longer = (2..).map(|number| format!("{name}-{number}"));
    longer.find(|name| !is_used(name)).unwrap_or_default()
}

fn is_vault(name: &str, deployed: &DeployedStatement<'_>) -> bool {
    deployed.sites().any(|site| site.vault == name)
}

/// Keys that the statement has nothing to do with, one of them a multi-Region key.
fn other_keys(deployed: &DeployedStatement<'_>) -> [String; 2] {
    let is_used = |name: &str| deployed.keys().iter().any(|key| component(&key.arn, 5) == Some(name));
    let unused =
        |names: [&'static str; 2]| names.into_iter().find(|name| !is_used(name)).unwrap_or_default().to_owned();
    [
        unused(["key/ffffffff-eeee-4ddd-8ccc-bbbbbbbbbbbb", "key/eeeeeeee-eeee-4ddd-8ccc-bbbbbbbbbbbb"]),
        unused(["key/mrk-ffffffffeeee4ddd8cccbbbbbbbbbbbb", "key/mrk-eeeeeeeeeeee4ddd8cccbbbbbbbbbbbb"]),
    ]
}
