"""The night, and what belongs to it, pasted into an interactive shell as the runbook prints it.

An operator reads page one, pastes steps, and does what the titles say; the source region refuses every
call where the night says that it is gone. What is read is the runbook's JSON.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aws_rds
from calls import Call
from cfn_resources import Place
from console import SHELLS, Console, tools
from deploy_test import SYSTEM_TOOLS, Deployment
from estate import OTHER_CLASS, Estate, of_day
from harness import ROOT, Check, Skipped, drc, specs, write_spec

Step = dict[str, Any]
Section = dict[str, Any]

# Every kind that there is, in one runbook.
ALL = "shop"
SENTENCE = """\
backup cluster mydb and database orders and tables events, users
  from ap-northeast-1
  to ap-northeast-3
  daily 01:00 JST keep 14d
"""
RESOURCES: dict[str, dict[str, list[str]]] = {
    ALL: {"cluster": ["mydb"], "database": ["orders"], "table": ["events", "users"]},
    "mydb": {"cluster": ["mydb"]},
    "several-clusters": {"cluster": ["billing", "orders", "sessions"]},
}
FROM_POINTS = ", from recovery points"
STEP = re.compile(r"\b([A-Z]+\d+[a-z]?)\b")


def checks() -> list[Check]:
    return [
        Check("every kind that there is is played", _every_kind),
        Check("every kind: the source is gone; then the way back", _there_and_back),
        Check("every kind: before the day, and the drill", _drill),
        Check("every kind: from the services' own backups, also of what is deleted", _own_backups),
        Check("several clusters: settings of one, a choice, one left alone", _some_of_several),
        Check("an older recovery point, and none is left held", _older_point),
        *[
            Check(f"the night in {shell}, each step in a new one", _in_shell, (shell,))
            for shell in SHELLS
            if shell != "bash"
        ],
    ]


def _every_kind() -> None:
    kinds = {path.parent.name for path in ROOT.glob("src/kind/*/restore.rs")}
    assert kinds == set(RESOURCES[ALL]), kinds


# --- An operator -------------------------------------------------------------


class Operator:
    """Somebody at a shell with the runbook of a deployed build."""

    def __init__(self, stem: str, shell: str, home: Path) -> None:
        known = {spec.stem: spec for spec in specs()}
        spec = write_spec(ALL, SENTENCE) if stem == ALL else known[stem]
        self.deployment = Deployment(spec, f"night-{home.name}")
        self.deployment.succeeds(path=[tools(), *SYSTEM_TOOLS])
        self.aws = self.deployment.aws
        self.estate = Estate(self.deployment.live, RESOURCES[stem])
        self.estate.settle()
        result = drc("runbook", spec, "--format", "json")
        assert result.returncode == 0, result.stderr
        self.runbook = json.loads(result.stdout)
        self.shell = shell
        self.console = Console(shell, home, self.aws.url)
        self.changes_shells = False
        self.calls: list[Call] = []

    # --- Reading ---

    def phase(self, name: str) -> list[Section]:
        [phase] = [phase for phase in self.runbook["phases"] if phase["id"] == name]
        return phase["sections"]

    def decided(self, line: int) -> list[Section]:
        """The sections of the night to which a line of page one sends."""
        steps = self.runbook["front"]["decisions"][line - 1]["steps"]
        named = [it for it in self.phase("night") if it["label"] in steps]
        entered = [
            it for it in self.bases() if {step["number"] for step in it["steps"]} & set(steps)
        ]
        return named or entered

    def bases(self) -> list[Section]:
        """The sections of the night that restore from recovery points, one for each kind."""
        return [it for it in self.phase("night") if it["title"].endswith(FROM_POINTS)]

    def about(self, base: Section, phase: str) -> list[Section]:
        """The sections of a phase about the resources of a section of the night."""
        what = base["title"].removesuffix(FROM_POINTS)
        found = [
            it for it in self.phase(phase) if re.match(rf"{re.escape(what)}($|[:,])", it["title"])
        ]
        return [it for it in found if it is not base]

    def step(self, number: str) -> Step:
        [found] = [
            step
            for phase in self.runbook["phases"]
            for section in phase["sections"]
            for step in section["steps"]
            if step["number"] == number
        ]
        return found

    def promise(self, base: Section, place: Place) -> dict[str, Any]:
        """What page one says of the resources of a section at a place."""
        numbers = {it["number"] for it in base["steps"]}
        [row] = [
            row
            for row in self.runbook["front"]["returns"]
            if row["region"] == place.region and row["step"] in numbers
        ]
        return row

    def kind(self, base: Section) -> str:
        return self.promise(base, self.estate.source)["kind"]

    def returns(self, base: Section, place: Place) -> dict[str, str]:
        """The names of resources, and those under which they come back."""
        return {it["name"]: it["restored"] for it in self.promise(base, place)["resources"]}

    def drilled(self, base: Section, place: Place) -> list[str]:
        return sorted(re.findall(r"DRILL=(\S+)", self.entrance(base, place)["script"]))

    def entrance(self, base: Section, place: Place) -> Step:
        """The step that goes to a place."""
        return self.step(self.promise(base, place)["step"])

    def behind(self, base: Section, mark: str) -> list[Step]:
        """The steps of a section behind those that enter its places, up to and with the one of a mark."""
        steps = [it for it in base["steps"] if it["mark"] != "place"]
        marks = [it["mark"] for it in steps]
        return steps[: marks.index(mark) + 1] if mark in marks else []

    # --- Typing ---

    def type(self, text: str) -> str:
        """Types something of one's own, which must work."""
        said = self.console.paste(text)
        assert not said.stopped, f"{text}: {said.text}"
        return said.text

    def paste(self, step: Step, stops: bool = False) -> str:
        """Pastes a step, which must come to its end, or must not."""
        said = self.console.paste(step["script"])
        told = f"{step['number']} {step['title']}: {said.text}"
        assert said.stopped == stops, told
        assert stops or not step["mark"] or f"DONE: {step['mark']}" in said.text, told
        return said.text

    def paste_all(self, steps: list[Step]) -> None:
        for step in steps:
            if step["script"]:
                self.paste(step)

    def open(self) -> None:
        [self.run] = re.findall("^RUN=(.+)$", self.paste(self.step("A1")), re.MULTILINE)

    def enter(self, base: Section, place: Place) -> None:
        """Goes to a place, and fills in what its settings leave open."""
        step = self.entrance(base, place)
        self.paste(step)
        folder = re.match('WORK="\\$HOME/(.*)"', step["script"])[1]
        settings = self.console.home / folder / "settings"
        if settings.exists():
            values = self.estate.settings(place)
            filled = re.sub(
                r"(\w+)='\?'", lambda it: f"{it[1]}={values[it[1]]}", settings.read_text()
            )
            settings.write_text(filled)

    def restore(self, base: Section, place: Place) -> None:
        """From the place to the switch, in one shell or each step in another."""
        self.enter(base, place)
        for step in base["steps"]:
            if step["mark"] == "place" or not step["script"]:
                continue
            if self.changes_shells:
                self.console.close()
                self.console = Console(self.shell, self.console.home, self.aws.url)
                self.type(f"RUN={self.run}")
                self.open()
                self.paste(self.entrance(base, place))
            self.paste(step)

    # --- Holding what happened against what was promised ---

    def expect(self, kind: str, place: Place, contents: dict[str, str]) -> None:
        """A region has these of a kind and no others, and in them is this."""
        names = self.estate.names(kind, place)
        found = {name: self.estate.contents(kind, name, place) for name in names}
        assert found == contents, f"{kind}: {found}, not {contents}"

    def expect_expiry(self) -> None:
        """Every recovery point of a plan expires."""
        for place in (self.estate.source, self.estate.away):
            for point in self.estate.points(place):
                expires = "DeleteAt" in point.shown["CalculatedLifecycle"]
                assert expires or point.by_hand, f"{point.arn} is held"

    def check_permissions(self) -> None:
        """Whatever was called is among what the runbook says that the operator must be allowed."""
        *_, you = self.phase("permissions")
        allowed = set(re.findall(r"`(\w+:\w+)`", " ".join(you["steps"][0]["prose"])))
        assert (missing := {call.action for call in self.calls} - allowed) == set(), missing


@contextlib.contextmanager
def operating(stem: str, shell: str = "bash") -> Iterator[Operator]:
    with tempfile.TemporaryDirectory() as home:
        operator = Operator(stem, shell, Path(home))
        try:
            with operator.aws.listening() as operator.calls:
                yield operator
                operator.check_permissions()
        finally:
            operator.console.close()


# --- The source is gone ------------------------------------------------------


def _lose_source(operator: Operator) -> None:
    """The night until everything is back in the other region, under the names of page one."""
    estate, source, away = operator.estate, operator.estate.source, operator.estate.away
    before = estate.all_of(source)
    operator.aws.lose(source.region)
    operator.open()
    operator.paste(operator.step("A2"), stops=True)
    asked = len(operator.calls)
    assert asked == 1, operator.calls
    assert operator.decided(1) == operator.bases()
    for base in operator.decided(1):
        operator.restore(base, away)
    assert not [it for it in operator.calls[asked:] if it.region == source.region]
    assert estate.all_of(source) == before, "something in the source region is not as it was"
    for base in operator.bases():
        kind, names = operator.kind(base), operator.returns(base, away)
        assert sorted(names) == estate.resources[kind], names
        operator.expect(kind, away, {new: of_day(old, 1) for old, new in names.items()})
        assert all(estate.is_protected(kind, new, away) for new in names.values())


def _there_and_back() -> None:
    with operating(ALL) as operator:
        _lose_source(operator)
        estate, source, away = operator.estate, operator.estate.source, operator.estate.away
        for base in operator.bases():
            for old, new in operator.returns(base, away).items():
                estate.fill(operator.kind(base), new, f"{old}, written away", away)
        operator.aws.regain(source.region)
        operator.open()
        for base in operator.bases():
            way_back, afterwards = operator.about(base, "return")
            operator.enter(base, source)
            for step in way_back["steps"]:
                for entrance in base["steps"]:
                    if f"({entrance['number']})" in step["title"]:
                        operator.enter(
                            base, source if entrance is operator.entrance(base, source) else away
                        )
                operator.paste_all([step])
            operator.paste_all([it for it in base["steps"] if it["mark"] != "place"])
            _check_afterwards(operator, base, afterwards, ", written away")


def _check_afterwards(
    operator: Operator, base: Section, afterwards: Section, contents: str
) -> None:
    """Names are taken where they can be, and what was held expires, at each place."""
    source, away = operator.estate.source, operator.estate.away
    kind, names = operator.kind(base), operator.returns(base, source)
    operator.paste_all(afterwards["steps"])
    here = {old: of_day(old, 0) for old in names}
    if kind == "table":
        here.update({new: f"{old}{contents}" for old, new in names.items()})
    else:
        here = {f"{old}-old": was for old, was in here.items()}
        here.update({old: f"{old}{contents}" for old in names})
    operator.expect(kind, source, here)
    # Pasted once more, nothing that serves is moved.
    operator.paste_all(afterwards["steps"])
    operator.expect(kind, source, here)
    operator.enter(base, away)
    operator.paste(afterwards["steps"][-1])
    if base is operator.bases()[-1]:
        operator.expect_expiry()


def _in_shell(shell: str) -> None:
    if not shutil.which(shell):
        raise Skipped(f"no {shell}")
    with operating("mydb", shell) as operator:
        operator.changes_shells = True
        _lose_source(operator)


# --- The source answers ------------------------------------------------------


def _own_backups() -> None:
    with operating(ALL) as operator:
        estate, source = operator.estate, operator.estate.source
        [gone] = estate.resources["database"]
        estate.delete_database(gone)
        operator.open()
        operator.paste(operator.step("A2"))
        for base in operator.bases():
            kind, names = operator.kind(base), operator.returns(base, source)
            [own] = operator.about(base, "night")
            assert own in operator.decided(2)
            operator.enter(base, source)
            operator.paste_all(operator.behind(base, "settings"))
            first, second = own["steps"]
            operator.paste(first)
            moment = f"{aws_rds.now() - aws_rds.HISTORY / 2:%Y-%m-%dT%H:%M:%SZ}"
            chosen = sorted(names)[0]
            operator.type(f"choose {chosen} RESTORE_TIME {moment}")
            operator.paste(second, stops=True)
            operator.paste(first)
            operator.paste(second)
            marks = [it["after"] for it in base["steps"]]
            operator.paste_all(base["steps"][marks.index("made") :])
            for old, new in names.items():
                contents = estate.contents(kind, new, source)
                if kind == "table":
                    assert contents == of_day(old, 0), contents
                else:
                    assert contents.startswith(f"{old} as of "), contents
                    assert (moment in contents) == (old == chosen), contents
            old = [name for name in names if (kind, name) != ("database", gone)]
            assert estate.names(kind, source) == sorted([*old, *names.values()])
            assert not [it for it in operator.calls if it.action == "backup:StartRestoreJob"]


def _older_point() -> None:
    with operating("mydb") as operator:
        source, [base] = operator.estate.source, operator.decided(3)
        operator.open()
        operator.enter(base, source)
        steps = operator.behind(base, "points")
        operator.paste_all(steps)
        oldest = min(operator.estate.points(source), key=lambda it: it.shown["CreationDate"])
        operator.type(f"choose mydb POINT_ARN {oldest.arn}")
        operator.paste(steps[-1])
        rest = base["steps"][base["steps"].index(steps[-1]) + 1 :]
        operator.paste_all(rest)
        _, afterwards = operator.about(base, "return")
        _check_afterwards(operator, base, afterwards, ", 3 days ago")


def _some_of_several() -> None:
    """One cluster has another class, another an older point, and a third is left alone."""
    with operating("several-clusters") as operator:
        estate, away, [base] = operator.estate, operator.estate.away, operator.bases()
        operator.aws.lose(estate.source.region)
        operator.open()
        operator.enter(base, away)
        line = f"NAME=billing INSTANCE_CLASS={OTHER_CLASS} NEW=billing-restored-2"
        operator.type(f"echo '{line}' >> \"$WORK/settings\"")
        assert "ONLY: billing orders" in operator.type("only billing orders")
        oldest = min(
            (it for it in estate.points(away) if it.shown["ResourceArn"].endswith(":orders")),
            key=lambda it: it.shown["CreationDate"],
        )
        operator.type(f"choose orders POINT_ARN {oldest.arn}")
        operator.paste_all([it for it in base["steps"] if it["mark"] != "place"])
        contents = {
            "billing-restored-2": of_day("billing", 1),
            "orders-restored": of_day("orders", 3),
        }
        operator.expect("cluster", away, contents)
        classes = {
            it.shown["DBClusterIdentifier"]: it.shown["DBInstanceClass"]
            for it in aws_rds.region(away).databases.things.values()
        }
        assert classes["billing-restored-2"] == OTHER_CLASS != classes["orders-restored"], classes


# --- Before the day, and the drill -------------------------------------------


def _drill() -> None:
    with operating(ALL) as operator:
        estate, source, away = operator.estate, operator.estate.source, operator.estate.away
        points = {place: len(estate.points(place)) for place in (source, away)}
        before = [estate.names(kind, source) for kind in estate.resources]
        operator.type("RUN=drill-$(date -u +%F)")
        operator.open()
        for base in operator.bases():
            [prepared] = operator.about(base, "before")
            for place in (away, source):
                operator.enter(base, place)
                operator.paste_all(operator.behind(base, "settings"))
                operator.paste_all([it for it in prepared["steps"] if it["after"]][:1])
            operator.paste_all(prepared["steps"])
            [drill] = operator.about(base, "drill")
            rehearse, *steps, clean_up = drill["steps"]
            place, first, last = STEP.findall(rehearse["title"])
            assert place == operator.entrance(base, away)["number"], rehearse
            numbers = [it["number"] for it in base["steps"]]
            operator.enter(base, away)
            operator.paste_all(base["steps"][numbers.index(first) : numbers.index(last) + 1])
            kind, names = operator.kind(base), operator.drilled(base, away)
            assert estate.names(kind, away) == names
            operator.paste_all(steps)
            _, afterwards = operator.about(base, "return")
            for step in afterwards["steps"][:-1]:
                if step["script"]:
                    operator.paste(step, stops=True)
            operator.paste(clean_up)
            [expire] = STEP.findall(clean_up["prose"][0].split("expire again")[1])
            operator.paste(operator.step(expire))
            assert not estate.names(kind, away)
        assert [estate.names(kind, source) for kind in estate.resources] == before
        assert len(estate.points(away)) == points[away]
        copies = sum(map(len, estate.resources.values()))
        assert len(estate.points(source)) == points[source] + copies
        operator.expect_expiry()
