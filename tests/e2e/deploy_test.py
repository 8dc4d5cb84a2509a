"""deploy.sh brings every system up with the real AWS CLI, and stops where it must."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from aws_emulator import DEFAULT_ACCOUNT, PARTITION, Emulator
from built import Built, Stack, strings
from calls import Call, allows
from harness import WORK, Check, build, drc, specs, write_spec
from live import KEY_ARN, Live
from readers_test import hostile_spec

SENTENCE = "from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 1d\n"
OTHER_ACCOUNT = "111122223333"
ROLE = re.compile(r"arn:[^:]+:iam::(\d{12}):role(/(?:.+/)?)([\w+=,.@-]+)")
INLINE_TEMPLATE_LIMIT = 51_200
SYSTEM_TOOLS = [Path("/usr/bin"), Path("/bin")]


def checks() -> list[Check]:
    return [
        *[
            Check(f"{spec.stem} comes up, and a second run changes nothing", _comes_up, (spec,))
            for spec in [*specs(), write_spec("hostile", hostile_spec())]
        ],
        Check("the one-line spec has the values of its sentence", _sentence_values),
        Check("the article's spec has the article's values", _article_values),
        Check("a table's jobs find what they need, and the table is out of reach", _table_jobs),
        Check(
            "an awkward path, named relatively, with CDPATH, shasum for sha256sum", _awkward_path
        ),
        *[
            Check(f"a refused stack stops the script: {role}", _refused_stack, (position, kind))
            for position, (role, kind) in enumerate(STACK_ROLES)
        ],
        Check("what a refused creation leaves does not block the next try", _try_again),
        Check("an export that is taken stops the script", _export_taken),
        Check("a change set that fails early says why", _early_failure),
        Check("a lost source: the replica's stack takes the ARN that it is given", _lost_source),
        Check("a lost source: a template with the ARN, if no branch is left alone", _literal_arn),
        Check("what deploy.sh is given is refused before AWS is asked", _wrong_arguments),
        Check("a policy without a permission does not go unnoticed", _missing_permission),
        Check("one changed byte in any file is refused before AWS is asked", _changed_byte),
        Check("two builds mixed are refused before AWS is asked", _mixed_builds),
        Check("no AWS CLI", _no_aws_cli),
        Check("logged in to another account", _wrong_account),
        Check("a template too large to send, without and with a bucket", _large_template),
    ]


STACK_ROLES = [
    ("primary key", "AWS::KMS::Key"),
    ("replica key", "AWS::KMS::ReplicaKey"),
    ("destination vault", "AWS::Backup::BackupVault"),
    ("source backup", "AWS::Backup::BackupPlan"),
]


# --- Running deploy.sh -------------------------------------------------------


@cache
def emulator() -> Emulator:
    """The emulator of this process, for all the checks that it makes."""
    return Emulator().__enter__()


class Deployment:
    """A build, an empty AWS, and deploy.sh between them."""

    def __init__(self, spec: Path, folder: str, *options: str, account: str | None = None) -> None:
        self.folder = WORK / "deploy" / folder
        self.spec = spec
        build(spec, self.folder, *options)
        self.built = Built(self.folder)
        self.account = account or self.built.account(DEFAULT_ACCOUNT)
        self.aws = emulator()
        self.aws.reset(self.account)
        self._plant()
        self.live = Live(self.built, self.aws.url, self.account)

    def _plant(self) -> None:
        """Make what the spec takes for granted: roles, vaults and keys that it names by ARN."""
        texts = {
            text for stack in self.built.stacks for text in strings(stack.template["Resources"])
        }
        for text in sorted(texts):
            role = ROLE.fullmatch(
                text.replace("${AWS::Partition}", PARTITION).replace(
                    "${AWS::AccountId}", self.account
                )
            )
            if role:
                self.aws.plant_role(role[1], PARTITION, role[3], role[2])
            elif KEY_ARN.fullmatch(text):
                self.aws.plant_key(text)
        for region, vault in sorted(self.built.used_vaults() - self.built.made_vaults()):
            self.aws.plant_vault(self.account, region, vault)

    def run(
        self,
        *arguments: str,
        shell: str = "sh",
        path: list[Path] | None = None,
        cwd: Path | None = None,
        **variables: str,
    ) -> subprocess.CompletedProcess[str]:
        """Run deploy.sh with nothing of this machine's AWS configuration in sight.

        Called with a directory to run in, it is named relative to that. Whatever it asks of
        AWS must be among what `drc explain --deployer` says that deploying takes.
        """
        script = self.folder / "deploy.sh"
        named = str(script.relative_to(cwd) if cwd else script)
        command = [shutil.which(shell) or shell, named, *arguments]
        with self.aws.listening() as calls:
            result = self._execute(command, path, cwd, variables)
        self._check_permissions(calls, variables.get("DRC_TEMPLATE_BUCKET", ""))
        return result

    def aws_cli(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the AWS CLI in the build's directory, as somebody without deploy.sh would."""
        command = [str(Path(sys.executable).with_name("aws")), *arguments]
        return self._execute(command, None, self.folder, {})

    def _check_permissions(self, calls: list[Call], bucket: str) -> None:
        """Each call is allowed by the policy for the stack that it was made for."""
        current: tuple[str, str] | None = None
        asked = list(self.aws.reads_of_outputs())
        for call in calls:
            current = call.stack or current
            assert current, f"{call} for no stack"
            asked.append((current, call))
        for stack, call in asked:
            policy = json.dumps(self.policies[stack]).replace(
                "DRC_TEMPLATE_BUCKET", bucket.replace("{region}", stack[0])
            )
            assert allows(json.loads(policy), call), f"{stack} may not {call}: {policy}"

    @cached_property
    def policies(self) -> dict[tuple[str, str], Any]:
        """What deploying each stack takes, as drc says it."""
        result = drc("explain", self.spec, "--deployer")
        assert result.returncode == 0, result.stderr
        stacks = json.loads(result.stdout)["stacks"]
        return {(it["region"], it["stack"]): it["policy"] for it in stacks}

    def _execute(
        self,
        command: list[str],
        path: list[Path] | None,
        cwd: Path | None,
        variables: dict[str, str],
    ) -> subprocess.CompletedProcess[str]:
        path = path or [Path(sys.executable).parent, *SYSTEM_TOOLS]
        with tempfile.TemporaryDirectory() as home:
            environment = {
                "HOME": home,
                "PATH": os.pathsep.join(map(str, path)),
                "AWS_ACCESS_KEY_ID": "testing",
                "AWS_SECRET_ACCESS_KEY": "testing",
                "AWS_CONFIG_FILE": os.devnull,
                "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
                "AWS_EC2_METADATA_DISABLED": "true",
                "AWS_ENDPOINT_URL": self.aws.url,
                "AWS_MAX_ATTEMPTS": "1",
                "NO_PROXY": "127.0.0.1",
                **variables,
            }
            return subprocess.run(
                command,
                env=environment,
                cwd=cwd or home,
                capture_output=True,
                text=True,
                check=False,
                timeout=300,
            )

    def succeeds(self, *arguments: str, **options: Any) -> str:
        """Run deploy.sh, which must succeed; what it printed."""
        result = self.run(*arguments, **options)
        assert result.returncode == 0, (
            f"exit {result.returncode}\n{result.stdout}{result.stderr}{self.live.refusals()}"
        )
        return result.stdout + result.stderr

    def fails(self, *words: str, arguments: tuple[str, ...] = (), **options: Any) -> str:
        """Run deploy.sh, which must fail and say these words on stderr."""
        result = self.run(*arguments, **options)
        assert result.returncode != 0, f"succeeded\n{result.stdout}"
        for word in words:
            assert word in result.stderr, f"{word!r} is not in:\n{result.stderr}"
        return result.stderr

    def refuses_before_aws(self, *words: str, **options: Any) -> None:
        """Run deploy.sh, which must fail without one request."""
        self.fails(*words, **options)
        assert not self.aws.calls, self.aws.calls

    def stack_of(self, resource_type: str) -> str:
        """The last stack that holds a resource of this type."""
        return [it.name for it in self.built.stacks if list(it.resources(resource_type))][-1]


def _shells() -> tuple[str, str]:
    """Two shells for the two runs: a strict one and a generous one."""
    return ("dash" if shutil.which("dash") else "sh"), "bash"


@contextmanager
def _tools(without: set[str]) -> Iterator[Path]:
    """A directory with the machine's tools except some."""
    with tempfile.TemporaryDirectory() as name:
        for folder in SYSTEM_TOOLS:
            for tool in folder.iterdir():
                link = Path(name) / tool.name
                if tool.name not in without and not link.is_symlink():
                    link.symlink_to(tool)
        yield Path(name)


# --- What works --------------------------------------------------------------


def _comes_up(spec: Path) -> None:
    deployment = Deployment(spec, spec.stem)
    strict, generous = _shells()
    deployment.succeeds(shell=strict)
    deployment.live.check()
    before = deployment.live.snapshot()
    said = deployment.succeeds(shell=generous)
    assert deployment.live.snapshot() == before, "the second run changed something"
    unchanged = re.findall(r"(?i)no changes|unchanged|up to date", said)
    assert len(unchanged) >= len(deployment.built.stacks), said


def _spec(stem: str) -> Path:
    return next(spec for spec in specs() if spec.stem == stem)


def _sentence_values() -> None:
    deployment = Deployment(_spec("mydb"), "mydb-values")
    deployment.succeeds()
    source, destination = "ap-northeast-1", "ap-northeast-3"
    assert {stack.region for stack in deployment.built.stacks} == {source, destination}
    _check_article_shape(deployment.live, source, destination, "mydb")


def _article_values() -> None:
    deployment = Deployment(_spec("article"), "article-values")
    deployment.succeeds()
    live = deployment.live
    source, destination = "ap-northeast-1", "ap-northeast-3"
    _check_article_shape(live, source, destination, "mydb")
    home = live.vault("source-backup-vault", source)
    away = live.vault("destination-backup-vault", destination)
    for key, alias, region in [(home, "primary-kms", source), (away, "replica-kms", destination)]:
        kms = live.client("kms", region)
        behind = kms.describe_key(KeyId=f"alias/{alias}")["KeyMetadata"]["Arn"]
        assert key["EncryptionKeyArn"] == behind
    plan = live.plan("source-backup-plan", source)
    [rule] = plan["BackupPlan"]["Rules"]
    assert rule["RuleName"] == "source-backup-rule"
    assert rule["TargetBackupVaultName"] == "source-backup-vault"
    [copy] = rule["CopyActions"]
    assert copy["DestinationBackupVaultArn"] == away["BackupVaultArn"]
    selection = live.selections(plan["BackupPlanId"], source)["source-backup-selection"]
    assert selection["IamRoleArn"].endswith(":role/source-backup-role")


def _check_article_shape(live: Live, source: str, destination: str, cluster: str) -> None:
    """One vault each side under one multi-Region key, one plan, one cluster, at 16:00 UTC."""
    [home] = live.client("backup", source).list_backup_vaults()["BackupVaultList"]
    [away] = live.client("backup", destination).list_backup_vaults()["BackupVaultList"]
    primary, replica = home["EncryptionKeyArn"], away["EncryptionKeyArn"]
    key_id = live.key(primary)["KeyId"]
    assert primary == f"arn:aws:kms:{source}:{live.account}:key/{key_id}"
    assert replica == f"arn:aws:kms:{destination}:{live.account}:key/{key_id}"
    [listed] = live.client("backup", source).list_backup_plans()["BackupPlansList"]
    plan = live.plan(listed["BackupPlanName"], source)
    [rule] = plan["BackupPlan"]["Rules"]
    assert rule["ScheduleExpression"] == "cron(0 16 * * ? *)", rule
    assert (rule["StartWindowMinutes"], rule["CompletionWindowMinutes"]) == (60, 720)
    assert rule["Lifecycle"]["DeleteAfterDays"] == 1
    [copy] = rule["CopyActions"]
    assert copy["DestinationBackupVaultArn"] == away["BackupVaultArn"]
    assert copy["Lifecycle"]["DeleteAfterDays"] == 1
    [selection] = live.selections(plan["BackupPlanId"], source).values()
    assert selection["Resources"] == [f"arn:aws:rds:{source}:{live.account}:cluster:{cluster}"]
    allowed = {
        text for document in live.policies(selection["IamRoleArn"]) for text in strings(document)
    }
    assert {primary, replica, *selection["Resources"]} <= allowed


def _table_jobs() -> None:
    deployment = Deployment(_spec("tables"), "tables-jobs")
    deployment.succeeds()
    live, home, away = deployment.live, "ap-northeast-1", "ap-northeast-3"
    plan = live.plan("tables-Users-orders-plan", home)
    [selection] = live.selections(plan["BackupPlanId"], home).values()
    documents = live.policies(selection["IamRoleArn"])

    def table(name: str, region: str) -> str:
        return f"arn:aws:dynamodb:{region}:{live.account}:table/{name}"

    def backup(region: str, resource: str) -> str:
        return f"arn:aws:backup:{region}:{live.account}:{resource}"

    def may(action: str, region: str, resource: str) -> bool:
        return any(allows(document, Call(action, region, resource)) for document in documents)

    tables = {table("Users", home), table("orders", home)}
    assert set(selection["Resources"]) == tables, selection
    vaults = {
        home: "backup-vault:tables-source-vault",
        away: f"backup-vault:tables-copies-from-{home}",
    }
    point = "recovery-point:12a34a56-7bb8-901c-cd23-4567d8e9ef01"
    needed = [
        (f"dynamodb:{action}", home, resource)
        for action in ("DescribeTable", "ListTagsOfResource", "StartAwsBackupJob")
        for resource in tables
    ]
    refused = [("backup:DeleteRecoveryPoint", region, backup(region, point)) for region in vaults]
    for region, vault in vaults.items():
        # Out and, after the disaster, back: both vaults are copied into and from.
        needed.append(("backup:CopyIntoBackupVault", region, backup(region, vault)))
        needed.append(("backup:CopyFromBackupVault", region, backup(region, point)))
        needed.append(("backup:TagResource", region, backup(region, point)))
        new, own = table("orders-restored-1", region), table("orders", region)
        for action in ("RestoreTableFromAwsBackup", "BatchWriteItem", "PutItem", "Scan"):
            needed.append((f"dynamodb:{action}", region, new))
        for action in ("BatchWriteItem", "DeleteItem", "DeleteTable", "PutItem", "UpdateTable"):
            refused.append((f"dynamodb:{action}", region, own))
    for call in needed:
        assert may(*call), f"{call} is not allowed"
    for call in refused:
        assert not may(*call), f"{call} is allowed"
    conditional = {
        text
        for document in documents
        for statement in document["Statement"]
        if "Condition" in statement
        for text in strings(statement)
    }
    for region, vault in vaults.items():
        key = live.vault(vault.partition(":")[2], region)["EncryptionKeyArn"]
        assert key in conditional, f"{key} is of no use"
        assert f"backup.{region}.amazonaws.com" in conditional


def _awkward_path() -> None:
    deployment = Deployment(_spec("mydb"), 'it\'s a "path" with $everything')
    decoy = WORK / "deploy" / "decoy"
    (decoy / deployment.folder.name).mkdir(parents=True, exist_ok=True)
    with _tools(without={"sha256sum", "aws"}) as tools:
        deployment.succeeds(
            path=[Path(sys.executable).parent, tools],
            cwd=deployment.folder.parent,
            CDPATH=str(decoy),
        )
    deployment.live.check()


# --- What is refused ---------------------------------------------------------


def _refused_stack(position: int, resource_type: str) -> None:
    deployment = Deployment(_spec("mydb"), f"refused-{position}")
    stacks = deployment.built.stacks
    assert list(stacks[position].resources(resource_type)), "not the four stacks in their order"
    deployment.aws.refuse(stacks[position].name, resource_type)
    deployment.fails(stacks[position].name)
    for number, stack in enumerate(stacks):
        status = deployment.live.stack_status(stack.name, stack.region)
        wanted = {True: "CREATE_COMPLETE", False: None}[number < position]
        assert status == ("ROLLBACK_COMPLETE" if number == position else wanted), stack.name


def _try_again() -> None:
    """After the cause is gone and the failed stack deleted, deploy.sh must get through."""
    deployment = Deployment(_spec("mydb"), "again")
    name = deployment.stack_of("AWS::Backup::BackupSelection")
    deployment.aws.refuse(name, "AWS::Backup::BackupSelection")
    deployment.fails(name)
    deployment.aws.allow_all()
    deployment.fails(name)
    [region] = [it.region for it in deployment.built.stacks if it.name == name]
    deployment.live.client("cloudformation", region).delete_stack(StackName=name)
    deployment.succeeds()
    deployment.live.check()


def _export_taken() -> None:
    deployment = Deployment(_spec("mydb"), "export-taken")
    victim = deployment.built.stacks[0]
    export = next(it for it in victim.template["Outputs"].values() if "Export" in it)
    other = {
        "Resources": {
            "Role": {
                "Type": "AWS::IAM::Role",
                "Properties": {
                    "RoleName": "somebody-else",
                    "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []},
                },
            }
        },
        "Outputs": {"Taken": {"Value": "x", "Export": export["Export"]}},
    }
    cloudformation = deployment.live.client("cloudformation", victim.region)
    change_set = cloudformation.create_change_set(
        StackName="somebody-else",
        ChangeSetName="first",
        ChangeSetType="CREATE",
        TemplateBody=json.dumps(other),
        Capabilities=["CAPABILITY_NAMED_IAM"],
    )
    cloudformation.execute_change_set(ChangeSetName=change_set["Id"])
    deployment.fails(victim.name)
    later = deployment.built.stacks[1]
    assert deployment.live.stack_status(later.name, later.region) is None


def _early_failure() -> None:
    """The stack has no events then; the change set has."""
    deployment = Deployment(_spec("mydb"), "early")
    [stack, *_] = deployment.built.stacks
    why = "Resource of type 'AWS::KMS::Key' already exists."
    deployment.aws.fail_early(stack.name, why)
    said = deployment.fails(stack.name, why, "EarlyValidation", "NAME_CONFLICT_VALIDATION")
    [change_set] = re.findall(r"--change-set-name (arn:\S+:changeSet/\S+)\)", said)
    assert deployment.live.stack_status(stack.name, stack.region) == "REVIEW_IN_PROGRESS"
    events = ["cloudformation", "describe-events", "--region", stack.region]
    assert why in deployment.aws_cli(*events, "--change-set-name", change_set).stdout
    deployment.aws.allow_all()
    deployment.succeeds()


def _lose_source(folder: str) -> tuple[Deployment, Stack, str, str]:
    """A system that is up, another administrator of its keys in the build, and a source that is gone.

    Its stack of replicas, the parameter of that and the ARN of the primary key.
    """
    text = f"system lost\nbackup cluster mydb {SENTENCE}"
    deployment = Deployment(write_spec(folder, text), folder)
    deployment.succeeds()
    build(write_spec(folder, f"{text}defaults admin role/admin\n"), deployment.folder)
    deployment.built = deployment.live.built = Built(deployment.folder)
    deployment.aws.plant_role(deployment.account, PARTITION, "admin")
    [replica] = [it for it in deployment.built.stacks if it.entry["parameters"]]
    [parameter] = replica.entry["parameters"]
    [alias] = replica.resources("AWS::KMS::Alias")
    kms = deployment.live.client("kms", replica.region)
    described = kms.describe_key(KeyId=alias["AliasName"])["KeyMetadata"]
    deployment.aws.lose(parameter["from"]["region"])
    arn = described["MultiRegionConfiguration"]["PrimaryKey"]["Arn"]
    return deployment, replica, parameter["name"], arn


def _administered(deployment: Deployment, replica: Stack, arn: str) -> bool:
    """Whether the change has arrived; the key must be the one that it was."""
    kms = deployment.live.client("kms", replica.region)
    [key] = kms.list_keys()["Keys"]
    assert key["KeyId"] == arn.split("/")[1]
    return "role/admin" in kms.get_key_policy(KeyId=key["KeyArn"], PolicyName="default")["Policy"]


def _lost_source() -> None:
    deployment, replica, parameter, arn = _lose_source("lost-source")
    deployment.fails(replica.name, arguments=(replica.region,))
    assert not _administered(deployment, replica, arn)
    deployment.succeeds(replica.region, f"{parameter}={arn}")
    assert _administered(deployment, replica, arn)
    # Nothing of it stays once the source is back.
    deployment.aws.allow_all()
    assert deployment.live.parameters(replica) == {parameter: arn}
    deployment.succeeds()
    assert deployment.live.parameters(replica) == {parameter: ""}
    assert _administered(deployment, replica, arn)


def _literal_arn() -> None:
    deployment, replica, parameter, arn = _lose_source("literal-arn")
    deployment.aws.resolve_every_branch()
    deployment.fails(replica.name, arguments=(replica.region, f"{parameter}={arn}"))
    template = deployment.folder / replica.entry["template"]
    text, number = re.subn(
        r"PrimaryKeyArn:\n +Fn::If:\n(?: +- .*\n)+(?: +\w+: .*\n){3}",
        f"PrimaryKeyArn: {arn}\n",
        template.read_text(),
    )
    assert number == 1
    template.write_text(text)
    deploy = ["cloudformation", "deploy", "--region", replica.region, "--stack-name", replica.name]
    result = deployment.aws_cli(*deploy, "--template-file", replica.entry["template"])
    assert result.returncode == 0, result.stdout + result.stderr
    assert _administered(deployment, replica, arn)


def _wrong_arguments() -> None:
    deployment = Deployment(_spec("mydb"), "arguments")
    [replica] = [it for it in deployment.built.stacks if it.entry["parameters"]]
    [parameter] = [it["name"] for it in replica.entry["parameters"]]
    for arguments, words in [
        (("eu-west-1",), ("eu-west-1", replica.region)),
        ((replica.region, "Nothing=x"), ("Nothing", parameter)),
        ((replica.region, parameter), (parameter, "PARAMETER=ARN")),
        ((replica.region, f"{parameter}=a b"), ("PARAMETER=ARN",)),
        ((replica.region, f"{parameter}=$(id)"), ("PARAMETER=ARN",)),
    ]:
        deployment.refuses_before_aws(*words, arguments=arguments)


def _missing_permission() -> None:
    """The check of the permissions is worth something: each call needs the statement that it has."""
    deployment = Deployment(_spec("mydb"), "permission")
    deployment.succeeds()
    for policy in deployment.policies.values():
        for statement in policy["Statement"]:
            kept = [it for it in statement["Action"] if it != "cloudformation:GetTemplateSummary"]
            statement["Action"] = kept
    try:
        deployment.succeeds()
    except AssertionError as denied:
        assert "GetTemplateSummary" in str(denied), denied
    else:
        raise AssertionError("a second run asks for the parameters of a stack that exists")


def _changed_byte() -> None:
    deployment = Deployment(_spec("mydb"), "changed-byte")
    for name in deployment.built.manifest["files"]:
        path = deployment.folder / name
        whole = path.read_bytes()
        path.write_bytes(_with_another_byte(whole))
        deployment.refuses_before_aws(name)
        path.write_bytes(whole)
        if name != "deploy.sh":
            path.unlink()
            deployment.refuses_before_aws(name)
            path.write_bytes(whole)
    (deployment.folder / "manifest.json").unlink()
    deployment.refuses_before_aws("manifest.json")


def _with_another_byte(data: bytes) -> bytes:
    """`data` with one letter of its last comment or word changed."""
    position = max(data.rfind(letter) for letter in (b"a", b"e"))
    return data[:position] + b"i" + data[position + 1 :]


def _mixed_builds() -> None:
    deployment = Deployment(_spec("mydb"), "mixed")
    other = WORK / "deploy" / "mixed-other"
    build(write_spec("mydb", "backup cluster mydb " + SENTENCE.replace("1d", "2d")), other)
    files = deployment.built.manifest["files"]
    changed = next(name for name in Built(other).mismatches_against(files) if name != "deploy.sh")
    manifest, template = deployment.folder / "manifest.json", deployment.folder / changed
    for victim, intruder in [(template, other / changed), (manifest, other / "manifest.json")]:
        whole = victim.read_bytes()
        shutil.copy(intruder, victim)
        deployment.refuses_before_aws(changed)
        victim.write_bytes(whole)


def _no_aws_cli() -> None:
    deployment = Deployment(_spec("mydb"), "no-aws")
    with _tools(without={"aws"}) as tools:
        deployment.refuses_before_aws("aws", path=[tools])


def _wrong_account() -> None:
    spec = write_spec("pinned", f"account {OTHER_ACCOUNT}\nbackup cluster mydb {SENTENCE}")
    deployment = Deployment(spec, "wrong-account", account=DEFAULT_ACCOUNT)
    deployment.fails(OTHER_ACCOUNT, DEFAULT_ACCOUNT)
    for region in deployment.live.regions:
        assert not deployment.live.client("cloudformation", region).describe_stacks()["Stacks"]
    assert Deployment(spec, "right-account").succeeds()


def _large_template() -> None:
    statements = [f"backup cluster db{number} {SENTENCE}" for number in range(16)]
    deployment = Deployment(write_spec("large", "".join(statements)), "large")
    large = [
        stack
        for stack in deployment.built.stacks
        if (deployment.folder / stack.entry["template"]).stat().st_size > INLINE_TEMPLATE_LIMIT
    ]
    assert large, "no template is large enough for this check"
    deployment.fails(large[0].name, "DRC_TEMPLATE_BUCKET")
    region = large[0].region
    deployment.live.client("s3", region).create_bucket(
        Bucket=f"templates-{region}", CreateBucketConfiguration={"LocationConstraint": region}
    )
    deployment.succeeds(DRC_TEMPLATE_BUCKET="templates-{region}")
    deployment.live.check()
