"""The build scripts give the committed files again, and read their sources defensively."""

from __future__ import annotations

import hashlib
import struct
import subprocess
import zlib
from collections.abc import Iterator
from gzip import compress
from pathlib import Path

import numpy as np
import pytest
import torch

from helpers import embedded
from helpers.datasets import load_fashion
from helpers.features import FILE as FEATURES_FILE
from staff.config import CourseError
from staff.data import __main__ as command
from staff.data import austen, digits, emoji, fashion, features, files, licences, packages, sounds
from staff.data.packages import AUSTEN, FASHION_MNIST, NOTO_EMOJI, SONIC_PI, UNICODE, Package
from staff.data.rdata import Reader, read_variable

PACKAGES = {
    "fashion": [FASHION_MNIST],
    "emoji": [NOTO_EMOJI, UNICODE],
    "digits": [],
    "austen": [AUSTEN],
    "sounds": [SONIC_PI],
    "licences": [FASHION_MNIST, NOTO_EMOJI, UNICODE, SONIC_PI, AUSTEN],
}
BUILDS = {"fashion": fashion, "emoji": emoji, "digits": digits, "austen": austen, "sounds": sounds, "licences": licences}


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def austen_downloads() -> bool:
    """Whether the one package that is not meant to be installed can be had."""
    if AUSTEN.installed:
        return True
    try:
        with packages.unpacked(AUSTEN):
            return True
    except CourseError:
        return False


@pytest.mark.parametrize("name", BUILDS)
def test_a_build_gives_the_committed_bytes(name: str, tmp_path: Path, austen_downloads: bool) -> None:
    for package in PACKAGES[name]:
        if not package.installed and not (package is AUSTEN and austen_downloads):
            pytest.skip(f"Debian's package {package.name} is neither installed nor to be downloaded")
    built = BUILDS[name].build(tmp_path)
    committed = embedded.FOLDER / built.name
    if built.suffix == ".npz":
        (tmp_path / embedded.SUMS).write_text(f"{sha256(built)}  {built.name}\n")
        ours, theirs = embedded.read_arrays(built.name, tmp_path), embedded.read_arrays(built.name)
        assert ours.keys() == theirs.keys()
        for key in ours:
            assert ours[key].dtype == theirs[key].dtype and np.array_equal(ours[key], theirs[key]), f"{key} differs from the committed file"
    if "ng" not in zlib.ZLIB_RUNTIME_VERSION:  # zlib-ng compresses to other bytes
        assert sha256(built) == sha256(committed), f"{built.name} is not what the script builds; run: python -m staff.data {name}"


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.skipif(not FASHION_MNIST.installed, reason="Debian's package dataset-fashion-mnist is not installed")
def test_no_image_is_in_two_roles_and_the_reference_statistics_are_right() -> None:
    images, labels = fashion.full_set("train")
    reference, training = features.splits(labels)
    assert int(reference.sum()) == 5000 and int(training.sum()) == 50_000 and not bool((reference & training).any())
    embedded_ones = {image.numpy().tobytes() for split in ("train", "test") for image in load_fashion(split)[0]}
    others = {image.numpy().tobytes() for image in images[reference | training]}
    assert len(embedded_ones) == 6000 and not embedded_ones & others, "embedded images neither train the network nor are its reference"
    assert torch.bincount(labels[reference]).tolist() == [500] * 10
    network = load_network()
    mean, covariance = features.statistics(network, images[reference])
    stored = features_file()
    assert torch.allclose(mean, stored["reference.mean"], atol=1e-3) and torch.allclose(covariance, stored["reference.covariance"], atol=1e-2)


def features_file() -> dict[str, torch.Tensor]:
    from safetensors.torch import load

    return load(embedded.read_bytes(FEATURES_FILE))


def load_network() -> features.FashionNet:
    network = features.FashionNet().eval()
    network.load_state_dict({name: value for name, value in features_file().items() if not name.startswith("reference.")})
    return network


def test_training_is_deterministic_and_leaves_the_random_state_alone() -> None:
    images, labels = load_fashion("test")
    torch.manual_seed(3)
    state = torch.get_rng_state()
    first, second = (features.train(images[:512], labels[:512], epochs=1).state_dict() for _ in range(2))
    assert all(torch.equal(first[name], second[name]) for name in first)
    assert torch.equal(torch.get_rng_state(), state) and not torch.are_deterministic_algorithms_enabled()


def test_scaling_the_features_keeps_the_logits() -> None:
    network, images = features.FashionNet().eval(), load_fashion("test")[0][:50]
    with torch.no_grad():
        logits, old = network(images), network.features(images)
        features.scale(network, 3.0)
        assert torch.allclose(network(images), logits, atol=1e-4) and torch.allclose(network.features(images), 3 * old, atol=1e-4)


def test_rank_in_class() -> None:
    assert fashion.rank_in_class(torch.tensor([2, 0, 2, 2, 1, 0])).tolist() == [0, 0, 1, 2, 0, 1]


def test_emoji_list_leaves_out_skin_tones_and_unqualified_forms() -> None:
    text = """# group: Food & Drink
1F34E     ; fully-qualified     # 🍎 E0.6 red apple
# group: People & Body
1F44B 1F3FB  ; fully-qualified     # 👋🏻 E1.0 waving hand: light skin tone
263A FE0F ; fully-qualified     # ☺️ E0.6 smiling face
263A      ; unqualified         # ☺ E0.6 smiling face"""
    found = emoji.read_list(text)
    assert [(e.name, e.group) for e in found] == [("red apple", "Food & Drink"), ("smiling face", "People & Body")]
    assert found[1].text == "\u263a\ufe0f"


def test_credits_take_only_cc0() -> None:
    text = "\n\n".join(
        [
            "Files: etc/samples/bd_fat.flac\nCopyright: 2011 cubix\nSource: http://freesound.org/x/1/\nLicense: CC0",
            "Files: etc/samples/loop_garzul.flac\nCopyright: 2014 Garzul\nhttp://freesound.org/x/2/\nLicense: CC0",
            "Files: etc/samples/perc_no.flac\nCopyright: 2014 someone\nLicense: CC-BY-4.0",
            "Files: etc/doc/*\nLicense: CC0",
        ]
    )
    assert [(c.name, c.author, c.source, c.kind) for c in sounds.read_credits(text)] == [
        ("bd_fat", "2011 cubix", "http://freesound.org/x/1/", "bd"),
        ("loop_garzul", "2014 Garzul", "http://freesound.org/x/2/", "loop"),
    ]


def test_sounds_become_one_second_of_mono() -> None:
    time = np.arange(66_150) / 44_100  # 1.5 s of 440 Hz, in one channel of two
    stereo = np.stack([np.sin(2 * np.pi * 440 * time), 0 * time], axis=1)
    wave = sounds.one_second(stereo, 44_100)
    assert wave.shape == (16_000,) and wave.dtype == np.int16 and wave[-1] == 0, "cut with a fade"
    assert int(np.abs(np.fft.rfft(wave)).argmax()) == 440 and abs(int(np.abs(wave[:8000]).max()) - 16_384) < 400, "pitch kept, channels averaged"
    short = sounds.one_second(stereo[:4410], 44_100)
    assert short.shape == (16_000,) and not short[1700:].any(), "padded with silence"
    assert sounds.one_second(3 * stereo, 44_100).max() == 32_767, "clipped, not wrapped"


def r_string(text: str) -> bytes:
    return struct.pack(">ii", 9, len(text)) + text.encode()


def r_vector(kind: int, items: list[bytes], names: list[str] | None = None) -> bytes:
    head = struct.pack(">ii", kind | (0x200 if names else 0), len(items)) + b"".join(items)
    if names is None:
        return head
    attribute = struct.pack(">i", 2 | 0x400) + struct.pack(">i", 1) + r_string("names") + r_vector(16, [r_string(name) for name in names])
    return head + attribute + struct.pack(">i", 254)


def test_r_data(tmp_path: Path) -> None:
    header = b"X\n" + struct.pack(">iii", 3, 0x040201, 0x030500) + struct.pack(">i", 5) + b"UTF-8"
    novel = zlib.compress(header + r_vector(16, [r_string("It is a truth"), r_string(""), struct.pack(">ii", 9, -1)]))
    where = r_vector(13, [struct.pack(">i", 3), struct.pack(">i", len(novel) + 4)])
    index = r_vector(19, [r_vector(19, [where], ["novel"]), r_vector(10, [struct.pack(">i", 1)])], ["variables", "compressed"])
    (tmp_path / "Rdata.rdx").write_bytes(compress(header + index))
    (tmp_path / "Rdata.rdb").write_bytes(b"???" + struct.pack(">i", 99) + novel)
    assert read_variable(tmp_path / "Rdata", "novel") == ["It is a truth", "", None]
    with pytest.raises(CourseError, match="no variable 'emma'; there are: novel"):
        read_variable(tmp_path / "Rdata", "emma")
    with pytest.raises(CourseError, match="too early"):
        Reader(header + r_vector(16, [r_string("cut")])[:-2]).item()
    with pytest.raises(CourseError, match="type 3"):
        Reader(header + struct.pack(">ii", 3, 0)).item()
    with pytest.raises(CourseError, match="only the XDR format"):
        Reader(b"A\n")


def test_a_package_that_cannot_be_had_is_named_with_a_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    absent = Package("no-such-package", "usr/share/no-such-package/file")

    def fails(arguments: list[str], **_: object) -> None:
        raise subprocess.CalledProcessError(100, arguments, stderr="W: x\nE: Unable to locate package no-such-package\n")

    monkeypatch.setattr(packages.subprocess, "run", fails)
    with pytest.raises(CourseError, match=r"no-such-package: .* \(E: Unable to locate.*apt-get update"), packages.unpacked(absent):
        pass

    def gone(arguments: list[str], **_: object) -> None:
        raise FileNotFoundError(arguments[0])

    monkeypatch.setattr(packages.subprocess, "run", gone)
    with pytest.raises(CourseError, match="no command apt-get; build the data on Debian"), packages.unpacked(absent):
        pass


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["digits", "--folder", str(tmp_path)]) == 0
    assert "digits.npz" in capsys.readouterr().out and embedded.read_arrays("digits.npz", tmp_path)["images"].shape == (1797, 8, 8)
    assert not [path.name for path in tmp_path.iterdir() if path.name not in ("digits.npz", embedded.SUMS)], "no temporary file stays"
    with pytest.raises(SystemExit):
        command.main(["mnist"])
    assert "no data set 'mnist'; there are: fashion, emoji" in capsys.readouterr().err


def test_too_large_files_and_objects_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.npz").write_bytes(bytes(files.FILE_LIMIT))
    with pytest.raises(CourseError, match=r"a.npz: 5,000,000 bytes, the limit is 5,000,000"):
        files.check_sizes(tmp_path)
    for name in ("a.npz", "b.npz"):
        (tmp_path / name).write_bytes(bytes(4_000_000))
    with pytest.raises(CourseError, match="8,000,000 bytes, the limit is 8,000,000"):
        files.check_sizes(tmp_path)
    with pytest.raises(CourseError, match="Python objects"):
        files.write_arrays(tmp_path / "c.npz", captions=np.array(["a", None], dtype=object))
