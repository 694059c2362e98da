"""All that a student needs in one zip: notebook, wheel of `helpers`, environment, how to start. The same bytes on every build."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any

from staff.config import CourseError

STAMP = (2020, 1, 1, 0, 0, 0)  # of every file in a zip: builds are compared by bytes
EPOCH = "1577836800"  # the same moment, in seconds
START = Path(__file__).parent / "start" / "START.md"
DESCRIPTION = "What the notebooks of the course import: data, device, training, plots, networks, stubs"
LICENSES = ("LICENSE", "LICENSE-TEXT")


def students_pyproject(project: dict[str, Any], mark: str) -> str:
    """The wheel's own pyproject: name, version, requirements; no staff or dev extras, no `course` command, no readme of the team.

    `mark` is of the content: pip would not replace an installed wheel by another one of the same version.
    """
    project = {**project, "version": f"{project['version']}+{mark}", "description": DESCRIPTION}
    lines = ["[build-system]", 'requires = ["hatchling"]', 'build-backend = "hatchling.build"', "", "[project]"]
    lines += [f'{key} = "{project[key]}"' for key in ("name", "version", "description", "requires-python", "license")]
    lines += ["dependencies = [", *(f'    "{requirement}",' for requirement in project["dependencies"]), "]"]
    lines += ["", "[tool.hatch.build]", "ignore-vcs = true", "", "[tool.hatch.build.targets.wheel]", 'packages = ["helpers"]', ""]
    return "\n".join(lines)


def content_mark(folder: Path) -> str:
    """A short name for what a folder holds, fit for a version: `h` and eight hexadecimal digits."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return f"h{digest.hexdigest()[:8]}"


def build_wheel(root: Path, folder: Path) -> Path:
    """Build the wheel of `root`/helpers into `folder`, offline, from a copy that holds nothing else."""
    try:
        project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    except (FileNotFoundError, KeyError, tomllib.TOMLDecodeError) as error:
        raise CourseError(f"{root / 'pyproject.toml'}: no [project] to build the wheel from ({error}); restore the file") from None
    with tempfile.TemporaryDirectory(prefix="course-wheel-") as name:
        copy = Path(name)
        shutil.copytree(root / "helpers", copy / "helpers", ignore=shutil.ignore_patterns("__pycache__", "*.pyc", ".*", "*.tmp"))
        (copy / "pyproject.toml").write_text(students_pyproject(project, content_mark(copy / "helpers")), encoding="utf-8")
        if (root / "LICENSE").is_file():
            shutil.copy(root / "LICENSE", copy / "LICENSE")
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(copy / "dist")]
        done = subprocess.run(command, cwd=copy, env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH}, capture_output=True, text=True)
        wheels = sorted((copy / "dist").glob("*.whl"))
        if done.returncode or len(wheels) != 1:
            raise CourseError(f"the wheel of helpers was not built: {(done.stderr or done.stdout).strip()[-1000:]}")
        folder.mkdir(parents=True, exist_ok=True)
        return Path(shutil.copy(wheels[0], folder / wheels[0].name))


def students_environment(text: str, wheel: str) -> str:
    """environment.yml for a student: the course's own, with the wheel beside it where the checkout installs itself."""
    if "- -e ." not in text:
        raise CourseError("environment.yml: its last line is not '- -e .', so the wheel has no place; restore the line")
    return text.replace("- -e .", f"- ./{wheel}")


def bundle(root: Path, release: Path, module: str, wheel: Path) -> dict[str, bytes]:
    """The zip's files, by name: `release` is the released module's folder."""
    files = {path.relative_to(release).as_posix(): path.read_bytes() for path in sorted(release.rglob("*")) if path.is_file()}
    files[wheel.name] = wheel.read_bytes()
    try:
        environment = (root / "environment.yml").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CourseError(f"{root / 'environment.yml'}: not found; students install from it, restore it") from None
    files["environment.yml"] = students_environment(environment, wheel.name).encode()
    files["START.md"] = START.read_text(encoding="utf-8").replace("{module}", module).replace("{wheel}", wheel.name).encode()
    files |= {name: (root / name).read_bytes() for name in LICENSES if (root / name).is_file()}
    return {f"{module}/{name}": content for name, content in files.items()}


def write_zip(path: Path, files: dict[str, bytes]) -> None:
    """A zip with sorted names and fixed dates, written through a temporary name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, STAMP)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, files[name])
    temporary.replace(path)
