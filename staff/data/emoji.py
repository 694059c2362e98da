"""emoji.npz: Noto emoji without skin tones at 32 x 32 on white, with their Unicode names and groups."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont, features

from staff.config import CourseError
from staff.data.files import write_arrays
from staff.data.packages import NOTO_EMOJI, UNICODE, unpacked

FILE = "emoji.npz"
FONT_SIZE = 109  # the one size of the font's bitmaps, which are 136 x 128
CANVAS, SIDE = 136, 32
LINE = re.compile(r"^(?P<codes>[0-9A-F ]+?)\s*; fully-qualified\s*# \S+ E\d+\.\d+ (?P<name>.+)$")
SKIN_TONES = {chr(code) for code in range(0x1F3FB, 0x1F400)}


@dataclass(frozen=True)
class Emoji:
    text: str
    name: str
    group: str


def read_list(text: str) -> list[Emoji]:
    """The fully qualified emoji without skin tones of Unicode's emoji-test.txt, in its order."""
    found, group = [], ""
    for line in text.splitlines():
        if line.startswith("# group: "):
            group = line.removeprefix("# group: ")
        elif match := LINE.match(line):
            symbol = "".join(chr(int(code, 16)) for code in match["codes"].split())
            if not SKIN_TONES.intersection(symbol):
                found.append(Emoji(symbol, match["name"], group))
    return found


def draw(emoji: str, font: ImageFont.FreeTypeFont) -> np.ndarray | None:
    """One emoji as (32, 32, 3) bytes on white, or None where the font has no single picture for it."""
    left, top, right, bottom = font.getbbox(emoji)
    if not 0 < right - left <= CANVAS:
        return None
    canvas = Image.new("RGBA", (CANVAS, CANVAS), "white")
    position = ((CANVAS - (right - left)) / 2 - left, (CANVAS - (bottom - top)) / 2 - top)
    ImageDraw.Draw(canvas).text(position, emoji, font=font, embedded_color=True)
    return np.asarray(canvas.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BOX))


def build(folder: Path) -> Path:
    if not features.check("raqm"):
        raise CourseError("emoji: this Pillow was built without raqm, which joined emoji need; use the wheel: pip install --only-binary :all: pillow")
    with unpacked(UNICODE) as root:
        listed = read_list((root / UNICODE.file).read_text(encoding="utf-8"))
    with unpacked(NOTO_EMOJI) as root:
        font = ImageFont.truetype(str(root / NOTO_EMOJI.file), FONT_SIZE, layout_engine=ImageFont.Layout.RAQM)
        pictures = [(emoji, draw(emoji.text, font)) for emoji in listed]
    unique: dict[bytes, tuple[Emoji, np.ndarray]] = {}
    for emoji, picture in pictures:
        if picture is not None and int(picture.min()) < 255:
            unique.setdefault(picture.tobytes(), (emoji, picture))  # some flags look alike: the first name stays
    groups = list(dict.fromkeys(emoji.group for emoji, _ in unique.values()))
    return write_arrays(
        folder / FILE,
        images=np.stack([picture for _, picture in unique.values()]),
        labels=np.array([groups.index(emoji.group) for emoji, _ in unique.values()], dtype=np.uint8),
        captions=np.array([emoji.name for emoji, _ in unique.values()]),
        groups=np.array(groups),
    )
