"""One training run: what `helpers.fit` does step by step, so that an interrupted run can go on exactly where it stopped."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from helpers.checkpoints import check_weights
from helpers.optimisers import MEMORY, optimisers_for

Batch = Tensor | tuple[Tensor, ...]
LOG_POINTS, VALIDATIONS = 200, 20  # at most, in one run


class NonFiniteLossError(ArithmeticError):
    """The loss, or its gradient, became NaN or infinite."""


@dataclass
class History:
    """What a training run measured. `losses[i]` is the mean loss of the steps up to `steps[i]` since the entry before."""

    steps: list[int] = field(default_factory=list)
    losses: list[float] = field(default_factory=list)
    validation: list[tuple[int, float]] = field(default_factory=list)  # (step, loss)
    seconds: float = 0.0
    resumed: bool = False

    def __repr__(self) -> str:
        if not self.steps:
            return "History: no steps yet"
        best = f", best validation loss {min(value for _, value in self.validation):.4g}" if self.validation else ""
        return f"History: {self.steps[-1]:,} steps in {self.seconds:.0f} s, last loss {self.losses[-1]:.4g}{best}"


@dataclass(frozen=True)
class Settings:
    """The arguments of `fit` that are numbers or names."""

    name: str
    steps: int
    batch_size: int
    lr: float
    weight_decay: float
    ema: float | None
    clip: float | None
    seed: int
    optimiser: str = "adamw"
    matrix_lr: float = 0.02


class Run:
    """A training run that can be saved after any step."""

    def __init__(self, model: nn.Module, loss: Callable[..., Tensor], data: Batch, validation: Batch | None, settings: Settings) -> None:
        self.model, self.loss, self.settings = model, loss, settings
        self.device = next(model.parameters()).device
        self.data = self._rows(data)
        self.validation = None if validation is None else self._rows(validation)
        self.parameters = {name: p for name, p in model.named_parameters() if p.requires_grad}
        rates = settings.lr, settings.matrix_lr, settings.weight_decay
        self.optimisers = optimisers_for(model, self.parameters, settings.optimiser, *rates)
        self.step, self.complete = 0, True  # not complete: in the middle of a change, no state to save
        self.average = self._copy() if settings.ema is not None else None
        self.best: dict[str, Tensor] | None = None
        self.best_loss = math.inf
        self.window: list[float] = []  # losses since the last entry of the history
        self.epoch, self.order = -1, torch.empty(0)
        self.history = History()

    def advance(self) -> float:
        """One step of training, with what is due after it: average, history, validation. Returns the loss of its batch."""
        s, loss = self.settings, self._descend()
        self.window.append(loss)
        self.step += 1
        if self.average is not None:
            self._update_average(self.average)
        if self.step % math.ceil(s.steps / LOG_POINTS) == 0 or self.step == s.steps:
            self.history.steps.append(self.step)
            self.history.losses.append(sum(self.window) / len(self.window))
            self.window = []
        if self.validation is not None and (self.step % math.ceil(s.steps / VALIDATIONS) == 0 or self.step == s.steps):
            self._validate(self.validation)
        self.complete = True
        return loss

    def _descend(self) -> float:
        """Loss of one batch and one step of the optimisers. Step k has its own seed, so that it is the same after a restart."""
        s = self.settings
        torch.manual_seed(_seed(s.seed, "step", self.step))
        for optimiser in self.optimisers.values():
            for group in optimiser.param_groups:
                group["lr"] = group["initial_lr"] * 0.5 * (1 + math.cos(math.pi * self.step / s.steps))  # cosine decay to 0
        loss = self.loss(*self._batch())
        value = self._number(loss)
        self._check_finite(value, "the loss")
        for optimiser in self.optimisers.values():
            optimiser.zero_grad()
        loss.backward()
        if s.clip is not None:
            norm = nn.utils.clip_grad_norm_(self.parameters.values(), s.clip)
            self._check_finite(norm.item(), "the norm of the gradient")
        self.complete = False
        for optimiser in self.optimisers.values():
            optimiser.step()
        return value

    def _batch(self) -> tuple[Tensor, ...]:
        """Every epoch is a new order of the rows, cut into batches; the incomplete last one is left out."""
        rows = len(self.data[0])
        epoch, index = divmod(self.step, max(1, rows // self.settings.batch_size))
        if epoch != self.epoch:
            generator = torch.Generator().manual_seed(_seed(self.settings.seed, "epoch", epoch))
            self.epoch, self.order = epoch, torch.randperm(rows, generator=generator).to(self.device)
        chosen = self.order[index * self.settings.batch_size : (index + 1) * self.settings.batch_size]
        return tuple(x[chosen] for x in self.data)

    def _number(self, loss: Any) -> float:
        if not isinstance(loss, Tensor) or loss.numel() != 1:
            got = f"a tensor of shape {tuple(loss.shape)}" if isinstance(loss, Tensor) else type(loss).__name__
            raise ValueError(f"fit: the loss must return one number, got {got}; for one value an item, return its .mean()")
        if not loss.requires_grad:
            raise ValueError(
                "fit: the loss does not depend on the model's parameters; does it call the model, without .detach(), .item() or no_grad?"
            )
        return loss.item()

    def _check_finite(self, value: float, what: str) -> None:
        if math.isfinite(value):
            return
        seen = self.window or self.history.losses
        last, lr = f"{seen[-1]:.4g}" if seen else "none", [f"{o.param_groups[0]['lr']:.2g}" for o in self.optimisers.values()]
        raise NonFiniteLossError(
            f"{what} is {value} at step {self.step:,} (last finite loss: {last}, lr: {' and '.join(lr)}). Look at\n"
            "1. the loss: a log or a division of 0, a square root at 0, exp of a large number;\n"
            "2. the data: NaN in it, or values far outside about -1 to 1 (print data.min() and data.max());\n"
            f"3. the learning rate: does lr={self.settings.lr / 10:.0e} get further?"
        )

    @torch.no_grad()
    def _update_average(self, average: dict[str, Tensor]) -> None:
        decay = min(self.settings.ema or 0.0, (1 + self.step) / (10 + self.step))  # short memory at first: forget the initial weights
        averaged = {name for name, _ in self.model.named_parameters(remove_duplicate=False)}  # both names of tied weights
        for name, value in self.model.state_dict().items():
            if name in averaged:
                average[name].lerp_(value, 1 - decay)
            else:
                average[name].copy_(value)

    def _validate(self, validation: tuple[Tensor, ...]) -> None:
        """Measure the loss of the weights that the model would get now; keep the best."""
        trained = self._copy()
        if self.average is not None:
            self.model.load_state_dict(self.average)
        self.model.eval()
        torch.manual_seed(_seed(self.settings.seed, "validation", 0))  # the same noise every time
        total, rows = 0.0, len(validation[0])
        for start in range(0, rows, self.settings.batch_size):
            part = tuple(x[start : start + self.settings.batch_size] for x in validation)
            total += self.loss(*part).item() * len(part[0]) / rows  # no torch.no_grad: some losses differentiate inside
        self.history.validation.append((self.step, total))
        if total < self.best_loss:
            self.best_loss, self.best = total, self._copy()
        self.model.load_state_dict(trained)
        self.model.train()

    def weights(self) -> dict[str, Tensor]:
        """What the model gets at the end: the best on validation, else the average, else what was trained."""
        return self.best or self.average or self._copy()

    def configuration(self) -> dict[str, Any]:
        """What must agree for a checkpoint to count as this run's: everything but the number of steps."""
        left_out = {"steps", "matrix_lr"} if self.settings.optimiser == "adamw" else {"steps"}
        settings = {key: value for key, value in asdict(self.settings).items() if key not in left_out}
        shapes = {
            "data": [list(x.shape) for x in self.data],
            "validation": None if self.validation is None else [list(x.shape) for x in self.validation],
            "parameters": {name: list(value.shape) for name, value in self.model.state_dict().items()},
        }
        return settings | shapes

    def state(self) -> dict[str, Tensor]:
        """Every tensor that training changes, by name."""
        state = {f"model/{name}": value for name, value in self.model.state_dict().items()}
        state |= {f"average/{name}": value for name, value in (self.average or {}).items()}
        state |= {f"best/{name}": value for name, value in (self.best or {}).items()}
        for kind, name, parameter in self._steered():
            state |= {f"{kind}/{name}/{key}": value for key, value in self.optimisers[kind].state[parameter].items()}
        return state

    def restore(self, state: dict[str, Tensor], facts: dict[str, Any], history: History, path: Path) -> None:
        """Set everything as it was when `state` and `facts` were saved; nothing changes unless all of it is there."""
        trained = _part(state, "model/")
        check_weights(self.model, trained, path)
        average = self._like_model(_part(state, "average/"), path) if self.average is not None else None
        best = self._like_model(_part(state, "best/"), path) if facts["best_loss"] is not None else None
        best_loss = math.inf if best is None else float(facts["best_loss"])
        moments: dict[str, dict[Tensor, dict[str, Tensor]]] = {kind: {} for kind in self.optimisers}
        for kind, name, p in self._steered():
            saved = _part(state, f"{kind}/{name}/")
            if saved:  # a parameter that never had a gradient has none
                moments[kind][p] = {key: saved[key] if key == "step" else torch.zeros_like(p).copy_(saved[key]) for key in MEMORY[kind]}
        step, window = int(facts["step"]), [float(x) for x in facts["window"]]
        self.model.load_state_dict(trained)
        for kind, optimiser in self.optimisers.items():
            optimiser.state.update(moments[kind])
        self.average, self.best, self.best_loss = average, best, best_loss
        self.step, self.window, self.history = step, window, history

    def _steered(self) -> Iterator[tuple[str, str, nn.Parameter]]:
        """(kind of its optimiser, name, parameter) of every trained parameter."""
        names = {parameter: name for name, parameter in self.parameters.items()}
        for kind, optimiser in self.optimisers.items():
            yield from ((kind, names[p], p) for group in optimiser.param_groups for p in group["params"])

    def _copy(self) -> dict[str, Tensor]:
        return {name: value.detach().clone() for name, value in self.model.state_dict().items()}

    def _like_model(self, weights: dict[str, Tensor], path: Path) -> dict[str, Tensor]:
        """`weights` with the device and the memory layout of the model's."""
        check_weights(self.model, weights, path)
        return {name: torch.empty_like(value).copy_(weights[name]) for name, value in self.model.state_dict().items()}

    def _rows(self, data: Batch) -> tuple[Tensor, ...]:
        return tuple(x.to(self.device) for x in (data if isinstance(data, tuple) else (data,)))


def _seed(seed: int, what: str, index: int) -> int:
    """A seed of its own for each (seed, what, index). torch's CPU generator takes 32 bits of it, hence the hash."""
    return int.from_bytes(hashlib.sha256(f"{seed} {what} {index}".encode()).digest()[:4], "big")


def _part(state: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): value for name, value in state.items() if name.startswith(prefix)}
