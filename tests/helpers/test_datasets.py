"""Embedded data are what they claim to be, damaged files are found, larger sets are had or asked for in plain words."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import urllib.error
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from helpers import datasets, embedded


def test_fashion_is_balanced_and_its_splits_are_disjoint() -> None:
    (train, train_labels), (test, test_labels) = datasets.load_fashion("train"), datasets.load_fashion("test")
    assert train.shape == (5000, 1, 28, 28) and test.shape == (1000, 1, 28, 28) and train.dtype == torch.float32
    assert torch.bincount(train_labels).tolist() == [500] * 10 and torch.bincount(test_labels).tolist() == [100] * 10
    assert float(train.min()) == 0 and float(train.max()) == 1 and 0.25 < float(train.mean()) < 0.32
    assert train_labels.dtype == torch.int64 and len(datasets.FASHION_CLASSES) == 10
    both = {image.numpy().tobytes() for image in torch.cat([train, test])}
    assert len(both) == 6000, "no image stands twice, within or across the splits"


def test_emoji() -> None:
    images, labels, captions = datasets.load_emoji()
    assert images.shape == (1861, 3, 32, 32) and len(captions) == len(labels) == 1861
    assert float(images.min()) >= 0 and float(images.max()) == 1 and torch.bincount(labels).tolist() == [166, 362, 152, 133, 218, 85, 261, 223, 261]
    assert len({image.numpy().tobytes() for image in images}) == 1861 and all(captions) and type(captions[0]) is str
    red, green, blue = images[captions.index("red apple")].mean(dim=(1, 2)).tolist()
    assert red > green + 0.1 and red > blue + 0.1, "captions belong to their pictures, channels are in the order RGB"
    assert not any("skin tone" in caption for caption in captions)


def test_digits() -> None:
    sizes = {"train": 1000, "validation": 350, "test": 447}
    for split, size in sizes.items():
        x, labels = datasets.load_digits(split)
        assert x.shape == (size, 1, 8, 8) and x.dtype == torch.int64 and labels.shape == (size,)
        assert int(x.min()) == 0 and int(x.max()) == 16 and min(torch.bincount(labels).tolist()) > size // 12
    assert datasets.load_digits("train")[1][:12].tolist() == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1], "the file's order"
    histogram = torch.stack([datasets.load_digits("train")[0].flatten(1) == level for level in range(17)]).double().sum(1) + 1  # (17, 64)
    log_p = torch.log(histogram / histogram.sum(0))
    test = datasets.load_digits("test")[0].flatten(1)
    assert float(-log_p.T.gather(1, test.T).sum(0).mean()) == pytest.approx(106.3, abs=0.5), "the per-pixel histogram's nats on the test split"


def test_austen() -> None:
    train, test = datasets.load_austen("train"), datasets.load_austen("test")
    assert (len(train), len(test)) == (616_290, 68_477) and train.startswith("PRIDE AND PREJUDICE") and train.isascii()
    assert "It is a truth universally acknowledged" in train and "Pemberley" in test and "\r" not in train + test


def test_sounds() -> None:
    waves, labels, classes = datasets.load_sounds()
    assert waves.shape == (83, 16_000) and waves.dtype == torch.float32 and float(waves.abs().max()) <= 1
    assert float(waves.abs().amax(dim=1).min()) > 0.05, "no clip is silent"
    counts = dict(zip(classes, torch.bincount(labels).tolist(), strict=True))
    assert (counts["elec"], counts["tabla"], counts["drum"], counts["bd"]) == (23, 18, 15, 11)


@pytest.mark.parametrize("load", [datasets.load_fashion, datasets.load_emoji, datasets.load_digits, datasets.load_austen, datasets.load_sounds])
def test_loading_is_quick(load: Callable[[], object]) -> None:
    begin = time.process_time()
    load()
    assert time.process_time() - begin < 0.5


def test_files_are_small_listed_and_licensed() -> None:
    listed = [line.split("  ")[1] for line in (embedded.FOLDER / embedded.SUMS).read_text().splitlines()]
    files = sorted(path.name for path in embedded.FOLDER.iterdir() if path.name != embedded.SUMS and not path.name.startswith("."))
    assert listed == files, "SHA256SUMS lists every file"
    sizes = [(embedded.FOLDER / name).stat().st_size for name in files]
    assert max(sizes) < 5_000_000 and sum(sizes) < 8_000_000
    licences = (embedded.FOLDER / "LICENCES.md").read_text(encoding="utf-8")
    for name in files:
        assert name == "LICENCES.md" or f"`{name}`" in licences, f"LICENCES.md says nothing about {name}"
        assert embedded.read_bytes(name)


@pytest.mark.parametrize("name", ["fashion.npz", "austen.txt.gz", "fashion_features.safetensors"])
def test_damaged_and_missing_files_are_named_with_a_remedy(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(embedded.FOLDER, folder)
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1  # one bit
    (folder / name).write_bytes(content)
    with pytest.raises(embedded.DataFileError, match=rf"{name}: damaged.*git checkout -- helpers/data/{name}"):
        embedded.read_bytes(name, folder)
    (folder / name).unlink()
    with pytest.raises(embedded.DataFileError, match=f"{name}: missing.*install the wheel"):
        embedded.read_bytes(name, folder)
    (folder / embedded.SUMS).write_text("")
    with pytest.raises(embedded.DataFileError, match=f"SHA256SUMS: no line for {name}"):
        embedded.read_bytes(name, folder)


def test_pickled_arrays_are_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "bad.npz", captions=np.array(["a", None], dtype=object))
    subprocess.run("sha256sum bad.npz > SHA256SUMS", shell=True, cwd=tmp_path, check=True)
    with pytest.raises(ValueError, match="allow_pickle=False"):
        embedded.read_arrays("bad.npz", tmp_path)


def test_import_loads_neither_data_nor_torchvision() -> None:
    code = "import sys; import helpers.datasets, helpers.features; print(sorted({'torchvision', 'scipy', 'PIL', 'sklearn'} & set(sys.modules)))"
    opened = "import builtins, pathlib; pathlib.Path.read_bytes = None; "
    result = subprocess.run([sys.executable, "-c", opened + code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_online_without_a_network_names_the_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def no_network(*_: object, **__: object) -> None:
        raise urllib.error.URLError("Name or service not known")

    monkeypatch.setattr("urllib.request.urlopen", no_network)
    monkeypatch.setattr(datasets, "DEBIAN_FASHION", tmp_path / "absent")
    for name, default in (("mnist", "load_digits"), ("cifar10", "load_emoji"), ("fashion_mnist", "load_fashion")):
        with pytest.raises(ConnectionError, match=rf"{name} is not in .*{default}\(\), which comes with this package"):
            datasets.load_online(name, root=tmp_path)


def test_online_reads_what_torchvision_has_on_disk(tmp_path: Path) -> None:
    folder = tmp_path / "MNIST" / "raw"
    folder.mkdir(parents=True)
    pixels = (np.arange(3 * 28 * 28) % 256).astype(np.uint8).reshape(3, 28, 28)
    for prefix in ("train", "t10k"):
        (folder / f"{prefix}-images-idx3-ubyte").write_bytes(b"\0\0\x08\x03" + np.array([3, 28, 28], ">i4").tobytes() + pixels.tobytes())
        (folder / f"{prefix}-labels-idx1-ubyte").write_bytes(b"\0\0\x08\x01" + np.array([3], ">i4").tobytes() + bytes([7, 0, 9]))
    images, labels = datasets.load_online("mnist", "test", tmp_path)
    assert images.shape == (3, 1, 28, 28) and images.dtype == torch.float32 and labels.tolist() == [7, 0, 9] and labels.dtype == torch.int64
    assert torch.allclose(images[:, 0] * 255, torch.from_numpy(pixels.astype(np.float32)), atol=1e-3)


@pytest.mark.skipif(not datasets.DEBIAN_FASHION.is_dir(), reason="Debian's package dataset-fashion-mnist is not installed")
def test_online_takes_debians_fashion_mnist(tmp_path: Path) -> None:
    images, labels = datasets.load_online("fashion_mnist", "test", tmp_path)
    assert images.shape == (10_000, 1, 28, 28) and torch.bincount(labels).tolist() == [1000] * 10 and not any(tmp_path.iterdir())


def test_a_damaged_idx_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "t10k-images-idx3-ubyte.gz").write_bytes(b"not gzip")
    with pytest.raises(RuntimeError, match=r"t10k-images-idx3-ubyte.gz: not readable.*dataset-fashion-mnist"):
        datasets.read_fashion_mnist(tmp_path, "test")


def test_unknown_names_are_refused() -> None:
    with pytest.raises(ValueError, match="load_fashion: split = 'valid', expected one of 'train', 'test'"):
        datasets.load_fashion("valid")
    with pytest.raises(ValueError, match="load_digits: split = 'all', expected one of 'train', 'validation', 'test'"):
        datasets.load_digits("all")
    with pytest.raises(ValueError, match="load_online: name = 'celeba', expected one of 'fashion_mnist'"):
        datasets.load_online("celeba")
