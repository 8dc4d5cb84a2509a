//! Pointing the application at the restored cluster, and protecting that cluster.

use super::command::{Line, Query};
use super::restore::restored;
use super::scope::{Scope, Site};
use super::text::say;
use super::{Part, Step};

/// The endpoint, the switch, and backups of what runs now.
pub(super) fn part(scope: &Scope<'_>) -> Option<Part> {
    let site = scope.refuge();
    site.restore?;
    let cluster = restored(scope, &site);
    let mut steps = vec![switch(&site, &cluster)];
    steps.extend(protect(scope, &cluster));
    Some(Part {
        title: say!("Point the application at it", "アプリケーションの接続先を切り替える"),
        prose: Vec::new(),
        steps,
    })
}

/// Shows where a cluster is reached.
pub(super) fn endpoint(site: &Site<'_>, cluster: &str) -> Line {
    Line::Run(site.rds("describe-db-clusters").with("--db-cluster-identifier", cluster).show(Query::Values(&[
        "DBClusters[0].Endpoint",
        "DBClusters[0].ReaderEndpoint",
        "DBClusters[0].Port",
    ])))
}

/// Keeps a cluster that now serves from being deleted by mistake.
fn protected(site: &Site<'_>, cluster: &str) -> Line {
    Line::Run(
        site.rds("modify-db-cluster")
            .with("--db-cluster-identifier", cluster)
            .flag("--deletion-protection")
            .flag("--apply-immediately")
            .show(Query::Values(&["DBCluster.DBClusterIdentifier", "DBCluster.DeletionProtection"])),
    )
}

/// Finding the endpoint and switching to it.
pub(super) fn switch(site: &Site<'_>, cluster: &str) -> Step {
    let code = site.code();
    Step::new(say!("Switch to the endpoint of `{cluster}`", "`{cluster}` のエンドポイントに切り替える"))
        .prose([
            say!(
                "Look at the data first: the newest rows, and the tables that must not be empty. Users and passwords are those of the backup; a secret that names the old host, and anything that names the old endpoint (a CNAME, a configuration, an RDS Proxy), is changed now.",
                "先にデータを確認します(最新の行と、空であってはならないテーブル)。ユーザーとパスワードはバックアップ時点のものです。古いホスト名を含むシークレットや、古いエンドポイントを参照している CNAME、設定、RDS Proxy などは、ここで変更します。"
            ),
            say!(
                "If RDS kept the master password in Secrets Manager, that secret stays with the old cluster. Give this one its own: `aws rds modify-db-cluster --db-cluster-identifier {cluster} --manage-master-user-password --apply-immediately --region {code}`.",
                "マスターパスワードを RDS が Secrets Manager で管理していた場合、そのシークレットは古いクラスターのものです。新しいクラスター用に作成してください: `aws rds modify-db-cluster --db-cluster-identifier {cluster} --manage-master-user-password --apply-immediately --region {code}`"
            ),
            say!(
                "Compare the cluster in {code} with what you noted, and put back what the restore did not bring along: backup retention, storage type, IAM database authentication, associated IAM roles, log exports. Deletion protection is switched on by the first command.",
                "{code} のクラスターを控えておいた内容と比べ、引き継がれなかった設定(バックアップ保持期間、ストレージタイプ、IAM データベース認証、関連付けた IAM ロール、ログのエクスポート)を元に戻します。削除保護は最初のコマンドで有効にします。"
            ),
        ])
        .lines([protected(site, cluster), endpoint(site, cluster)])
        .done(say!(
            "`DeletionProtection` is `True`; the application writes to and reads from the new endpoint, and nothing connects to the old one.",
            "`DeletionProtection` が `True` で、アプリケーションが新しいエンドポイントで読み書きでき、古いエンドポイントへの接続がないこと。"
        ))
        .takes(say!(
            "As long as your deployment and the time to live of your DNS records take.",
            "アプリケーションのデプロイと、DNS レコードの TTL に応じた時間がかかります。"
        ))
}

/// The plan backs up the old cluster only.
fn protect(scope: &Scope<'_>, cluster: &str) -> Option<Step> {
    let (here, home) = (scope.destination()?.code(), scope.source().code());
    let system = scope.system;
    Some(
        Step::new(say!("Protect what runs in {here} now", "{here} で稼働中のクラスターを保護する"))
            .prose([
                say!(
                    "No plan of this system backs up `{cluster}` in {here}. If you stay longer than you can afford to lose, write a spec for the way back and deploy it once {home} answers:",
                    "このシステムのプランは、{here} の `{cluster}` をバックアップしません。許容できるデータ損失の時間を超えて運用する場合は、逆方向の定義ファイルを書き、{home} が応答するようになったらデプロイしてください。"
                ),
                say!(
                    "`system {system}-return` and, on the next line, `backup cluster {cluster} from {here} to {home} daily 01:00 UTC keep 7d`",
                    "`system {system}-return` と、次の行に `backup cluster {cluster} from {here} to {home} daily 01:00 UTC keep 7d`"
                ),
            ])
            .done(say!(
                "A backup job of `{cluster}` has completed.",
                "`{cluster}` のバックアップジョブが完了していること。"
            )),
    )
}
