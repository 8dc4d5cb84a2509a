"""A build that dies leaves whole files, and never passes for a build that it is not."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from built import Built
from harness import WORK, Check, Skipped, build, drc, write_spec

KILLS = 60
INTERRUPTS = 20
STATEMENTS = 60
REPLACING_SECONDS = 0.003
TMPFS_BYTES = 4 * 1024 * 1024


def checks() -> list[Check]:
    return [
        Check(f"{KILLS} builds killed at random moments", _killed),
        Check(f"{INTERRUPTS} builds interrupted at random moments", _interrupted),
        Check("a full disk", _disk_full),
    ]


def _killed() -> str:
    """Kill builds of two specs into one directory, looking at it after each."""
    builds = _whole_builds("killed")
    folder = WORK / "kill" / "out"
    shutil.rmtree(folder, ignore_errors=True)
    seed = random.randrange(1 << 32)
    moments, mixed = random.Random(seed), 0
    for number in range(KILLS):
        spec, _, seconds = builds[number % 2]
        if number % 4 < 2 or not folder.is_dir():
            _kill(spec, folder, moments.uniform(0, 1.2 * seconds))
        else:
            _kill_while_replacing(spec, folder, moments.uniform(0, REPLACING_SECONDS))
        if folder.is_dir():
            mixed += _check_whole(folder, [files for _, files, _ in builds], f"seed {seed}")
            if number % 5 == 0:
                _check_seen(folder, *builds[0][:2], f"seed {seed}")
    spec, files, _ = builds[0]
    healed = drc("build", spec, "-o", folder)
    assert healed.returncode == 0, healed.stderr
    assert _files(folder) == files, "the build after the kills does not heal the directory"
    assert not _leftovers(folder), _leftovers(folder)
    return f"{mixed} of them left a mixture, and the manifest told"


def _check_seen(folder: Path, spec: Path, files: dict[str, bytes], seed: str) -> None:
    """`--check` says no where anything is there that another build left, and touches nothing."""
    before = _files(folder)
    checked = drc("build", spec, "-o", folder, "--check")
    assert checked.returncode == (0 if before == files else 1), f"{checked.stderr} ({seed})"
    assert _files(folder) == before, f"--check changes the directory ({seed})"


def _interrupted() -> None:
    """An interrupt leaves one whole build or the other, and nothing beside it."""
    builds = _whole_builds("interrupted")
    folder = WORK / "kill" / "interrupted"
    shutil.rmtree(folder, ignore_errors=True)
    seed = random.randrange(1 << 32)
    moments = random.Random(seed)
    for number in range(INTERRUPTS):
        spec, _, seconds = builds[number % 2]
        process = _start(spec, folder)
        if number % 4 < 1:
            time.sleep(moments.uniform(0, 1.2 * seconds))
        else:
            # Short is the time in which there is something to leave.
            while process.poll() is None and not _leftovers(folder):
                pass
            time.sleep(moments.uniform(0, REPLACING_SECONDS))
        process.send_signal(signal.SIGINT)
        process.wait()
        assert process.returncode in (0, -signal.SIGINT), f"{process.returncode} (seed {seed})"
        if folder.is_dir():
            files = _files(folder)
            whole = [{}, *(files for _, files, _ in builds)]
            assert files in whole, f"an interrupt leaves a mixture (seed {seed})"
            assert not _leftovers(folder), f"{_leftovers(folder)} (seed {seed})"


def _whole_builds(check: str) -> list[tuple[Path, dict[str, bytes], float]]:
    """Two builds for a check, which runs beside the others."""
    return [_whole_build(check, "one", "1d"), _whole_build(check, "other", "2d")]


def _whole_build(check: str, name: str, retention: str) -> tuple[Path, dict[str, bytes], float]:
    """A spec, the files of its undisturbed build, and how long that takes."""
    spec = write_spec(f"{check}-{name}", _large_spec(name, retention))
    folder = WORK / "kill" / f"{check}-{name}"
    start = time.monotonic()
    build(spec, folder)
    return spec, _files(folder), time.monotonic() - start


def _large_spec(name: str, retention: str) -> str:
    """Many stacks, most of the same name in both specs, one of a name of its own."""
    clusters = [f"db{number}" for number in range(STATEMENTS)] + [f"only-{name}"]
    return "system killed stacks per statement\n" + "".join(
        f"backup cluster {cluster} from ap-northeast-1 to ap-northeast-3 "
        f"daily 01:00 JST keep {retention}\n"
        for cluster in clusters
    )


def _kill(spec: Path, folder: Path, after: float) -> None:
    """Kill a build so many seconds after its start."""
    process = _start(spec, folder)
    time.sleep(after)
    _end(process)


def _kill_while_replacing(spec: Path, folder: Path, after: float) -> None:
    """Kill a build so many seconds after it replaced its first file, which is over soon."""
    files = [folder / name for name in _files(folder)]
    before = _inodes(files)
    process = _start(spec, folder)
    while process.poll() is None and _inodes(files) == before:
        pass
    time.sleep(after)
    _end(process)


def _inodes(files: list[Path]) -> list[int]:
    return [file.stat().st_ino if file.exists() else 0 for file in files]


def _start(spec: Path, folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [os.environ["DRC"], "build", str(spec), "-o", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


def _check_whole(folder: Path, builds: list[dict[str, bytes]], seed: str) -> bool:
    """Every file is one of a build's, and a mixture is seen; whether there is one."""
    files = _files(folder)
    for name, data in files.items():
        assert data in [whole.get(name) for whole in builds], f"{name} is not whole ({seed})"
    of_one_build = any(whole.items() <= files.items() for whole in builds)
    told = "manifest.json" not in files or bool(Built(folder).mismatches())
    assert told != of_one_build, f"a mixture passes, or a build does not ({seed})"
    return not of_one_build


def _files(folder: Path) -> dict[str, bytes]:
    """What is in the directory, without what a build hides from view while it works."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not _hidden(path.relative_to(folder))
    }


def _leftovers(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if _hidden(path.relative_to(folder))]


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _disk_full() -> None:
    """Where there is no room for a build, the one before it stays as it was."""
    before = write_spec("full", _large_spec("before", "1d"))
    with _small_disk() as disk:
        folder = disk / "out"
        result = drc("build", before, "-o", folder)
        assert result.returncode == 0, result.stderr
        files = _files(folder)
        _fill(disk / "filler")
        write_spec("full", _large_spec("after", "2d"))
        result = drc("build", before, "-o", folder)
        assert result.returncode == 2, (result.returncode, result.stderr)
        assert "the disk is full; nothing was changed" in result.stderr, result.stderr
        assert str(folder) in result.stderr, result.stderr
        assert _files(folder) == files, "the build before is damaged"
        assert not _leftovers(folder), _leftovers(folder)


@contextmanager
def _small_disk() -> Iterator[Path]:
    """A file system of its own with little room, where this user may mount one."""
    disk = WORK / "kill" / "disk"
    disk.mkdir(parents=True, exist_ok=True)
    options = f"size={TMPFS_BYTES}"
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(disk)]
    if shutil.which("mount") is None or os.geteuid() != 0:
        raise Skipped("only root may mount a small file system")
    result = subprocess.run(mount, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise Skipped(f"cannot mount a small file system: {result.stderr.strip()}")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def _fill(path: Path) -> None:
    """Leave no room but a page."""
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError as error:
            assert error.errno == errno.ENOSPC
        file.truncate(file.tell() - 4096)
