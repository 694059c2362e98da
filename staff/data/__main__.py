"""`python -m staff.data [NAME…] [--folder FOLDER]`: build some or all data files, then the list of their SHA-256 sums."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from staff.config import CourseError
from staff.data.files import check_sizes, write_sums

DATA = Path(__file__).parents[2] / "helpers" / "data"
# each is a module of this package with `build(folder) -> Path`; `features` and `char_model` are trained on what is fixed before them
NAMES = ("fashion", "emoji", "digits", "austen", "sounds", "features", "char_model", "licences")


def build(names: Sequence[str], folder: Path) -> list[Path]:
    """Build the named files in `folder` and bring its list of sums up to date."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in names:
        try:
            module = importlib.import_module(f"staff.data.{name}")
        except ImportError as error:
            raise CourseError(f"staff.data.{name}: {error}; install the developers' packages: pip install -e '.[staff,dev]'") from error
        print(f"{name} …", flush=True)
        paths.append(module.build(folder))
    write_sums(folder)
    check_sizes(folder)
    return paths


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m staff.data", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"what to build, all by default: {', '.join(NAMES)}")
    parser.add_argument("--folder", type=Path, default=DATA, help="where to write (default: helpers/data)")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.names if name not in NAMES]
    if unknown:
        parser.error(f"no data set {unknown[0]!r}; there are: {', '.join(NAMES)}")
    try:
        for path in build(options.names or NAMES, options.folder):
            print(f"{path.name:32} {path.stat().st_size:>10,} bytes")
    except CourseError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
