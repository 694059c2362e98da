"""Data for the notebooks: toy densities, small real data sets that come with the package, larger ones on request.

Nothing is read when this module is imported. What is embedded, where it comes from, and under which licence: `data/LICENCES.md`.
Images are float32 in [0, 1], shaped (N, C, H, W); labels are int64.
"""

from __future__ import annotations

import gzip
import http.client
import socket
import urllib.error
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from helpers.embedded import read_arrays, read_gzip_text
from helpers.toys import Checkerboard, Density, GaussianMixture, Moons, Rings

__all__ = [
    "DIGITS_SPLITS",
    "FASHION_CLASSES",
    "SOUND_RATE",
    "Checkerboard",
    "Density",
    "GaussianMixture",
    "Moons",
    "Rings",
    "load_austen",
    "load_digits",
    "load_emoji",
    "load_fashion",
    "load_online",
    "load_sounds",
]

FASHION_CLASSES = ("T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot")
DIGITS_SPLITS = {"train": slice(0, 1000), "validation": slice(1000, 1350), "test": slice(1350, 1797)}
SOUND_RATE = 16_000  # samples a second
DEBIAN_FASHION = Path("/usr/share/datasets/fashion-mnist")  # of Debian's package dataset-fashion-mnist
# torchvision's class, and what to use without a network
ONLINE = {"fashion_mnist": ("FashionMNIST", "load_fashion()"), "mnist": ("MNIST", "load_digits()"), "cifar10": ("CIFAR10", "load_emoji()")}
NETWORK_SECONDS = 20.0  # without an answer for so long, there is no network


def load_fashion(split: str = "train") -> tuple[Tensor, Tensor]:
    """Fashion-MNIST, balanced: 5,000 training or 1,000 test images (N, 1, 28, 28) in [0, 1] and labels (N,), see FASHION_CLASSES."""
    _check_choice("load_fashion", "split", split, ["train", "test"])
    arrays = read_arrays("fashion.npz")
    return _unit_images(arrays[f"{split}_images"][:, None]), _labels(arrays[f"{split}_labels"])


def load_emoji() -> tuple[Tensor, Tensor, list[str]]:
    """Noto emoji on white: images (N, 3, 32, 32) in [0, 1], labels (N,) of the nine Unicode groups 0..8, and captions such as "red apple".

    No two images are equal. There are few of them: a model trained on them for long remembers them.
    """
    arrays = read_arrays("emoji.npz")
    return _unit_images(arrays["images"].transpose(0, 3, 1, 2)), _labels(arrays["labels"]), arrays["captions"].tolist()


def load_digits(split: str = "train") -> tuple[Tensor, Tensor]:
    """Handwritten digits with 17 grey levels: x (N, 1, 8, 8) int64 in 0..16 and labels (N,); 1,000 / 350 / 447 in the file's order.

    The file isn't shuffled (its writers follow each other), so numbers of different splits cannot be compared.
    """
    _check_choice("load_digits", "split", split, list(DIGITS_SPLITS))
    arrays = read_arrays("digits.npz")
    rows = DIGITS_SPLITS[split]
    return torch.from_numpy(arrays["images"][rows, None].astype(np.int64)), _labels(arrays["labels"][rows])


def load_austen(split: str = "train") -> str:
    """Jane Austen's Pride and Prejudice: the first 90 % of its characters ("train") or the last 10 % ("test")."""
    _check_choice("load_austen", "split", split, ["train", "test"])
    text = read_gzip_text("austen.txt.gz")
    cut = len(text) * 9 // 10
    return text[:cut] if split == "train" else text[cut:]


def load_sounds() -> tuple[Tensor, Tensor, list[str]]:
    """One-shot sounds, mono: waves (N, 16000) float in [-1, 1], one second at SOUND_RATE; labels (N,); names of the classes."""
    arrays = read_arrays("sounds.npz")
    return torch.from_numpy(arrays["waves"].astype(np.float32) / 32_768), _labels(arrays["labels"]), arrays["classes"].tolist()


def load_online(name: str, split: str = "train", root: str | Path = "data") -> tuple[Tensor, Tensor]:
    """A full data set: images (N, C, H, W) in [0, 1] and labels (N,). `name` is "fashion_mnist", "mnist" or "cifar10".

    torchvision downloads it once into `root`, with a progress bar. Fashion-MNIST needs no network where
    Debian's package dataset-fashion-mnist is installed. The splits are "train" and "test".
    """
    _check_choice("load_online", "name", name, list(ONLINE))
    _check_choice("load_online", "split", split, ["train", "test"])
    if name == "fashion_mnist" and DEBIAN_FASHION.is_dir():
        return read_fashion_mnist(DEBIAN_FASHION, split)
    from torchvision import datasets  # here, because it would double the time of `import helpers`

    class_name, default = ONLINE[name]
    try:
        with _patience(NETWORK_SECONDS):
            data = getattr(datasets, class_name)(root, train=split == "train", download=True)
    except (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError, RuntimeError) as error:
        reason = " ".join(str(error).split())
        message = f"load_online: {name} is not in {str(root)!r} and could not be downloaded ({reason}). "
        raise ConnectionError(message + f"Connect to a network and try again, or use {default}, which comes with this package") from None
    pixels = torch.as_tensor(data.data)  # MNIST: (N, H, W); CIFAR-10: (N, H, W, C)
    images = pixels[:, None] if pixels.ndim == 3 else pixels.permute(0, 3, 1, 2)
    return images.contiguous().float().div_(255), torch.as_tensor(data.targets, dtype=torch.int64)


def read_fashion_mnist(folder: Path, split: str) -> tuple[Tensor, Tensor]:
    """The complete Fashion-MNIST from its four .gz files in `folder`: (60000 or 10000, 1, 28, 28) in [0, 1] and labels."""
    prefix = "train" if split == "train" else "t10k"
    images = _read_idx(folder / f"{prefix}-images-idx3-ubyte.gz")
    return _unit_images(images[:, None]), _labels(_read_idx(folder / f"{prefix}-labels-idx1-ubyte.gz"))


def _read_idx(path: Path) -> np.ndarray:
    """An array of bytes in the IDX format: 0, 0, type 8, number of axes, their lengths as big-endian int32, content."""
    try:
        content = gzip.decompress(path.read_bytes())
        if content[:3] != b"\0\0\x08":
            raise ValueError(f"it begins with {content[:3]!r}, expected an IDX file of bytes")
        shape = np.frombuffer(content, dtype=">i4", count=content[3], offset=4)
        return np.frombuffer(content, dtype=np.uint8, offset=4 + 4 * content[3]).reshape(shape)
    except (OSError, EOFError, ValueError) as error:
        raise RuntimeError(f"{path}: not readable ({error}); install Debian's package dataset-fashion-mnist again") from error


def _unit_images(pixels: np.ndarray) -> Tensor:
    return torch.from_numpy(pixels.astype(np.float32, order="C") / np.float32(255))


def _labels(values: np.ndarray) -> Tensor:
    return torch.from_numpy(values.astype(np.int64))


def _check_choice(function: str, argument: str, value: str, choices: list[str]) -> None:
    if value not in choices:
        raise ValueError(f"{function}: {argument} = {value!r}, expected one of {', '.join(map(repr, choices))}")


@contextmanager
def _patience(seconds: float) -> Iterator[None]:
    """Sockets opened inside wait at most `seconds` for an answer; torchvision sets no limit of its own."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(seconds)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)
