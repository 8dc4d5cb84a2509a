//! What a procedure is for: the resources of a kind that one place backs up, and the places that they come back at.

use std::collections::BTreeMap;

use super::loss::{self, Loss};
use super::night;
use super::text::{Text, say};
use super::{label, name};
use crate::analysis::Analyses;
use crate::aws::arn;
use crate::kind::steps::{AskedSetting, Restorable, Steps};
use crate::kind::{Encryption, Kind};
use crate::queue::Waiting;
use crate::spec::destination::FormerDestination;
use crate::spec::{Group, KeyName, Place, ResourceKey, Restore, Retention, Role, Statement, System};
use crate::text::Language;
use crate::time::coverage::Coverage;
use crate::time::plan::Where;

/// The resources of a kind that are backed up from one place.
pub(super) struct Scope<'a> {
    /// The system.
    pub(super) system: &'a System,
    /// Their kind.
    pub(super) kind: &'static Kind,
    /// The letters of the section of the night that restores from recovery points.
    pub(super) label: String,
    /// Those of the one that restores from the service's own backups, where there is one.
    pub(super) own_label: Option<String>,
    /// Those of the section before the day.
    pub(super) before_label: String,
    /// Those of the section about what is to do after a restore where they live.
    pub(super) after_label: String,
    /// Where they come back: the places with copies, then where they live, then where copies were made once.
    pub(super) sites: Vec<Site<'a>>,
}

/// A place with recovery points of some resources.
pub(super) struct Site<'a> {
    /// Region, vault and key.
    pub(super) place: &'a Place,
    /// What it is to the resources.
    pub(super) role: SiteRole<'a>,
    /// The resources, ordered by name.
    pub(super) rows: Vec<Row<'a>>,
}

/// What a place is to resources.
#[derive(Clone, Copy)]
pub(super) enum SiteRole<'a> {
    /// Copies are made there.
    Destination,
    /// They live there.
    Source,
    /// Copies were made there once.
    Former(&'a FormerDestination),
}

/// A resource at a place.
pub(super) struct Row<'a> {
    /// Its name.
    pub(super) name: &'a str,
    /// The statement that backs it up.
    pub(super) statement: &'a Statement,
    /// What may be restored there; nothing, where that is none.
    pub(super) restore: Option<&'a Restore>,
    /// How long its recovery points are kept there, where the spec says.
    pub(super) keep: Option<Retention>,
    /// What is guaranteed there.
    pub(super) coverage: Option<&'a Coverage>,
    /// What its copies meet on their way there.
    pub(super) waiting: Option<Waiting>,
}

/// What is added to a resource's name in the night.
const RESTORED: &str = "-restored";

/// What is added to a resource's name in a drill.
const DRILL: &str = "-drill";

/// The scopes of a system, by kind and place.
pub(super) fn scopes<'a>(system: &'a System, known: &'a Analyses<'_>) -> Vec<Scope<'a>> {
    let mut found: BTreeMap<_, Vec<(&Statement, &Group)>> = BTreeMap::new();
    for statement in &system.statements {
        for group in &statement.groups {
            // Where nothing may be restored, other steps are taken.
            let key = (group.kind.rank(), statement.source.identity(), group.restores.is_empty());
            found.entry(key).or_default().push((statement, group));
        }
    }
    found.into_values().filter_map(|groups| scope(system, &groups, known)).collect()
}

/// Gives the sections of the night and of the two parts behind it their letters; the first is not of any scope.
pub(super) fn label(scopes: &mut [Scope<'_>]) {
    let mut letters = (1..).map(label::letters);
    for scope in &mut *scopes {
        scope.label = letters.next().unwrap_or_default();
        scope.own_label = scope.steps().own_backups.as_ref().and_then(|_| letters.next());
    }
    for scope in &mut *scopes {
        scope.before_label = letters.next().unwrap_or_default();
    }
    for scope in scopes {
        let (source, copies) = (scope.source().is_some(), scope.copies().next().is_some());
        if source && copies {
            letters.next();
        }
        scope.after_label = if source { letters.next().unwrap_or_default() } else { String::new() };
    }
}

fn scope<'a>(system: &'a System, groups: &[(&'a Statement, &'a Group)], known: &'a Analyses<'_>) -> Option<Scope<'a>> {
    let kind = groups.first()?.1.kind;
    let mut sites: BTreeMap<_, Site<'a>> = BTreeMap::new();
    for (statement, group) in groups {
        let destinations = statement.destinations().map(|destination| {
            let role = destination.former.map_or(SiteRole::Destination, SiteRole::Former);
            (destination.place, role)
        });
        let mut places: BTreeMap<_, (&Place, SiteRole<'_>)> = BTreeMap::new();
        for (place, role) in std::iter::once((&statement.source, SiteRole::Source)).chain(destinations) {
            places.entry(place.identity()).or_insert((place, role));
        }
        for (key, (place, role)) in places {
            let site = sites.entry(key).or_insert_with(|| Site { place, role, rows: Vec::new() });
            if role.rank() < site.role.rank() {
                site.role = role;
            }
            site.rows.extend(group.names.iter().map(|name| row(&name.node, statement, group, (place, role), known)));
        }
    }
    let mut sites: Vec<Site<'_>> = sites.into_values().collect();
    sites.sort_by_key(|site| site.role.rank());
    for site in &mut sites {
        site.rows.sort_by_key(|row| row.name);
    }
    Some(Scope {
        system,
        kind,
        label: String::new(),
        own_label: None,
        before_label: String::new(),
        after_label: String::new(),
        sites,
    })
}

fn row<'a>(
    name: &'a str,
    statement: &'a Statement,
    group: &'a Group,
    (place, role): (&'a Place, SiteRole<'a>),
    known: &'a Analyses<'_>,
) -> Row<'a> {
    let of_rules = || statement.rules.iter().map(|rule| rule.keep.value).max();
    let copies = || statement.copies().filter(|copy| copy.place.identity() == place.identity());
    let (keep, at) = match role {
        SiteRole::Source => (of_rules(), Where::Source),
        SiteRole::Destination => (copies().map(|copy| copy.keep.value).max(), Where::Copy(statement.place_name(place))),
        SiteRole::Former(former) => {
            (former.keep.as_ref().map(|keep| keep.value), Where::Copy(statement.place_name(place)))
        }
    };
    let coverage = known.get(statement).map_or(&[][..], |figures| figures.coverage.as_slice());
    Row {
        name,
        statement,
        restore: group.restores.get(place.region.node.code),
        keep: keep.or_else(of_rules),
        coverage: coverage.iter().find(|(known, _)| *known == at).map(|(_, coverage)| coverage),
        waiting: known.queues().waiting(statement, &at),
    }
}

impl SiteRole<'_> {
    fn rank(self) -> u8 {
        match self {
            Self::Destination => 0,
            Self::Source => 1,
            Self::Former(_) => 2,
        }
    }
}

impl<'a> Scope<'a> {
    /// Where the resources live.
    pub(super) fn source(&self) -> Option<&Site<'a>> {
        self.sites.iter().find(|site| matches!(site.role, SiteRole::Source))
    }

    /// The places with copies.
    pub(super) fn copies(&self) -> impl Iterator<Item = &Site<'a>> {
        self.sites.iter().filter(|site| !matches!(site.role, SiteRole::Source))
    }

    /// What to do first where a new resource takes the very name of the old one.
    pub(super) fn same_name(&self) -> Option<Text> {
        let rows = &self.source()?.rows;
        self.steps().rename.as_ref()?;
        rows.iter().find(|row| row.restore.is_some() && row.restored(self.kind) == row.name)?;
        Some(say!(
            "At the source a new one takes the very name of the old one. Where the old one is still there, move it aside just before the step that makes the new one (\"The way back, and afterwards\").",
            "ソースでは、新しいものに古いものと同じ名前が付きます。古いものが残っている場合は、新しいものを作成する手順の直前に、古いものの名前を変更してください(「復帰と、その後の作業」)。"
        ))
    }

    /// The steps of the kind.
    pub(super) fn steps(&self) -> &'static Steps {
        &self.kind.runbook
    }

    /// Whether anything may be restored anywhere.
    pub(super) fn restores(&self) -> bool {
        self.sites.iter().any(Site::restores)
    }

    /// The number of the step of the night that enters a place.
    pub(super) fn enter(&self, site: &Site<'_>) -> String {
        let index = self.sites.iter().position(|other| std::ptr::eq(other, site)).unwrap_or_default();
        label::place(&self.label, index, self.sites.len())
    }

    /// The numbers of the steps of the night that enter places.
    pub(super) fn enter_all(&self) -> Text {
        Text::listed(&self.sites.iter().map(|site| self.enter(site)).collect::<Vec<_>>())
    }

    /// The numbers of the steps of the night that enter places with copies, of which one is done.
    pub(super) fn enter_copies(&self) -> Text {
        let numbers: Vec<Text> =
            self.copies().map(|site| self.enter(site)).map(|number| say!("{number}", "{number}")).collect();
        Text::either(&numbers)
    }

    /// The number of the step of the night that leaves a mark at each place.
    pub(super) fn step(&self, mark: &str) -> String {
        let label = &self.label;
        let number = night::steps(self).iter().position(|step| step.mark == Some(mark));
        number.map_or_else(|| label.clone(), |number| format!("{label}{}", number + 2))
    }

    /// The account, where it is known.
    pub(super) fn account(&self) -> Option<&'a str> {
        self.system.known_account()
    }

    /// The kind and the region in which its resources live.
    pub(super) fn title(&self) -> Text {
        let words = &self.kind.words;
        let names = self.source().map_or(&[][..], |site| &site.rows);
        let one = words.of(names.len());
        let (many, many_ja) = (capital(one.en), one.ja);
        let of = |language: Language| {
            let names: Vec<&str> = names.iter().map(|row| row.name).collect();
            language.first(NAMED, &names)
        };
        let (en, ja) = (of(Language::English), of(Language::Japanese));
        let region = self.source().map(|site| site.place.region.node);
        let (region, region_ja) = region.map_or(("", ""), |region| (region.name, region.name_ja));
        say!("{many} {en} of {region}", "{region_ja}の{many_ja} {ja}")
    }

    /// ARN of a resource of the kind, up to its name, in a region.
    pub(super) fn arns(&self, region: &str) -> String {
        let form = self.kind.arns.resource;
        self.arn(form.service, region, form.before)
    }

    /// An ARN in this system's partition and account, which is from the shell where the spec does not say it.
    pub(super) fn arn(&self, service: &str, region: &str, resource: &str) -> String {
        let partition = self.source().map_or("aws", |site| site.place.region.node.partition.id());
        let account = self.account().unwrap_or("${ACCOUNT}");
        arn::arn([partition, service, region, account, resource])
    }

    /// ARN of a statement's role.
    pub(super) fn role_arn(&self, statement: &Statement) -> String {
        match &statement.role.value {
            Role::Made(name) => self.arn("iam", "", &format!("role/{name}")),
            Role::Existing(arn) => arn.as_str().to_owned(),
        }
    }

    /// The folder of a place, below that of the system.
    pub(super) fn folder(&self, site: &Site<'_>) -> String {
        let (system, word) = (&self.system.name.value, self.kind.words.word);
        let none = if self.restores() { "" } else { "-no-restore" };
        format!("drc-{system}/{word}{none}/{}/{}", site.code(), site.vault())
    }

    /// What the new resource's key is at a place: nothing where that of the vault is named; empty where none is named
    /// and the recovery point decides. At the source it is the one that the resources had, if the spec says which. A
    /// recovery point under the key of its vault does not know that one when it was copied back, so the vault's is named.
    pub(super) fn key(&self, site: &Site<'_>, row: &Row<'_>) -> Option<String> {
        let is_source = matches!(site.role, SiteRole::Source);
        let is_copied_back = self.kind.encryption == Encryption::OfVault && self.copies().next().is_some();
        match &row.statement.resource_key {
            ResourceKey::Written(key) if is_source => Some(match &key.value {
                KeyName::Existing(arn) => arn.as_str().to_owned(),
                KeyName::Made(name) => format!("alias/{name}"),
            }),
            ResourceKey::Unknown if is_source && !is_copied_back => Some(String::new()),
            ResourceKey::Written(_) | ResourceKey::Unknown => None,
        }
    }

    /// The settings that the spec leaves open for a resource at a place.
    pub(super) fn open_settings(&self) -> impl Iterator<Item = &'static AskedSetting> {
        let known = |setting: &AskedSetting| {
            let mut rows = self.sites.iter().flat_map(|site| &site.rows);
            setting.word.is_some_and(|word| rows.all(|row| row.setting(word).is_some()))
        };
        self.steps().settings.iter().filter(move |setting| !known(setting))
    }
}

/// How many resources are named before the rest are counted.
pub(super) const NAMED: usize = 4;

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

impl<'a> Site<'a> {
    /// Code of the region.
    pub(super) fn code(&self) -> &'static str {
        self.place.region.node.code
    }

    /// Name of the vault.
    pub(super) fn vault(&self) -> &'a str {
        self.place.vault.value.name()
    }

    /// The region by name and code.
    pub(super) fn region(&self) -> Text {
        let region = self.place.region.node;
        let (code, name, name_ja) = (region.code, region.name, region.name_ja);
        say!("{name} ({code})", "{name_ja}({code})")
    }

    /// Whether anything may be restored there.
    pub(super) fn restores(&self) -> bool {
        self.rows.iter().any(|row| row.restore.is_some())
    }

    /// What is lost at worst where one goes on there.
    pub(super) fn loss(&self) -> Loss {
        loss::worst(self.rows.iter().map(|row| row.coverage))
    }
}

impl Row<'_> {
    /// The name that it comes back under.
    pub(super) fn restored(&self, kind: &Kind) -> String {
        self.renamed(kind, RESTORED)
    }

    /// The name that a drill gives it; none, where the role may give no name but that of the one that runs, or of the one
    /// that comes back in the night.
    pub(super) fn drill(&self, kind: &Kind) -> Option<String> {
        let name = self.renamed(kind, DRILL);
        self.restore.filter(|_| name != self.name && name != self.restored(kind))?;
        Some(name)
    }

    fn renamed(&self, kind: &Kind, suffix: &str) -> String {
        let pattern = self.restore.map_or("<name>*", |restore| &restore.pattern.value).replace("<name>", self.name);
        name::restored(kind.name, &pattern, self.name, suffix)
    }

    /// What the spec says of a setting.
    pub(super) fn setting(&self, word: &str) -> Option<&str> {
        self.restore?.settings.get(word).map(|name| name.value.as_str())
    }
}

/// What a restore may make, as a kind sees it.
pub(super) fn restorable(restore: &Restore) -> Restorable<'_> {
    Restorable {
        patterns: &restore.patterns,
        settings: restore.settings.iter().map(|(word, name)| (*word, name.value.as_str())).collect(),
    }
}
