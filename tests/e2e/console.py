"""A person at an interactive shell with the AWS CLI, who pastes and reads.

What is pasted goes to the standard input of the shell as it stands. After each paste the shell is
asked how it ended, as its prompt could show.

Starting the CLI takes half a second, most of it Python reading modules. So it is started once, and
each `aws` is a fork of that process with the words, the environment, the directory and the files of
the command: the same code, as far as a command can see. Its waiters do not sleep.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

SHELLS = {
    "bash": ["bash", "--norc", "--noprofile", "--noediting", "-i"],
    "dash": ["dash", "-i"],
    "zsh": ["zsh", "-f", "-i"],
}
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_MAX_ATTEMPTS": "1",
}
ENDED = "the paste ended with"
WARMING = (
    "backup list-backup-vaults",
    "cloudformation describe-stacks",
    "dynamodb list-tables",
    "ec2 describe-security-groups",
    "iam get-role --role-name none",
    "kms describe-key --key-id none",
    "rds describe-db-clusters",
    "sts get-caller-identity",
)
CLIENT = """#!{python} -IS
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as server:
    server.connect({address!r})
    words = json.dumps([sys.argv[1:], dict(os.environ), os.getcwd()]).encode()
    socket.send_fds(server, [len(words).to_bytes(4, "big")], [0, 1, 2])
    server.sendall(words)
    status = server.recv(1)
sys.exit(status[0] if status else 255)
"""


@dataclass(frozen=True)
class Said:
    """What a paste showed, and how it ended."""

    text: str
    status: int

    @property
    def stopped(self) -> bool:
        """Whether it says so, or a command in it was refused."""
        return self.status != 0 or any(line.startswith("STOP: ") for line in self.text.splitlines())


class Console:
    """A shell in a home directory of its own."""

    def __init__(self, shell: str, home: Path, url: str) -> None:
        self.home = home
        environment = {
            "HOME": str(home),
            "PATH": f"{tools()}:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            # Prompts would hide what begins a line.
            "PS1": "",
            "PS2": "",
            "AWS_CONFIG_FILE": str(tools() / "config"),
            **CREDENTIALS,
            "AWS_ENDPOINT_URL": url,
            "NO_PROXY": "127.0.0.1",
        }
        self._process = subprocess.Popen(
            SHELLS[shell],
            env=environment,
            cwd=home,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._pasted = 0

    def paste(self, text: str) -> Said:
        """Pastes and reads until the shell is back."""
        self._pasted += 1
        end = f"{ENDED} {self._pasted}:"
        # Quoted in two, so that a shell that echoes what it reads does not show the mark.
        self._write(f"{text}\nprintf '\\n%s%s\\n' '{end[:4]}' \"{end[4:]} $?\"\n")
        lines: list[str] = []
        for line in self._process.stdout:
            if line.startswith(end):
                return Said("".join(lines), int(line.removeprefix(end)))
            lines.append(line)
        raise AssertionError(f"the shell is gone after {''.join(lines)}")

    def _write(self, text: str) -> None:
        self._process.stdin.write(text)
        self._process.stdin.flush()

    def close(self) -> None:
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(timeout=30)


@functools.cache
def tools() -> Path:
    """A directory with `aws`, and with a `sleep` that does not, for as long as this process runs."""
    folder = Path(tempfile.mkdtemp())
    address = str(folder / "socket")
    (folder / "aws").write_text(CLIENT.format(python=sys.executable, address=address))
    (folder / "sleep").write_text("#!/bin/sh\n")
    for tool in ("aws", "sleep"):
        (folder / tool).chmod(0o755)
    # As version 2 of the CLI writes times.
    (folder / "config").write_text("[default]\ncli_timestamp_format = iso8601\n")
    server = subprocess.Popen(
        [sys.executable, "-B", __file__, address],
        env={**os.environ, **CREDENTIALS, "AWS_CONFIG_FILE": str(folder / "config")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert server.stdout.readline() == b"ready\n", "the AWS CLI does not start"
    _running.append(server)
    return folder


_running: list[subprocess.Popen[bytes]] = []


# --- The process that `aws` is a fork of -------------------------------------


def serve(address: str) -> None:
    """Answers commands until whoever started it is gone."""
    from awscli.clidriver import create_clidriver

    driver = create_clidriver()
    with open(os.devnull, "w", encoding="utf-8") as nobody, contextlib.redirect_stderr(nobody):
        for command in WARMING:
            # Nobody answers; what is read for it need not be read again.
            driver.main(
                [*command.split(), "--endpoint-url", "http://127.0.0.1:1", "--region", "none"]
            )
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(address)
        server.listen()
        print("ready", flush=True)
        while server in select.select([server, sys.stdin], [], [])[0]:
            connection, _ = server.accept()
            with connection:
                if os.fork() == 0:
                    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                    _answer(connection, driver)
    shutil.rmtree(Path(address).parent)


def _answer(connection: socket.socket, driver: object) -> None:
    length, files, _, _ = socket.recv_fds(connection, 4, 3)
    words = b""
    while len(words) < int.from_bytes(length, "big"):
        words += connection.recv(1 << 16)
    arguments, environment, folder = json.loads(words)
    for number, file in enumerate(files):
        os.dup2(file, number)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    time.sleep = lambda _seconds: None
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", closefd=False) for number, mode in enumerate("rww")
    )
    status = 255
    try:
        status = driver.main(arguments)  # type: ignore[attr-defined]
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        connection.send(bytes([status or 0]))
        os._exit(0)


if __name__ == "__main__":
    serve(sys.argv[1])
