"""The optimisers of `helpers.fit`: AdamW, or Muon for the hidden matrices of a network and AdamW for the rest."""

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

    `torch.optim.Muon` in float32: its bfloat16 is many times slower on processors without instructions for it.
    """

    def __init__(self, params: Any, lr: float = 0.02, weight_decay: float = 0.0, momentum: float = 0.95) -> None:
        super().__init__(params, {"lr": lr, "weight_decay": weight_decay, "momentum": momentum})

    @torch.no_grad()
    def step(self, closure: Any = None) -> None:  # type: ignore[override]
        """One step down; there is no closure."""
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.state[p]
                if not state:
                    state["momentum_buffer"] = torch.zeros_like(p)
                average: Tensor = state["momentum_buffer"].lerp_(p.grad, 1 - group["momentum"])
                direction = orthogonalised(p.grad.lerp(average, group["momentum"]))  # Nesterov: a look ahead
                p.mul_(1 - group["lr"] * group["weight_decay"])
                p.add_(direction, alpha=-group["lr"] * max(1.0, p.shape[0] / p.shape[1]) ** 0.5)


def orthogonalised(matrix: Tensor, rounds: int = 5) -> Tensor:
    """The matrix (N, M) with its singular values taken near 1, singular vectors kept, by matrix products alone."""
    a, b, c = NEWTON_SCHULZ
    tall = matrix.shape[0] > matrix.shape[1]
    x = matrix.T if tall else matrix
    x = x / (torch.linalg.matrix_norm(x) + 1e-7)  # Frobenius: no singular value exceeds 1
    for _ in range(rounds):
        square = x @ x.T
        x = a * x + (b * square + c * square @ square) @ x
    return x.T if tall else x


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
    """The names of the hidden matrices: those with two axes, but embeddings (rows that are looked up) and the last, which gives the outputs."""
    tables = {id(module.weight) for module in model.modules() if isinstance(module, nn.Embedding)}
    names = [name for name, p in parameters.items() if p.ndim == 2 and id(p) not in tables]
    return set(names[:-1])
