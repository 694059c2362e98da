"""Where to compute, how much to compute, and how to repeat it."""

from __future__ import annotations

import os
import random
from typing import TypeVar

import numpy as np
import torch

T = TypeVar("T")
PROFILES = ("smoke", "cpu", "gpu")


def get_device() -> torch.device:
    """The fastest device here: CUDA, else Apple's MPS, else the CPU."""
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")


def budget(*, smoke: T, cpu: T, gpu: T) -> T:
    """The value for this machine: `steps = budget(smoke=20, cpu=2_000, gpu=10_000)`.

    `gpu` on CUDA and MPS, `cpu` elsewhere. The environment variable COURSE_BUDGET = smoke | cpu | gpu overrides
    this; `smoke` only shows that the code runs.
    """
    profile = os.environ.get("COURSE_BUDGET", "").strip()
    if not profile:
        profile = "cpu" if get_device().type == "cpu" else "gpu"
    values = dict(zip(PROFILES, (smoke, cpu, gpu), strict=True))
    if profile not in values:
        raise ValueError(f"COURSE_BUDGET = {profile!r}: no such profile; set it to {', '.join(PROFILES[:-1])} or {PROFILES[-1]}, or unset it")
    return values[profile]


def seed_shift() -> int:
    """What is added to every seed: the environment variable COURSE_SEED, 0 unless set. So a notebook runs again with other numbers."""
    text = os.environ.get("COURSE_SEED", "").strip() or "0"
    if not text.isdigit():
        raise ValueError(f"COURSE_SEED = {text!r}: set it to a whole number from 0 on, or unset it")
    return int(text)


def seed_everything(seed: int) -> None:
    """Seed Python, NumPy and torch on every device: equal seeds give equal draws from here on."""
    seed += seed_shift()
    random.seed(seed)
    np.random.seed(seed % 2**32)  # NumPy takes 32 bits
    torch.manual_seed(seed)
