"""Checks, how they are run, and what all steps share.

A step is a module with a function `checks()` that lists its checks. A check is
a function of a module with plain arguments, so that two processes can run the
checks of a step side by side, each with an emulator of its own.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
import subprocess
import traceback
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "target" / "e2e"
WORKERS = 2


class Skipped(Exception):
    """A check that cannot be made here, with the reason."""


@dataclasses.dataclass(frozen=True)
class Check:
    """One thing that has to be so. What the function returns is said beside its name."""

    name: str
    function: Callable[..., str | None]
    arguments: tuple[Any, ...] = ()


@dataclasses.dataclass(frozen=True)
class Outcome:
    """How a check went."""

    name: str
    word: str
    text: str = ""


def run(checks: list[Check]) -> list[Outcome]:
    """Run the checks of a step, printing each as soon as those before it are done."""
    with ProcessPoolExecutor(WORKERS) as pool:
        running = [pool.submit(_outcome, check) for check in checks]
        outcomes = []
        for future in running:
            outcome = future.result()
            print(f"  {outcome.word:7} {outcome.name}{outcome.text}", flush=True)
            outcomes.append(outcome)
    return outcomes


def _outcome(check: Check) -> Outcome:
    try:
        said = check.function(*check.arguments)
    except Skipped as reason:
        return Outcome(check.name, "skipped", f": {reason}")
    except AssertionError as failure:
        where = traceback.extract_tb(failure.__traceback__)[-1]
        return Outcome(check.name, "FAILED", f"\n{failure}\n  ({where.name}, {where.lineno})")
    except Exception:  # a check that breaks is a check that fails
        return Outcome(check.name, "FAILED", f"\n{traceback.format_exc()}")
    return Outcome(check.name, "ok", f": {said}" if said else "")


def specs() -> list[Path]:
    """The specs that the repository offers for copying, and ours for what they leave out."""
    offered = sorted((ROOT / "specs").glob("*.drspec"))
    assert offered, "no specs"
    return offered + sorted((Path(__file__).parent / "specs").glob("*.drspec"))


def drc(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the compiler that is being tested."""
    command = [os.environ["DRC"], *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


def build(spec: Path, folder: Path, *options: str) -> None:
    """Compile `spec` into `folder`, which holds nothing else afterwards."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    result = drc("build", spec, "-o", folder, *options)
    assert result.returncode == 0, f"drc build {spec} exits {result.returncode}: {result.stderr}"


def write_spec(name: str, text: str) -> Path:
    """A spec that only the tests need, in a place of its own."""
    path = WORK / "specs" / f"{name}.drspec"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path
