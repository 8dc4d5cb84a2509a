"""The page of `drc explain --format html` in a browser: no message, and no overflow."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from harness import WORK, Check, Skipped, drc, specs

WIDTHS = (380, 1400)
LANGUAGES = ("en", "ja")

# Nothing may be asked of a network, and nothing may be left from another run.
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--allow-file-access-from-files",
    "--enable-logging=stderr",
    "--virtual-time-budget=2000",
]

# A page measures another, since a window cannot be made as narrow as a telephone.
RULER = """<!DOCTYPE html><meta charset="utf-8"><title>ruler</title>
<iframe id="page" width="{width}" height="900" src="{page}"></iframe><p id="said"></p>
<script>
document.getElementById('page').onload = event => {{
  const root = event.target.contentDocument.documentElement;
  document.getElementById('said').textContent = 'measured ' + root.scrollWidth + ' of ' + root.clientWidth;
}};
</script>
"""


def checks() -> list[Check]:
    return [Check(f"{spec.stem} is a page that fits", _fits, (spec,)) for spec in specs()]


def _browser() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    raise Skipped("there is no chromium")


def _fits(spec: Path) -> None:
    browser = _browser()
    folder = WORK / "html"
    folder.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        page = folder / f"{spec.stem}.{language}.html"
        result = drc("explain", spec, "--format", "html", "--lang", language, "--now", "2026-12-03T14:37+09:00")
        assert result.returncode == 0, result.stderr
        page.write_text(result.stdout)
        for width in WIDTHS:
            _measure(browser, page, width)


def _measure(browser: str, page: Path, width: int) -> None:
    ruler = page.with_suffix(f".{width}.ruler.html")
    ruler.write_text(RULER.format(width=width, page=page.name))
    with tempfile.TemporaryDirectory() as profile:
        command = [browser, *FLAGS, f"--user-data-dir={profile}", "--dump-dom", ruler.as_uri()]
        result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    messages = [line for line in result.stderr.splitlines() if "CONSOLE" in line]
    assert not messages, messages
    measured = re.search(r"measured (\d+) of (\d+)", result.stdout)
    assert measured, f"{page.name} was not measured: {result.stderr[-500:]}"
    needed, given = map(int, measured.groups())
    assert needed <= given, f"{page.name} is {needed} wide where {given} are given"
