//! A statement that does not say how its clusters are encrypted.

use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::{ClusterKey, Spec};

rule! {
    /// A statement does not say which key its clusters are encrypted with.
    ///
    /// ## Why
    ///
    /// An Aurora snapshot is encrypted with the cluster's own key, never with the key of the vault it
    /// lies in. Without a word about it the role may use the key of the source vault only, and the jobs
    /// of a cluster under another key fail: "The source snapshot KMS key does not exist, is not enabled
    /// or you do not have permissions to access it".
    ///
    /// ## Example
    ///
    /// ```drspec,W0401
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    ///   encrypted by arn:aws:kms:ap-northeast-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
    /// ```
    W0401 "assumed-cluster-key" Warning Documentation "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    for (_, statement) in spec.statements() {
        if matches!(statement.cluster_key, ClusterKey::Assumed) {
            let cluster = statement.clusters.first().map_or("NAME", |cluster| cluster.node.as_str());
            sink.push(
                W0401
                    .at(statement.target, "this statement does not say which key the cluster is encrypted with")
                    .label("the role may use the key of the source vault only")
                    .help("a snapshot is encrypted with the cluster's own key: write `encrypted by` and its ARN")
                    .help(format!(
                        "look: `aws rds describe-db-clusters --region {} --db-cluster-identifier {cluster} --query 'DBClusters[].[StorageEncryptionType,KmsKeyId]'`",
                        statement.source.region.node.code
                    )),
            );
        }
    }
}
