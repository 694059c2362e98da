"""sounds.npz: the CC0 one-shot samples of Sonic Pi that last at most 1.5 s, as one second of mono sound at 16 kHz."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import resample_poly

from helpers.datasets import SOUND_RATE
from staff.data.files import write_arrays
from staff.data.packages import SONIC_PI, unpacked

FILE = "sounds.npz"
LONGEST = 1.5  # seconds
FADE = SOUND_RATE // 50  # samples faded out where a longer clip is cut: 20 ms


@dataclass(frozen=True)
class Credit:
    """Who made a sample and where it was published."""

    name: str
    author: str
    source: str

    @property
    def kind(self) -> str:
        return self.name.split("_")[0]


def read_credits(text: str) -> list[Credit]:
    """The samples under CC0 in Debian's copyright file, by name."""
    found = []
    for stanza in re.split(r"\n\s*\n", text):
        name = re.search(r"^Files:\s*etc/samples/(\w+)\.flac$", stanza, re.MULTILINE)
        if name and re.search(r"^License: CC0$", stanza, re.MULTILINE):
            author = re.search(r"^Copyright:\s*(.+)$", stanza, re.MULTILINE)
            source = re.search(r"https?://\S+", stanza)
            found.append(Credit(name[1], author[1] if author else "unknown", source[0] if source else "unknown"))
    return sorted(found, key=lambda credit: credit.name)


def chosen(root: Path) -> list[Credit]:
    """The samples that are embedded."""
    samples = (root / SONIC_PI.file).parent
    credits = read_credits((root / SONIC_PI.copyright).read_text(encoding="utf-8"))
    return [credit for credit in credits if soundfile.info(samples / f"{credit.name}.flac").duration <= LONGEST]


def one_second(wave: np.ndarray, rate: int) -> np.ndarray:
    """(T, channels) float at `rate` -> (16000,) int16: mono, resampled, cut or padded."""
    ratio = Fraction(SOUND_RATE, rate)
    mono = resample_poly(wave.mean(axis=1), ratio.numerator, ratio.denominator)
    if len(mono) > SOUND_RATE:
        mono = mono[:SOUND_RATE].copy()
        mono[-FADE:] *= np.linspace(1, 0, FADE)
    mono = np.pad(mono, (0, SOUND_RATE - len(mono)))
    return np.clip(np.round(mono * 32_768), -32_768, 32_767).astype(np.int16)


def build(folder: Path) -> Path:
    with unpacked(SONIC_PI) as root:
        samples = (root / SONIC_PI.file).parent
        credits = chosen(root)
        waves = [one_second(*soundfile.read(samples / f"{credit.name}.flac", always_2d=True)) for credit in credits]
    classes = sorted({credit.kind for credit in credits})
    return write_arrays(
        folder / FILE,
        waves=np.stack(waves),
        labels=np.array([classes.index(credit.kind) for credit in credits], dtype=np.uint8),
        classes=np.array(classes),
        names=np.array([credit.name for credit in credits]),
    )
