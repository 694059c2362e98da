"""fashion_features.safetensors: the network of helpers.features, trained here, with its reference mean and covariance.

Training images of Fashion-MNIST by their rank within a class: 0–499 are embedded for students (fashion.npz), 500–999 give the
reference statistics, 1,000 and up train the network. So the embedded images, the reference and the test images are equally new
to the network, and real images get the distance that sampling alone explains.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import torch
from safetensors.torch import save
from torch import Tensor
from torch.nn.functional import cross_entropy
from tqdm import tqdm

from helpers.features import FILE, FashionNet
from staff.data.fashion import TRAIN_PER_CLASS, full_set, rank_in_class
from staff.data.files import write_bytes

REFERENCE_PER_CLASS = 500
EPOCHS, BATCH, RATE, SEED = 8, 256, 4e-3, 20
THREADS = 1  # sums are added in another order with another number of threads; one is faster on a busy machine
TRACE = 128.0  # of the reference covariance, two a feature: fixes the unit of the distance, not what the network computes


def train(images: Tensor, labels: Tensor, epochs: int = EPOCHS) -> FashionNet:
    """Train the classifier on (N, 1, 28, 28) and (N,): AdamW, one cycle, label smoothing, mirrored images."""
    with _deterministic(SEED):
        network = FashionNet().train().to(memory_format=torch.channels_last)
        steps = len(images) // BATCH * epochs
        optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.02)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
        with tqdm(total=steps, desc="feature network") as bar:
            for _ in range(epochs):
                for rows in torch.randperm(len(images))[: len(images) // BATCH * BATCH].split(BATCH):
                    mirrored = torch.where(torch.rand(BATCH, 1, 1, 1) < 0.5, images[rows].flip(3), images[rows])
                    loss = cross_entropy(network(mirrored), labels[rows], label_smoothing=0.05)
                    optimiser.zero_grad()
                    loss.backward()
                    optimiser.step()
                    schedule.step()
                    bar.update()
    return network.eval()


def scale(network: FashionNet, factor: float) -> None:
    """Multiply the features by `factor` and divide the head's weights by it: the logits stay the same, ReLU being homogeneous."""
    with torch.no_grad():
        for value in network.body[-1].parameters():
            value.mul_(factor)
        network.head[-1].weight.div_(factor)  # type: ignore[operator]


@torch.no_grad()
def statistics(network: FashionNet, images: Tensor) -> tuple[Tensor, Tensor]:
    """Mean (64,) and unbiased covariance (64, 64) of the features, float64."""
    features = torch.cat([network.features(batch) for batch in images.split(500)]).double()
    return features.mean(dim=0), features.T.cov()


@torch.no_grad()
def accuracy(network: FashionNet, images: Tensor, labels: Tensor) -> float:
    hits = [network(part).argmax(dim=1) == truth for part, truth in zip(images.split(500), labels.split(500), strict=True)]
    return float(torch.cat(hits).float().mean())


def splits(labels: Tensor) -> tuple[Tensor, Tensor]:
    """Which training images of the full set are the reference, and which train the network: two boolean masks (N,)."""
    rank = rank_in_class(labels)
    end = TRAIN_PER_CLASS + REFERENCE_PER_CLASS
    return (rank >= TRAIN_PER_CLASS) & (rank < end), rank >= end


def build(folder: Path) -> Path:
    images, labels = full_set("train")
    reference, training = splits(labels)
    network = train(images[training], labels[training])
    scale(network, (TRACE / float(statistics(network, images[reference])[1].trace())) ** 0.5)
    mean, covariance = statistics(network, images[reference])
    test_accuracy = accuracy(network, *full_set("test"))
    print(f"feature network: test accuracy {test_accuracy:.4f}")
    tensors = {name: value.contiguous() for name, value in network.state_dict().items()}
    tensors |= {"reference.mean": mean, "reference.covariance": covariance}
    about = {"test_accuracy": round(test_accuracy, 4), "training_images": int(training.sum()), "reference_images": int(reference.sum()), "seed": SEED}
    # one key, because safetensors writes several in any order
    return write_bytes(folder / FILE, save(tensors, metadata={"about": json.dumps(about, sort_keys=True)}))


@contextmanager
def _deterministic(seed: int) -> Iterator[None]:
    threads, algorithms = torch.get_num_threads(), torch.are_deterministic_algorithms_enabled()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        torch.set_num_threads(THREADS)
        torch.use_deterministic_algorithms(True)
        try:
            yield
        finally:
            torch.set_num_threads(threads)
            torch.use_deterministic_algorithms(algorithms)
