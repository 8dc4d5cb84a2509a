"""Every spec compiles, and cfn-lint has nothing to say about what comes out."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from built import Built
from harness import WORK, Check, build, specs

CFN_LINT = Path(sys.executable).with_name("cfn-lint")

# Everything down to the informational rules. The experimental rules are those
# that hold com.aws.cloudformation.Context to its schema (I4010, W4011, W4012).
OPTIONS = ["--include-checks", "I", "--include-experimental", "--format", "parseable"]


def checks() -> list[Check]:
    return [Check(f"{spec.stem} compiles and lints", _lint_build, (spec,)) for spec in specs()]


def _lint_build(spec: Path) -> None:
    folders = {"yaml": WORK / spec.stem, "json": WORK / f"{spec.stem}-json"}
    for form, folder in folders.items():
        build(spec, folder, "--format", form)
    for region, templates in _templates_by_region(*folders.values()).items():
        _lint(region, templates)


def _templates_by_region(*folders: Path) -> dict[str, list[str]]:
    by_region: dict[str, list[str]] = defaultdict(list)
    for folder in folders:
        for stack in Built(folder).stacks:
            assert stack.entry["template"].startswith(f"{stack.region}/{stack.name}.")
            by_region[stack.region].append(str(folder / stack.entry["template"]))
    return by_region


def _lint(region: str, templates: list[str]) -> None:
    command = [str(CFN_LINT), "--regions", region, *OPTIONS, "--template", *templates]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    findings = result.stdout + result.stderr
    assert result.returncode == 0 and not findings, findings
