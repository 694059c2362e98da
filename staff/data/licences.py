"""LICENCES.md: what each data file is, where it comes from, and the notices and licence texts that must go with it."""

from __future__ import annotations

import re
from pathlib import Path

from staff.config import CourseError
from staff.data import sounds
from staff.data.packages import AUSTEN, FASHION_MNIST, NOTO_EMOJI, SONIC_PI, UNICODE, Package, unpacked
from staff.notebook import write_text

FILE = "LICENCES.md"
APACHE = Path("/usr/share/common-licenses/Apache-2.0")  # of Debian's package base-files, which is always installed

TABLE = """\
# Embedded data: origins and licences

Built by `python -m staff.data` from the packages named here; `SHA256SUMS` lists the files' SHA-256, which are checked at every load.
The licences below are those of the data; the code of this package has its own licence.

| file | content | origin | licence |
|---|---|---|---|
| `fashion.npz` | 6,000 images of Fashion-MNIST: the first 500 (training) and 100 (test) of each class | Debian `dataset-fashion-mnist`; \
© 2017 Zalando SE, https://github.com/zalandoresearch/fashion-mnist | MIT |
| `emoji.npz` | Noto emoji, drawn at 32 × 32 on white, without skin tones and exact duplicates; Unicode names and groups | \
Debian `fonts-noto-color-emoji`, `unicode-data`; © 2013–2017 Google Inc. and Arjen Nienhuis, https://github.com/googlefonts/noto-emoji | \
pictures Apache-2.0, font SIL OFL 1.1; names: Unicode licence |
| `digits.npz` | 1,797 handwritten digits, 8 × 8, 17 levels (the test part of the original set) | scikit-learn `load_digits`; \
E. Alpaydin and C. Kaynak (1998), Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, \
https://doi.org/10.24432/C50P49 | CC BY 4.0, https://creativecommons.org/licenses/by/4.0/ ; pixels unchanged, stored as bytes |
| `austen.txt.gz` | Jane Austen, Pride and Prejudice (1813) | Debian `r-cran-janeaustenr`, © 2016–2017 Julia Silge | \
the novel is in the public domain; the package is MIT |
| `sounds.npz` | COUNT one-shot sounds of at most 1.5 s, cut or padded to 1 s, mono, 16 kHz | Debian `sonic-pi-samples`; authors below | CC0 1.0 |
| `fashion_features.safetensors` | weights of a classifier and feature statistics | trained on Fashion-MNIST by `staff/data/features.py` | MIT |
| `char_model.safetensors`, `char_model.json` | weights of a character transformer, and the log of its training | \
trained on Pride and Prejudice by `staff/data/char_model.py` | MIT |
"""


def build(folder: Path) -> Path:
    with unpacked(SONIC_PI) as root:
        credits = sounds.chosen(root)
        cc0 = licence_text((root / SONIC_PI.copyright).read_text(encoding="utf-8"), "CC0", SONIC_PI)
    parts = [
        TABLE.replace("COUNT", str(len(credits))),
        section("Fashion-MNIST (MIT), © 2017 Zalando SE", _from_package(FASHION_MNIST, "Expat")),
        section("janeaustenr (MIT), © 2016–2017 Julia Silge", _from_package(AUSTEN, "MIT")),
        "## Sounds: authors (as named by Debian's copyright file)\n\n"
        + "".join(f"- `{credit.name}`: {credit.author}, {credit.source}\n" for credit in credits),
        section("CC0 1.0 (sounds)", cc0),
        section("SIL Open Font License 1.1 (Noto Color Emoji, the font)", _from_package(NOTO_EMOJI, "SIL-1.1")),
        section("Unicode licence (names and groups of the emoji)", _unicode()),
        section("Apache License 2.0 (Noto emoji, the pictures)", _apache()),
    ]
    write_text(folder / FILE, "\n".join(parts))
    return folder / FILE


def section(title: str, text: str) -> str:
    return f"## {title}\n\n```text\n{text.strip()}\n```\n"


def licence_text(copyright_file: str, name: str, package: Package) -> str:
    """The text of the stand-alone stanza `License: name` of a machine-readable Debian copyright file."""
    match = re.search(rf"\n\nLicense:[ ]*{re.escape(name)}\n((?:[ ].*\n?)+)", copyright_file)
    if not match:
        raise CourseError(f"{package.name}: its copyright file has no text of the licence {name}; look into /usr/share/doc/{package.name}/copyright")
    lines = match[1].splitlines()
    return "\n".join("" if line.strip() == "." else line[1:].rstrip() for line in lines)


def _from_package(package: Package, name: str) -> str:
    with unpacked(package) as root:
        return licence_text((root / package.copyright).read_text(encoding="utf-8"), name, package)


def _unicode() -> str:
    with unpacked(UNICODE) as root:
        text = (root / UNICODE.copyright).read_text(encoding="utf-8")
    return "\n".join(line.rstrip() for line in text[text.index("EXHIBIT 1") :].splitlines())


def _apache() -> str:
    try:
        return APACHE.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CourseError(f"{APACHE}: not found; build the data on Debian, or in a container of it") from None
