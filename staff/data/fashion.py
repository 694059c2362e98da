"""fashion.npz: 5,000 training and 1,000 test images of Fashion-MNIST, the first ones of each class in the file's order."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from helpers.datasets import FASHION_CLASSES, read_fashion_mnist
from staff.data.files import write_arrays
from staff.data.packages import FASHION_MNIST, unpacked

FILE = "fashion.npz"
TRAIN_PER_CLASS, TEST_PER_CLASS = 500, 100


def full_set(split: str) -> tuple[Tensor, Tensor]:
    """All images (60000 or 10000, 1, 28, 28) in [0, 1] and labels, from Debian's package."""
    with unpacked(FASHION_MNIST) as root:
        return read_fashion_mnist((root / FASHION_MNIST.file).parent, split)


def rank_in_class(labels: Tensor) -> Tensor:
    """For every item, how many items of its class come before it: (N,) -> (N,). Taking low ranks gives a balanced subset."""
    one_hot = torch.nn.functional.one_hot(labels)
    return (one_hot.cumsum(dim=0) - 1).gather(1, labels[:, None])[:, 0]


def build(folder: Path) -> Path:
    arrays: dict[str, np.ndarray] = {"classes": np.array(FASHION_CLASSES)}
    for split, count in (("train", TRAIN_PER_CLASS), ("test", TEST_PER_CLASS)):
        images, labels = full_set(split)
        chosen = rank_in_class(labels) < count
        arrays[f"{split}_images"] = (images[chosen, 0] * 255).round().to(torch.uint8).numpy()
        arrays[f"{split}_labels"] = labels[chosen].to(torch.uint8).numpy()
    return write_arrays(folder / FILE, **arrays)
