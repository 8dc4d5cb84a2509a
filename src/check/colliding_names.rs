//! Two different things that would get one name, in one file or across files.

use std::collections::{BTreeMap, BTreeSet};

use crate::cfn::LogicalId;
use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::source::Span;
use crate::spec::{Chosen, Level, Part, Role, Spec, StackLayout, Statement, System, VaultName};

rule! {
    /// Two different things would get one name.
    ///
    /// ## Why
    ///
    /// Plans, roles, keys and vaults are known by their names in an account. Of two with the same name
    /// the second is refused, or, worse, changes the first. Names are compared over all files of the
    /// build.
    ///
    /// ## Example
    ///
    /// ```drspec,E0306
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d role AWSBackup-nightly
    /// backup cluster orders from ap-northeast-1 to ap-northeast-3 daily 02:00 JST keep 7d role AWSBackup-nightly
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d role AWSBackup-mydb
    /// backup cluster orders from ap-northeast-1 to ap-northeast-3 daily 02:00 JST keep 7d role AWSBackup-orders
    /// ```
    E0306 "colliding-names" Error Language ""
    "別々のものが同じ名前になります。"
    "プラン、ロール、キー、ボールトは、アカウント内で名前によって識別されます。同じ名前のものが 2 つあると、後から作る方が拒否されるか、さらに悪い場合には先に作った方を書き換えてしまいます。名前は、一緒にビルドするすべてのファイルを通して比較します。"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    let mut claims = Claims { names: BTreeMap::new(), reported: BTreeSet::new(), sink };
    for system in spec.systems.iter().filter(|system| !system.reported.contains(&Part::Names)) {
        claims.shared(system);
        let known = |statement: &&Statement| statement.knows(Part::Names) && statement.knows(Part::Source);
        for statement in system.statements.iter().filter(known) {
            claims.statement(system, statement);
        }
    }
}

/// One use of a name.
struct Claim<'a> {
    /// What must be unique: the kind of thing, the region where AWS knows one list for each, and
    /// the name as AWS compares it.
    identity: (&'static str, &'a str, String),
    /// Who uses it: two uses by one owner are one thing.
    owner: String,
    span: Span,
    level: Level,
    /// What is wrong if somebody else uses it too.
    message: String,
    /// What to do then.
    help: &'static str,
}

const ANOTHER_NAME: &str = "give one of the two another name";

/// How one of two statements comes to other names.
fn of_statement(level: Level) -> &'static str {
    if level.is_derived() {
        "give one of the two statements another name, `called NAME`: its plan, its role and its selection are named after it"
    } else {
        ANOTHER_NAME
    }
}

/// The names of all systems.
struct Claims<'a> {
    names: BTreeMap<(&'static str, &'a str, String), (String, Span)>,
    /// Pairs of owners of which something was said already.
    reported: BTreeSet<(String, String)>,
    sink: &'a mut Diagnostics,
}

impl<'a> Claims<'a> {
    fn claim(&mut self, claim: Claim<'a>) {
        let Some((first, other)) = self.names.get(&claim.identity) else {
            self.names.insert(claim.identity, (claim.owner, claim.span));
            return;
        };
        if *first == claim.owner {
            return;
        }
        let known = !self.reported.insert((first.clone(), claim.owner));
        // Derived names collide when what they are derived from does, which has been said.
        if known && claim.level.is_derived() {
            return;
        }
        self.sink.push(E0306.at(claim.span, claim.message).related(*other, "the other one").help(claim.help));
    }

    /// Keys and vaults: statements of a system share them, systems do not.
    fn shared(&mut self, system: &'a System) {
        for (name, key) in system.made_keys() {
            for used in system.uses(&key.uses) {
                let name = Chosen::new(name.to_owned(), used.place().key.span, Level::Derived);
                self.shared_name("key", system, key.location.region.code, &name);
            }
        }
        for used in system.vaults.iter().flat_map(|vault| system.uses(&vault.uses)) {
            let (vault, region) = (&used.place().vault, used.place().region.node.code);
            match &vault.value {
                VaultName::Made(name) => {
                    let name = Chosen::new(name.clone(), vault.span, vault.level);
                    self.shared_name("backup vault", system, region, &name);
                }
                // Everybody may use what exists; nobody may make another of its name.
                VaultName::Existing(arn) => self.claim(Claim {
                    identity: ("backup vault", region, arn.name().to_owned()),
                    owner: arn.as_str().to_owned(),
                    span: vault.span,
                    level: vault.level,
                    message: format!("the backup vault `{}` in {region} exists, and would be made", arn.name()),
                    help: ANOTHER_NAME,
                }),
            }
        }
    }

    fn shared_name(&mut self, kind: &'static str, system: &System, region: &'static str, name: &Chosen<String>) {
        let (span, level) = (name.span, name.level);
        self.claim(Claim {
            identity: (kind, region, name.value.clone()),
            owner: system.name.value.clone(),
            span,
            level,
            message: format!("two {kind}s in {region} would be named `{}`", name.value),
            help: ANOTHER_NAME,
        });
        let owner = format!("{} {}", system.name.value, name.value);
        self.logical_id(kind, system, region, name, (owner, ANOTHER_NAME));
    }

    /// Plans, roles and rules: each belongs to one statement. Two statements of one name are
    /// reported as such, and not for each of their names.
    fn statement(&mut self, system: &'a System, statement: &'a Statement) {
        let region = statement.source.region.node.code;
        let owner = format!("{} {} {region}", system.name.value, statement.name.value);
        let plan = &statement.plan;
        self.claim(Claim {
            identity: ("plan", region, plan.value.clone()),
            owner: owner.clone(),
            span: plan.span,
            level: plan.level,
            message: format!("two backup plans in {region} would be named `{}`", plan.value),
            help: of_statement(plan.level),
        });
        self.role(statement, &owner);
        // Statements with stacks of their own share no template.
        if system.layout.value == StackLayout::PerSystem {
            for (kind, name) in [("backup plan", plan), ("selection", &statement.selection)] {
                self.logical_id(kind, system, region, name, (owner.clone(), of_statement(name.level)));
            }
            let role = &statement.role;
            if let Role::Made(name) = &role.value {
                let name = Chosen::new(name.clone(), role.span, role.level);
                self.logical_id("role", system, region, &name, (owner.clone(), of_statement(name.level)));
            }
        }
        // A rule whose schedule was wrong has no name of its own.
        let rules: &[_] = if statement.knows(Part::Timing) { &statement.rules } else { &[] };
        for rule in rules {
            self.claim(Claim {
                identity: ("rule", region, format!("{owner} {:?} {}", statement.span, rule.name.value)),
                owner: format!("{owner} {:?}", rule.span),
                span: rule.name.span,
                level: rule.name.level,
                message: format!("two rules of the backup plan `{}` would be named `{}`", plan.value, rule.name.value),
                help: ANOTHER_NAME,
            });
        }
    }

    /// A role that is made belongs to one statement. Everybody may use what exists; nobody may make another of its name.
    fn role(&mut self, statement: &'a Statement, owner: &str) {
        // IAM is global and compares role names without regard to case.
        let role = &statement.role;
        let name = role.value.name();
        let (role_owner, message) = match &role.value {
            Role::Made(_) => (owner.to_owned(), format!("two roles would be named `{name}`")),
            Role::Existing(arn) => (arn.as_str().to_owned(), format!("the role `{name}` exists, and would be made")),
        };
        let identity = ("role", "", name.to_lowercase());
        let help = of_statement(role.level);
        self.claim(Claim { identity, owner: role_owner, span: role.span, level: role.level, message, help });
    }

    /// Logical ids keep letters and digits only, and begin each word with a capital.
    fn logical_id(
        &mut self,
        kind: &'static str,
        system: &System,
        region: &'a str,
        name: &Chosen<String>,
        (owner, help): (String, &'static str),
    ) {
        let id = LogicalId::new("", &name.value);
        let message =
            format!("two {kind}s in {region} would have one logical id, since their names differ in punctuation alone");
        self.claim(Claim {
            identity: (kind, region, format!("{} {kind} id {id}", system.name.value)),
            owner,
            span: name.span,
            // Names that are equal have been reported as names.
            level: Level::Derived,
            message,
            help,
        });
    }
}
