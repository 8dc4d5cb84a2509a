"""The steps in their order; stops after the first that fails."""

from __future__ import annotations

import sys
import time

import change_test
import deploy_test
import emulator_test
import harness
import html_test
import kill_test
import lint_test
import night_test
import plan_test
import policies_test
import readers_test

STEPS = {
    "emulator": emulator_test,
    "lint": lint_test,
    "readers": readers_test,
    "policies": policies_test,
    "deploy": deploy_test,
    "plan": plan_test,
    "change": change_test,
    "night": night_test,
    "kill": kill_test,
    "html": html_test,
}


def main(names: list[str]) -> int:
    """Run the named steps, or all; 1 if a check failed."""
    outcomes: list[harness.Outcome] = []
    for name in names or STEPS:
        print(f"{name}: {STEPS[name].__doc__.splitlines()[0]}", flush=True)
        start = time.monotonic()
        outcomes += harness.run(STEPS[name].checks())
        print(f"  {time.monotonic() - start:.0f} s", flush=True)
        if any(outcome.word == "FAILED" for outcome in outcomes):
            break
    failed = sum(outcome.word == "FAILED" for outcome in outcomes)
    passed = sum(outcome.word == "ok" for outcome in outcomes)
    skipped = sum(outcome.word == "skipped" for outcome in outcomes)
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
