"""The YAML means the same to a 1.1 reader, to a 1.2 reader and in JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from ruamel.yaml import YAML

from built import Built
from harness import WORK, Check, build, specs, write_spec

# Strings that one YAML version or the other reads as something else when bare,
# among those that AWS takes in a tag: letters, digits, spaces and _.:/=+-@. Ten of
# them are tags of one statement, where no two may differ in case alone.
HOSTILE = [
    "on",
    "off",
    "yes",
    "NO",
    "y",
    "n",
    "true",
    "False",
    "null",
    "22:30",
    "1:2:3",
    "1_000",
    "0o7",
    "012",
    "0x1f",
    "0b1",
    "+1",
    "-1",
    "1e3",
    "1E+3",
    "1.",
    ".5",
    ".inf",
    "-.INF",
    ".nan",
    "2012-10-17",
    "2012-10-17 10:00:00",
    "=",
    "-",
    "---",
    "...",
    ":",
    "a: b",
    "- a",
    "@at",
    "1 000",
    "日本語",
    "é",
    "Null",
]
TAGS_PER_STATEMENT = 10


def checks() -> list[Check]:
    hostile = write_spec("hostile", hostile_spec())
    return [
        Check(f"PyYAML, ruamel.yaml and JSON agree on {spec.stem}", _agree, (spec,))
        for spec in [*specs(), hostile]
    ]


def hostile_spec() -> str:
    """Statements whose tags have every hostile string as a key and as a value."""
    # Dealt out, so that keys that differ in case alone, which are one to IAM, are apart.
    count = -(-len(HOSTILE) // TAGS_PER_STATEMENT)
    groups = [HOSTILE[start::count] for start in range(count)]
    return "".join(
        f"backup cluster db{number} from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 1d\n"
        f"  tags " + ", ".join(f'"{text}"="{text}"' for text in group) + "\n"
        for number, group in enumerate(groups)
    )


def _agree(spec: Path) -> None:
    folder, in_json = WORK / "readers" / spec.stem, WORK / "readers" / f"{spec.stem}-json"
    build(spec, folder)
    build(spec, in_json, "--format", "json")
    expected = {(stack.region, stack.name): stack for stack in Built(in_json).stacks}
    ruamel = YAML(typ="safe", pure=True)
    for stack in Built(folder).stacks:
        path, wanted = folder / stack.entry["template"], expected[stack.region, stack.name].template
        assert path.suffix == ".yml", path
        _same(yaml.safe_load(path.read_text()), wanted, f"PyYAML: {path}")
        _same(ruamel.load(path.read_text()), wanted, f"ruamel.yaml: {path}")


def _same(found: Any, wanted: Any, where: str) -> None:
    """Equal, and of the same types: to Python 1 and True would be equal."""
    assert type(found) is type(wanted), f"{where}: {found!r} is not {wanted!r}"
    if isinstance(wanted, dict):
        assert set(found) == set(wanted), f"{where}: {set(found) ^ set(wanted)}"
        for key, value in wanted.items():
            _same(found[key], value, f"{where}/{key}")
    elif isinstance(wanted, list):
        assert len(found) == len(wanted), where
        for number, value in enumerate(wanted):
            _same(found[number], value, f"{where}/{number}")
    else:
        assert found == wanted, f"{where}: {found!r} is not {wanted!r}"
