"""FD-Fashion: the formula against closed forms, and the embedded network against images of known quality."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import numpy as np
import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load
from scipy.linalg import sqrtm
from torch import Tensor

from helpers import embedded, features
from helpers.datasets import load_fashion
from helpers.features import fashion_features, fd_fashion, frechet_distance


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def test_images() -> Tensor:
    return load_fashion("test")[0]


def with_moments(mean: Tensor, covariance: Tensor, n: int = 200) -> Tensor:
    """Points (n, D) whose sample mean and unbiased covariance are exactly these."""
    raw = torch.randn(n, len(mean), generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    white = torch.linalg.solve_triangular(torch.linalg.cholesky(raw.T.cov()), (raw - raw.mean(0)).T, upper=False).T
    return white @ torch.linalg.cholesky(covariance).T + mean


def random_covariance(seed: int, size: int = 5) -> Tensor:
    factor = torch.randn(size, size, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    return factor @ factor.T + 0.1 * torch.eye(size, dtype=torch.float64)


def test_distance_is_zero_for_equal_moments() -> None:
    mean, covariance = torch.arange(5.0, dtype=torch.float64), random_covariance(1)
    assert frechet_distance(with_moments(mean, covariance), mean, covariance) == pytest.approx(0, abs=1e-9)


def test_distance_against_the_matrix_root() -> None:
    (m, c), (mean, covariance) = (torch.zeros(5).double(), random_covariance(1)), (torch.ones(5).double(), random_covariance(2))
    root = np.trace(sqrtm((c @ covariance).numpy())).real
    want = 5 + float(c.trace() + covariance.trace()) - 2 * float(root)
    assert frechet_distance(with_moments(m, c), mean, covariance) == pytest.approx(want, abs=1e-8)
    assert frechet_distance(with_moments(mean, covariance), m, c) == pytest.approx(want, abs=1e-8), "symmetric"


def test_distance_of_scaled_gaussians_and_singular_covariances() -> None:
    eye, zero = torch.eye(3).double(), torch.zeros(3).double()
    assert frechet_distance(with_moments(zero, 4 * eye), zero, 9 * eye) == pytest.approx(3 * (3 - 2) ** 2)
    flat = torch.diag(torch.tensor([1.0, 0.0, 0.0])).double()
    points = with_moments(zero, eye) * torch.tensor([1.0, 0.0, 0.0]).double()
    assert frechet_distance(points, zero, flat) == pytest.approx(0, abs=1e-9), "both singular, equal"
    assert frechet_distance(points, zero, eye) == pytest.approx(2), "two directions without spread"
    assert frechet_distance(points[:2], zero, eye) < 10, "two points have a singular covariance and a finite distance"


def test_features_and_reference(test_images: Tensor) -> None:
    found = fashion_features(test_images)
    assert found.shape == (1000, 64) and found.dtype == torch.float32 and not found.requires_grad
    assert torch.allclose(found[300:310], fashion_features(test_images[300:310]), atol=1e-4), "an image's features don't depend on the others"
    tensors = load(embedded.read_bytes(features.FILE))
    covariance = tensors["reference.covariance"]
    assert covariance.dtype == torch.float64 and torch.allclose(covariance, covariance.T)
    assert float(covariance.trace()) == pytest.approx(128, rel=1e-4) and float(torch.linalg.eigvalsh(covariance)[0]) > 0
    network = features.FashionNet()
    assert sum(value.numel() for value in network.parameters()) == 94_154


def test_accuracy_of_the_network(test_images: Tensor) -> None:
    tensors = load(embedded.read_bytes(features.FILE))
    network = features.FashionNet().eval()
    network.load_state_dict({name: value for name, value in tensors.items() if not name.startswith("reference.")})
    with torch.no_grad():
        hits = float((network(test_images).argmax(1) == load_fashion("test")[1]).float().mean())
    with safe_open(embedded.FOLDER / features.FILE, "pt") as file:
        about = json.loads(file.metadata()["about"])
    assert about["test_accuracy"] > 0.9 and abs(hits - about["test_accuracy"]) < 6 * (0.09 * 0.91 / 1000) ** 0.5
    assert about["training_images"] == 50_000 and about["reference_images"] == 5000


def test_real_floor(test_images: Tensor) -> None:
    train = load_fashion("train")[0]
    floor, large = fd_fashion(test_images), fd_fashion(train)
    assert 0.05 < floor < 1, f"1,000 real images get {floor:.3f}"
    assert 0.02 < large < floor, f"5,000 real images get {large:.3f}: more images, less bias"
    halves = [fd_fashion(train[:1000]), fd_fashion(train[1000:2000])]
    assert max(halves) < 3 * floor, f"other real images get {halves}: no set of real images is special"


def test_distance_orders_noise_blur_and_missing_classes(test_images: Tensor) -> None:
    noise = torch.randn(test_images.shape, generator=torch.Generator().manual_seed(1))
    by_noise = [fd_fashion((test_images + s * noise).clamp(0, 1)) for s in (0.0, 0.05, 0.1, 0.2, 0.4)]
    assert by_noise == sorted(by_noise) and by_noise[1] > 3 * by_noise[0], f"noise 0, .05, .1, .2, .4 gives {by_noise}"
    blurred = [fd_fashion(torch.nn.functional.avg_pool2d(test_images, size, 1, size // 2)) for size in (1, 3, 5)]
    assert blurred == sorted(blurred) and blurred[1] > 10 * blurred[0], f"box blur 1, 3, 5 gives {blurred}"
    train, labels = load_fashion("train")
    missing = [fd_fashion(train[labels >= least]) for least in (0, 1, 3, 5)]
    assert missing == sorted(missing) and missing[1] > 10 * missing[0], f"0, 1, 3, 5 classes missing gives {missing}"
    assert fd_fashion(train[:100].repeat(10, 1, 1, 1)) > 5 * by_noise[0], "100 images repeated ten times lack diversity"


def test_order_of_the_images_does_not_matter(test_images: Tensor) -> None:
    assert fd_fashion(test_images.flip(0)) == pytest.approx(fd_fashion(test_images), abs=1e-3)
    assert fd_fashion(test_images.double()[:100]) == pytest.approx(fd_fashion(test_images[:100]), abs=1e-3)


@pytest.mark.parametrize(
    ("images", "message"),
    [
        (torch.zeros(100, 28, 28), r"images are \(100, 28, 28\) .*expected floats of shape \(N, 1, 28, 28\)"),
        (torch.zeros(100, 3, 28, 28), r"expected floats of shape \(N, 1, 28, 28\)"),
        (torch.zeros(0, 1, 28, 28), r"expected floats of shape"),
        (torch.zeros(100, 1, 28, 28, dtype=torch.uint8), r"torch.uint8, expected floats"),
        (torch.linspace(-1, 1, 78_400).view(100, 1, 28, 28), r"images lie in \[-1.000, 1.000\], expected \[0, 1\]: use \(x \+ 1\) / 2"),
        (torch.full((100, 1, 28, 28), torch.nan), r"\[nan, nan\].*NaN means that sampling went wrong"),
        (torch.rand(64, 1, 28, 28), r"64 images, expected 65 or more"),
    ],
)
def test_unfit_images_are_refused_with_a_remedy(images: Tensor, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        fd_fashion(images)


def test_it_never_calls_itself_fid() -> None:
    assert features.__doc__ and "never FID" in features.__doc__
    assert not [name for name in vars(features) if re.search(r"fid", name, re.IGNORECASE)]
