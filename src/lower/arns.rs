//! ARNs as templates write them: the partition by its pseudo parameter, the account by its own or
//! as the spec names it.

use crate::aws::arn;
use crate::aws::location::AccountId;
use crate::aws::name::export;
use crate::aws::region::Region;
use crate::cfn::Value;
use crate::kind::ArnForm;
use crate::spec::placement::Use;
use crate::spec::{KeyName, Named, Place, System};

/// The partition that the stack is in.
const PARTITION: &str = "${AWS::Partition}";

/// Writes ARNs for one system.
#[derive(Debug)]
pub(super) struct Arns<'a> {
    account: &'a str,
}

impl<'a> Arns<'a> {
    pub(super) fn new(system: &'a System) -> Self {
        let account = system.written_account(AccountId::OWN);
        Self { account: account.map_or("${AWS::AccountId}", |account| account.node.as_str()) }
    }

    fn arn(&self, service: &str, region: &str, resource: &str) -> String {
        arn::arn([PARTITION, service, region, self.account, resource])
    }

    /// Something of a kind, by its name or a pattern of names.
    pub(super) fn of(&self, form: ArnForm, region: &Region, name: &str) -> Value {
        Value::text(self.arn(form.service, region.code, &[form.before, name].concat()))
    }

    /// A backup vault.
    pub(super) fn vault(&self, place: &Place) -> Value {
        let region = place.region.node.code;
        named(&place.vault.value, |name| Value::text(self.arn("backup", region, &format!("backup-vault:{name}"))))
    }

    /// Every key of a region.
    pub(super) fn any_key(&self, region: &Region) -> Value {
        Value::text(self.arn("kms", region.code, "key/*"))
    }

    /// Every key of a region, whatever account it is of: keys of many accounts may be kept in one.
    pub(super) fn key_of_anybody(region: &Region) -> Value {
        Value::text(arn::arn([PARTITION, "kms", region.code, "*", "key/*"]))
    }

    /// A principal of IAM: `root`, `role/NAME` or `user/NAME`.
    pub(super) fn principal(&self, resource: &str) -> Value {
        Value::text(self.arn("iam", "", resource))
    }

    /// A key of the region that the stack is in.
    pub(super) fn key_here(key: &KeyName) -> Value {
        named(key, |name| Value::Import(key_arn_export(name)))
    }

    /// The key that a statement uses, as written in the source region's stack. A replica has the key id
    /// of its primary key, so its ARN needs no copying from one region to the other.
    ///
    /// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html>.
    pub(super) fn key(&self, used: Use<'_>) -> Value {
        let place = used.place();
        let region = place.region.node.code;
        match used.replica_of().map(|primary| &primary.key.value) {
            None => Self::key_here(&place.key.value),
            Some(KeyName::Made(primary)) => Value::SubImport {
                text: self.arn("kms", region, &format!("key/${{{}}}", crate::cfn::IMPORT_VARIABLE)),
                export: key_id_export(primary),
            },
            Some(KeyName::Existing(primary)) => {
                let id = primary.as_str().rsplit(':').next().unwrap_or_default();
                Value::Sub(arn::arn([PARTITION, "kms", region, primary.account(), id]))
            }
        }
    }
}

/// What is made as a reference, what exists by its ARN.
pub(super) fn named(of: &Named, made: impl FnOnce(&str) -> Value) -> Value {
    of.made().map_or_else(|| Value::Literal(of.written().to_owned()), made)
}

/// The export of a key's ARN: the key's name, as in the system that this replaces.
pub(super) fn key_arn_export(name: &str) -> String {
    export(name)
}

/// The export of a key's id. No key's name has a colon, so it collides with no other export.
pub(super) fn key_id_export(name: &str) -> String {
    format!("{}:id", export(name))
}
