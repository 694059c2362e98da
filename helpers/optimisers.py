"""The optimisers of `helpers.fit`: AdamW, or Muon for the hidden matrices and filters of a network and AdamW for the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn

KINDS = ("adamw", "muon")
# what each remembers of a parameter
MEMORY = {"adamw": ("step", "exp_avg", "exp_avg_sq"), "muon": ("momentum_buffer",)}
NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)  # of x: a x + b x^3 + c x^5, which takes singular values in (0, 1] near 1 in five rounds


class Muon(torch.optim.Optimizer):
    """Momentum whose singular values are all set to about 1 before each step, for matrices [Jordan et al. 2024].

    The filters of a convolution (out, in, height, width) are a matrix (out, in · height · width).
    `torch.optim.Muon` in float32 (its bfloat16 is many times slower on processors without instructions for it), with
    matrices of one shape taken together.
    """

    def __init__(self, params: Any, lr: float = 0.02, weight_decay: float = 0.0, momentum: float = 0.95) -> None:
        super().__init__(params, {"lr": lr, "weight_decay": weight_decay, "momentum": momentum})

    @torch.no_grad()
    def step(self, closure: Any = None) -> None:  # type: ignore[override]
        """One step down; there is no closure."""
        for group in self.param_groups:
            by_shape: dict[torch.Size, list[Tensor]] = {}
            for p in group["params"]:
                if p.grad is not None:
                    by_shape.setdefault(p.shape, []).append(p)
            for shape, alike in by_shape.items():
                looks = torch.stack([self._look_ahead(p, group["momentum"]).flatten(1) for p in alike])
                rate = group["lr"] * max(1.0, looks.shape[1] / looks.shape[2]) ** 0.5
                for p, direction in zip(alike, orthogonalised(looks), strict=True):
                    p.mul_(1 - group["lr"] * group["weight_decay"]).add_(direction.reshape(shape), alpha=-rate)

    def _look_ahead(self, p: Tensor, momentum: float) -> Tensor:
        """Nesterov's mean of the gradients."""
        assert p.grad is not None
        state = self.state[p]
        if not state:
            state["momentum_buffer"] = torch.zeros_like(p)
        average: Tensor = state["momentum_buffer"].lerp_(p.grad, 1 - momentum)
        return p.grad.lerp(average, momentum)


def orthogonalised(matrices: Tensor, rounds: int = 5) -> Tensor:
    """Matrices (K, N, M) with their singular values taken near 1, singular vectors kept, by matrix products alone."""
    a, b, c = NEWTON_SCHULZ
    tall = matrices.shape[1] > matrices.shape[2]
    x = matrices.mT if tall else matrices
    x = x / (torch.linalg.matrix_norm(x, keepdim=True) + 1e-7)  # Frobenius: no singular value exceeds 1
    for _ in range(rounds):
        square = x @ x.mT
        x = torch.baddbmm(x, torch.baddbmm(square, square, square, beta=b, alpha=c), x, beta=a)
    return x.mT if tall else x


def optimisers_for(
    model: nn.Module, parameters: Mapping[str, nn.Parameter], kind: str, lr: float, matrix_lr: float, weight_decay: float
) -> dict[str, torch.optim.Optimizer]:
    """The optimisers by kind; each parameter is in exactly one. `initial_lr` of a group is its rate at the first step."""
    chosen = matrices(model, parameters) if kind == "muon" else set()
    rest = [p for name, p in parameters.items() if name not in chosen]
    made: dict[str, torch.optim.Optimizer] = {}
    if rest:
        made["adamw"] = torch.optim.AdamW(rest, lr=lr, weight_decay=weight_decay)
    if chosen:
        made["muon"] = Muon([parameters[name] for name in parameters if name in chosen], lr=matrix_lr, weight_decay=weight_decay)
    for optimiser in made.values():
        for group in optimiser.param_groups:
            group["initial_lr"] = group["lr"]
    return made


def matrices(model: nn.Module, parameters: Mapping[str, nn.Parameter]) -> set[str]:
    """The names of the hidden matrices and filters: two axes or more, but embeddings (looked up) and the last, which gives the outputs."""
    tables = {id(module.weight) for module in model.modules() if isinstance(module, nn.Embedding)}
    names = [name for name, p in parameters.items() if p.ndim >= 2 and id(p) not in tables]
    return set(names[:-1])
