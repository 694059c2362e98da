"""FD-Fashion: a Fréchet distance for 28 x 28 grey images of clothes, in the features of a small network of this course.

**FD-Fashion is never FID.** FID is a Fréchet distance in the features of one certain Inception network, and numbers of different
networks cannot be compared; call this one FD-Fashion wherever you report it. Always report the number of images, because the
distance is biased upwards, by about 1/n, and the floor: what as many *real* images get.

The network classifies Fashion-MNIST; it was trained on 50,000 images of the training set. The reference is the mean and covariance
of 5,000 other training images. Neither shares an image with `load_fashion("train")` or `load_fashion("test")`.
"""

from __future__ import annotations

import torch
from safetensors.torch import load
from torch import Tensor, nn

from helpers.embedded import read_bytes

FILE = "fashion_features.safetensors"
FEATURES = 64
BATCH = 500


class FashionNet(nn.Module):
    """A classifier of ten kinds of clothes whose last hidden layer, before its ReLU, gives the features. 94,154 parameters."""

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(
            *_block(1, 32, kernel=5, padding=2),  # (B, 32, 14, 14)
            *_block(32, 64, kernel=3, padding=1),  # (B, 64, 7, 7)
            *_block(64, 64, kernel=3, padding=0),  # (B, 64, 3, 3)
            nn.Flatten(),
            nn.Linear(64 * 3 * 3, FEATURES),
        )
        self.head = nn.Sequential(nn.ReLU(), nn.Dropout(0.2), nn.Linear(FEATURES, 10))

    def features(self, images: Tensor) -> Tensor:
        """(B, 1, 28, 28) in [0, 1] -> (B, 64)."""
        return self.body(2 * images - 1)

    def forward(self, images: Tensor) -> Tensor:
        """(B, 1, 28, 28) in [0, 1] -> logits (B, 10)."""
        return self.head(self.features(images))


def fashion_features(images: Tensor) -> Tensor:
    """Features of the embedded network: (N, 1, 28, 28) in [0, 1] -> (N, 64) float32, without gradient, on the device of the images."""
    _check(images)
    network = FashionNet().eval()
    network.load_state_dict({name: value for name, value in _tensors().items() if not name.startswith("reference.")})
    network.to(images.device)
    with torch.no_grad():
        return torch.cat([network.features(batch.float()) for batch in images.split(BATCH)])


def fd_fashion(images: Tensor) -> float:
    """Squared Fréchet distance between N generated images and 5,000 real ones, both as Gaussians in feature space. Lower is better.

    images: (N, 1, 28, 28) in [0, 1], N of 65 or more (1,000 at least for a number to report).
    """
    _check(images)
    if len(images) <= FEATURES:
        raise ValueError(f"fd_fashion: {len(images)} images, expected {FEATURES + 1} or more: fewer have no full covariance of {FEATURES} features")
    tensors = _tensors()
    return frechet_distance(fashion_features(images), tensors["reference.mean"], tensors["reference.covariance"])


def frechet_distance(features: Tensor, mean: Tensor, covariance: Tensor) -> float:
    """|m - mean|^2 + tr C + tr covariance - 2 tr (C covariance)^(1/2) with m, C of `features` (N, D); mean (D,), covariance (D, D).

    No matrix root is taken: with C = A^T A, A the centred features / sqrt(N - 1), and covariance = B B^T, the last trace
    is the nuclear norm of A B (the sum of its singular values), which is stable and real also where C is singular.
    """
    features, mean, covariance = (value.detach().cpu().double() for value in (features, mean, covariance))
    centred = (features - features.mean(dim=0)) / (len(features) - 1) ** 0.5
    values, vectors = torch.linalg.eigh(covariance)
    factor = vectors * values.clamp(min=0).sqrt()
    overlap = torch.linalg.svdvals(centred @ factor).sum()
    distance = (features.mean(dim=0) - mean).square().sum() + centred.square().sum() + values.sum() - 2 * overlap
    return max(float(distance), 0.0)


def _block(inputs: int, outputs: int, kernel: int, padding: int) -> list[nn.Module]:
    return [nn.Conv2d(inputs, outputs, kernel, stride=2, padding=padding), nn.BatchNorm2d(outputs), nn.ReLU()]


def _tensors() -> dict[str, Tensor]:
    return load(read_bytes(FILE))


def _check(images: Tensor) -> None:
    if images.ndim != 4 or images.shape[1:] != (1, 28, 28) or len(images) == 0 or not images.is_floating_point():
        raise ValueError(f"FD-Fashion: images are {tuple(images.shape)} {images.dtype}, expected floats of shape (N, 1, 28, 28)")
    low, high = float(images.min()), float(images.max())
    if not (low >= -1e-4 and high <= 1 + 1e-4):
        remedy = "use (x + 1) / 2 where your model works in [-1, 1], then .clamp(0, 1); NaN means that sampling went wrong"
        raise ValueError(f"FD-Fashion: images lie in [{low:.3f}, {high:.3f}], expected [0, 1]: {remedy}")
