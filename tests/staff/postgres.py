"""A PostgreSQL server of the test's own, on a free port of this machine, gone afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def programs() -> Path | None:
    """Where initdb and postgres are: Debian keeps them off the path."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return places[-1] if places else None


@contextmanager
def postgres(where: Path) -> Iterator[str]:
    """The URL of an empty database. A superuser starts it as the user `postgres`, since it refuses to run as one."""
    who: dict[str, Any] = {"user": "postgres"} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory(dir="/tmp", ignore_cleanup_errors=True) as folder, socket.socket() as free:
        if who:
            shutil.chown(folder, "postgres")
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder, **who}
        data = f"{folder}/data"
        subprocess.run([where / "initdb", "-D", data, "-U", "course", "-A", "trust", "--no-sync"], **quiet)
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
        subprocess.run([where / "pg_ctl", "-D", data, "-o", options, "-w", "-l", f"{folder}/log", "start"], **quiet)
        try:
            yield f"postgresql+psycopg://course@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run([where / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **quiet)
