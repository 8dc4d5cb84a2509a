"""The pages of `drc explain` and `drc runbook` in a browser: no message, no request, no overflow, no text that is cut, light and dark.

And the runbook on paper: page one is a sheet, and what is typed is never cut by the end of one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import unquote

from harness import ROOT, WORK, Check, Skipped, drc, specs

# A small telephone, a telephone, a desk.
WIDTHS = (360, 400, 1400)
LANGUAGES = ("en", "ja")
NOW = ("--now", "2026-12-03T14:37+09:00")
COMMANDS = {"explain": NOW, "runbook": ()}
# What it is printed on.
PAPERS = ("A4", "letter")
# A block of more lines than this, which names many resources, may be longer than a sheet.
LINES = 60
# What Blink calls the two values of `prefers-color-scheme`.
SCHEMES = {"dark": 0, "light": 1}

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

# A page measures others, since a window cannot be made as narrow as a telephone, with all that is folded open, once it has
# seen that it is folded and that the page's own box shows it all. It looks
# for what would be loaded (links are none of it) and for text that cannot be read: beyond the edge of a drawing, over
# another text of the same drawing, or hidden by what holds it.
RULER = """<!DOCTYPE html><meta charset="utf-8"><title>ruler</title>
{frames}<p id="said"></p>
<script>
const apart = (one, other) => one.right <= other.left + 1 || other.right <= one.left + 1
  || one.bottom <= other.top + 2 || other.bottom <= one.top + 2;
const within = (inner, outer) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1
  && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
const unread = drawing => {{
  const edge = drawing.getBoundingClientRect();
  const texts = [...drawing.querySelectorAll('text')].map(text => [text, text.getBoundingClientRect()]);
  return edge.width === 0 ? [] : texts.filter(([text, rect], index) =>
    !within(rect, edge) || texts.slice(0, index).some(([, other]) => !apart(rect, other))).map(([text]) => text);
}};
const hides = element => element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1
  && ['hidden', 'clip'].includes(element.ownerDocument.defaultView.getComputedStyle(element).overflowX);
onload = () => {{
  const said = [...document.getElementsByTagName('iframe')].map(frame => {{
    const root = frame.contentDocument.documentElement;
    const everything = root.querySelector('#everything');
    const parts = everything ? [...root.querySelectorAll('article')] : [];
    const seen = parts.filter(part => part.checkVisibility()).length;
    if (everything) everything.checked = true;
    const unseen = parts.filter(part => !part.checkVisibility()).length;
    root.querySelectorAll('details').forEach(folded => folded.open = true);
    const cut = [...[...root.querySelectorAll('svg')].flatMap(unread), ...[...root.querySelectorAll('body *')].filter(hides)];
    const words = cut.map(element => encodeURIComponent(element.textContent.slice(0, 60)));
    const elements = root.querySelectorAll('[src], [srcset], [poster], link, object, embed, image, use, base');
    const sheets = [...frame.contentDocument.styleSheets].filter(sheet => !sheet.href);
    const styles = sheets.flatMap(sheet => [...sheet.cssRules].map(rule => rule.cssText));
    const loaded = [...elements].map(element => element.outerHTML).filter(html => !html.includes('"data:,"'))
      .concat(styles.filter(style => /url\\(|@import/.test(style)));
    const dark = frame.contentWindow.matchMedia('(prefers-color-scheme: dark)').matches;
    return [frame.id, root.scrollWidth, root.clientWidth, dark ? 'dark' : 'light', loaded.length, seen, unseen, words.join('|') || '-'].join(' ');
  }});
  document.getElementById('said').textContent = said.map(line => '{{' + line + '}}').join('');
}};
</script>
"""


# Pages that must not pass, and what is said of them.
WRONG = {
    "an overflow": ('<p style="width: 2000px">wide</p>', "wide where 1400"),
    "a style sheet": ('<link rel="stylesheet" href="https://example.com/other.css">', "loads 1"),
    "a picture": ("<style>p { background: url(other.png) }</style>", "loads 1"),
    "a text beyond a drawing": ('<svg viewBox="0 0 90 20"><text x="80" y="15">beyond</text></svg>', "cuts ['beyond']"),
    "a text over another": (
        '<svg viewBox="0 0 900 20"><text x="0" y="15">under</text><text x="9" y="15">over</text></svg>',
        "cuts ['over']",
    ),
    "a text that is hidden": ('<p style="width: 3em; overflow: hidden; white-space: nowrap">longer than that</p>', "cuts ["),
    "a part that stays folded": (
        '<input type="checkbox" id="everything"><details><summary>more</summary><article>folded</article></details>',
        "leaves 1 folded",
    ),
    "a part that is not folded": ('<input type="checkbox" id="everything"><article>seen</article>', "all but 1"),
    "a message": ("<script>console.error('no')</script>", "CONSOLE"),
}


def checks() -> list[Check]:
    wrong = [Check(f"{name} is noticed", _notices, (name, body, said)) for name, (body, said) in WRONG.items()]
    wrong += [Check("a page one of two sheets is noticed", _notices_sheets)]
    fit = [Check(f"{spec.stem} is pages that fit", _fits, (spec,)) for spec in specs()]
    return wrong + fit + [Check(f"{spec.stem} fits paper", _fits_paper, (spec,)) for spec in specs()]


def _browser() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    # Nobody reads what CI skips: there, what is not looked at fails.
    assert os.environ.get("CI") != "true", "there is no browser to look at pages in"
    raise Skipped("there is no chromium")


def _fits(spec: Path) -> str:
    browser = _browser()
    folder = WORK / "html" / spec.stem
    folder.mkdir(parents=True, exist_ok=True)
    frames = []
    for command, options in COMMANDS.items():
        for language in LANGUAGES:
            page = folder / f"{command}.{language}.html"
            result = drc(command, spec, "--format", "html", "--lang", language, *options)
            assert result.returncode == 0, result.stderr
            page.write_text(result.stdout)
            frames += [_frame(page, width) for width in WIDTHS]
    for scheme in SCHEMES:
        _measure(browser, folder, scheme, frames)
    return f"{len(frames)} frames, {' and '.join(SCHEMES)}"


def _notices(name: str, body: str, said: str) -> None:
    browser = _browser()
    folder = WORK / "html" / name.replace(" ", "-")
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "wrong.html"
    page.write_text(f'<!DOCTYPE html><meta charset="utf-8"><title>wrong</title>{body}')
    try:
        _measure(browser, folder, "light", [_frame(page, 1400)])
    except AssertionError as failure:
        assert said in str(failure), failure
    else:
        raise AssertionError("it passed")


def _fits_paper(spec: Path) -> str:
    browser = _browser()
    folder = WORK / "html" / "paper" / spec.relative_to(ROOT).with_suffix("")
    folder.mkdir(parents=True, exist_ok=True)
    typed = []
    for language in LANGUAGES:
        result = drc("runbook", spec, "--format", "html", "--lang", language)
        assert result.returncode == 0, result.stderr
        begin, ended, _ = result.stdout.partition("<nav>")
        assert ended, "nothing comes after page one"
        blocks = re.findall(r"<pre .*?</pre>", result.stdout, flags=re.DOTALL)
        typed = [block for block in blocks if block.count("\n") <= LINES]
        assert len(typed) > 10, len(typed)
        head = begin.partition("<main>")[0] + "<main>"
        # Each begins a sheet, so that one is used for each that is not cut.
        alone = "".join(f'<article style="break-before: page">{block}</article>' for block in typed)
        for paper in PAPERS:
            sheets = _sheets(browser, folder / f"front.{language}.{paper}.html", begin, paper)
            assert sheets == 1, f"page one is {sheets} sheets of {paper} in {language}"
            sheets = _sheets(browser, folder / f"typed.{language}.{paper}.html", head + alone, paper)
            assert sheets == len(typed), f"{len(typed)} blocks are {sheets} sheets of {paper} in {language}"
    return f"one sheet, and {len(typed)} blocks that are whole"


def _notices_sheets() -> None:
    folder = WORK / "html" / "sheets"
    folder.mkdir(parents=True, exist_ok=True)
    page = '<!DOCTYPE html><meta charset="utf-8"><title>long</title><style></style><p style="height: 40cm">long'
    assert _sheets(_browser(), folder / "long.html", page, "A4") == 2


def _sheets(browser: str, page: Path, text: str, paper: str) -> int:
    """How many sheets of a paper a page takes."""
    page.write_text(text.replace("</style>", f"@page {{ size: {paper} }}</style>", 1))
    printed = page.with_suffix(".pdf")
    with tempfile.TemporaryDirectory() as profile:
        command = [browser, *FLAGS, f"--user-data-dir={profile}", "--no-pdf-header-footer", f"--print-to-pdf={printed}"]
        subprocess.run([*command, page.as_uri()], capture_output=True, check=False, timeout=120)
    return len(re.findall(rb"/Type /Page\b", printed.read_bytes()))


def _frame(page: Path, width: int) -> str:
    return f'<iframe id="{page.stem}.{width}" width="{width}" height="900" src="{page.name}"></iframe>'


def _measure(browser: str, folder: Path, scheme: str, frames: list[str]) -> None:
    ruler = folder / "ruler.html"
    ruler.write_text(RULER.format(frames="\n".join(frames)))
    with tempfile.TemporaryDirectory() as profile:
        command = [browser, *FLAGS, f"--user-data-dir={profile}", f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}"]
        command += ["--dump-dom", ruler.as_uri()]
        result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    messages = [line for line in result.stderr.splitlines() if "CONSOLE" in line]
    assert not messages, messages
    measured = re.findall(r"\{(\S+) (\d+) (\d+) (\w+) (\d+) (\d+) (\d+) (\S+)\}", result.stdout.rpartition('id="said"')[2])
    assert len(measured) == len(frames), f"{ruler} was not measured: {result.stderr[-500:]}"
    for name, needed, given, shown, loaded, seen, unseen, cut in measured:
        assert shown == scheme, f"{name} is {shown}, not {scheme}"
        assert int(needed) <= int(given), f"{name} is {needed} wide where {given} are given"
        assert loaded == "0", f"{name} loads {loaded}"
        assert (seen, unseen) == ("0", "0"), f"{name} folds all but {seen} and leaves {unseen} folded"
        assert cut == "-", f"{name} cuts {[unquote(words) for words in cut.split('|')]}"
