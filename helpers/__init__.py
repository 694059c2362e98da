"""Everything that the notebooks of the course import: data, device, training, plots, networks.

    from helpers import Moons, TimeMLP, budget, fit, get_device, plot_losses

Building blocks of networks are in `helpers.nets`, what `fit` returns and raises in `helpers.train`.
"""

from helpers import stubs
from helpers.datasets import (
    Checkerboard,
    GaussianMixture,
    Moons,
    Rings,
    load_austen,
    load_digits,
    load_emoji,
    load_fashion,
    load_online,
    load_sounds,
)
from helpers.device import budget, get_device, seed_everything
from helpers.features import fashion_features, fd_fashion
from helpers.handin import hand_in
from helpers.nets import MLP, TimeMLP, UNet
from helpers.plots import (
    play_audio,
    plot_density,
    plot_losses,
    plot_receptive_field,
    plot_samples,
    plot_trajectories,
    show_images,
)
from helpers.train import fit, load_checkpoint, save_checkpoint

__all__ = [
    "MLP",
    "Checkerboard",
    "GaussianMixture",
    "Moons",
    "Rings",
    "TimeMLP",
    "UNet",
    "budget",
    "fashion_features",
    "fd_fashion",
    "fit",
    "get_device",
    "hand_in",
    "load_austen",
    "load_checkpoint",
    "load_digits",
    "load_emoji",
    "load_fashion",
    "load_online",
    "load_sounds",
    "play_audio",
    "plot_density",
    "plot_losses",
    "plot_receptive_field",
    "plot_samples",
    "plot_trajectories",
    "save_checkpoint",
    "seed_everything",
    "show_images",
    "stubs",
]
