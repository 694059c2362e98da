"""Debian packages as sources of data: used where they are installed, otherwise downloaded into a temporary folder."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from staff.config import CourseError

DOWNLOAD_SECONDS = 120


@dataclass(frozen=True)
class Package:
    """A Debian package and one file in it, relative to the root, that is there when it is installed."""

    name: str
    file: str

    @property
    def copyright(self) -> str:
        return f"usr/share/doc/{self.name}/copyright"

    @property
    def installed(self) -> bool:
        return (Path("/") / self.file).is_file()


FASHION_MNIST = Package("dataset-fashion-mnist", "usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz")
NOTO_EMOJI = Package("fonts-noto-color-emoji", "usr/share/fonts/truetype/noto/NotoColorEmoji.ttf")
UNICODE = Package("unicode-data", "usr/share/unicode/emoji/emoji-test.txt")
SONIC_PI = Package("sonic-pi-samples", "usr/share/sonic-pi/samples/README.md")
AUSTEN = Package("r-cran-janeaustenr", "usr/lib/R/site-library/janeaustenr/data/Rdata.rdb")


@contextmanager
def unpacked(package: Package) -> Iterator[Path]:
    """The root folder under which the package's files lie: `/`, or a temporary folder with the unpacked download."""
    if package.installed:
        yield Path("/")
        return
    with tempfile.TemporaryDirectory(prefix="course-data-") as temporary:
        folder = Path(temporary)
        _run(["apt-get", "download", package.name], folder, package)
        archives = sorted(folder.glob("*.deb"))
        if not archives:
            raise CourseError(f"{package.name}: apt-get download left no .deb; install it instead: apt-get install {package.name}")
        root = folder / "root"
        _run(["dpkg-deb", "-x", str(archives[0]), str(root)], folder, package)
        if not (root / package.file).is_file():
            raise CourseError(f"{package.name}: {archives[0].name} has no {package.file}; the scripts were written for Debian 12")
        yield root


def _run(command: list[str], folder: Path, package: Package) -> None:
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=DOWNLOAD_SECONDS)
    except FileNotFoundError:
        raise CourseError(f"{package.name}: no command {command[0]}; build the data on Debian, or in a container of it") from None
    except subprocess.TimeoutExpired:
        raise CourseError(f"{package.name}: {command[0]} gave no answer in {DOWNLOAD_SECONDS} s; check the network and try again") from None
    except subprocess.CalledProcessError as error:
        reason = (error.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise CourseError(f"{package.name}: {' '.join(command[:2])} failed ({reason}); try apt-get update first") from error
