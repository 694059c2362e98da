"""Training in one call: progress, history, checkpoints, resuming."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor, nn

from helpers.checkpoints import CheckpointError, load_checkpoint, save_checkpoint
from helpers.device import seed_shift
from helpers.optimisers import KINDS
from helpers.resume import Interrupts, save_run, take_up
from helpers.run import Batch, History, NonFiniteLossError, Run, Settings

__all__ = ["CheckpointError", "History", "NonFiniteLossError", "fit", "load_checkpoint", "save_checkpoint"]

SAVE_SECONDS = 10.0


def fit(
    model: nn.Module,
    loss: Callable[..., Tensor],
    data: Batch,
    *,
    name: str,
    steps: int,
    batch_size: int = 256,
    lr: float = 1e-3,
    weight_decay: float = 0.0,
    ema: float | None = None,
    clip: float | None = 1.0,
    validation: Batch | None = None,
    seed: int = 0,
    folder: str | Path = "artifacts",
    optimiser: str = "adamw",
    matrix_lr: float = 0.02,
) -> History:
    """Minimise `loss` over the parameters of `model` with cosine decay of the rate; keep the result in `folder/name.safetensors`.

    loss:       called with a batch, on the model's device, gives one number: `loss(x)`, or `loss(x, y)` for `data=(x, y)`.
    data:       a tensor whose rows are the items, or a tuple of tensors with as many rows each.
    ema:        decay of the moving average of the weights, such as 0.998, which is then what the model gets; None: no average.
    clip:       largest norm of the gradient; None: no limit.
    validation: like `data`; about 20 times the loss is measured on it, and the model gets the best weights seen.
    optimiser:  "adamw" with the rate `lr`; "muon": the matrices and filters between the embedding and the last layer by Muon with
                the rate `matrix_lr`, everything else by AdamW with `lr`.

    An interrupted run goes on where it stopped. When the file holds a finished run of the same configuration, that
    is loaded instead: the same name, hyper-parameters and shapes, and at least as many steps. The model is left in eval mode.
    """
    settings = Settings(name, steps, batch_size, lr, weight_decay, ema, clip, seed + seed_shift(), optimiser, matrix_lr)
    _check(settings, model, data, validation)
    run, path = Run(model, loss, data, validation, settings), Path(folder) / f"{name}.safetensors"
    if not take_up(run, path):
        _train(run, path)
    model.eval()
    return run.history


def _train(run: Run, path: Path) -> None:
    """Train up to the last step and save. An interrupt saves too, and is raised again."""
    cuda = [run.device] if run.device.type == "cuda" else []
    try:
        with torch.random.fork_rng(devices=cuda), Interrupts() as interrupts:  # the caller's random numbers stay as they were
            _loop(run, path, interrupts)
    except KeyboardInterrupt:
        if run.complete:
            save_run(run, path, finished=False)
        kept = f"saved in {path}" if run.complete else "in the middle of a step, which is not saved"
        print(f"interrupted after {run.step:,} of {run.settings.steps:,} steps; {kept}: run the cell again to go on")
        raise
    except NonFiniteLossError:
        path.unlink(missing_ok=True)  # a run that diverged is not worth resuming
        raise
    run.model.load_state_dict(run.weights())
    save_run(run, path, finished=True)
    print(f"trained {run.step:,} steps in {run.history.seconds:.0f} s; saved in {path}")


def _loop(run: Run, path: Path, interrupts: Interrupts) -> None:
    from tqdm.auto import tqdm

    steps, started, before = run.settings.steps, time.perf_counter(), run.history.seconds
    saved, shown = started, math.nan
    run.model.train()
    with tqdm(total=steps, initial=run.step, desc=run.settings.name, unit="step") as bar:
        while run.step < steps:
            interrupts.raise_if_asked()
            loss = run.advance()
            shown = loss if math.isnan(shown) else 0.95 * shown + 0.05 * loss  # a running mean, calm enough to read
            bar.set_postfix_str(f"loss {shown:.4g}", refresh=False)
            bar.update()
            now = time.perf_counter()
            run.history.seconds = before + now - started
            if now - saved > SAVE_SECONDS and run.step < steps:
                save_run(run, path, finished=False)
                saved = now
        interrupts.raise_if_asked()


def _check(settings: Settings, model: nn.Module, data: Batch, validation: Batch | None) -> None:
    """Raise ValueError for the first argument of `fit` that cannot be."""
    s = settings
    whole = {"steps": s.steps, "batch_size": s.batch_size}
    checks = [(isinstance(n, int) and n >= 1, f"{key} = {n!r}: a whole number, 1 or more, is needed") for key, n in whole.items()]
    checks += [
        (re.fullmatch(r"[\w-]+", s.name) is not None, f"name = {s.name!r}: it becomes a file's name; use letters, digits, _ and -"),
        (s.lr > 0 and math.isfinite(s.lr), f"lr = {s.lr!r}: a positive number is needed, such as 1e-3"),
        (s.optimiser in KINDS, f"optimiser = {s.optimiser!r}: choose {' or '.join(map(repr, KINDS))}"),
        (s.matrix_lr > 0 and math.isfinite(s.matrix_lr), f"matrix_lr = {s.matrix_lr!r}: a positive number is needed, such as 0.02"),
        (s.weight_decay >= 0, f"weight_decay = {s.weight_decay!r}: 0 or more is needed"),
        (s.ema is None or 0 < s.ema < 1, f"ema = {s.ema!r}: a number between 0 and 1 is needed, such as 0.998, or None"),
        (s.clip is None or s.clip > 0, f"clip = {s.clip!r}: a positive number is needed, or None"),
        (any(p.requires_grad for p in model.parameters()), "the model has no trainable parameters; is every layer stored on it as self.… ?"),
    ]
    for fine, message in checks:
        if not fine:
            raise ValueError(f"fit: {message}")
    _check_rows("data", data)
    if validation is not None:
        _check_rows("validation", validation)


def _check_rows(argument: str, data: Batch) -> None:
    tensors = data if isinstance(data, tuple) else (data,)
    if not tensors or not all(isinstance(x, Tensor) and x.dim() > 0 for x in tensors):
        kinds = ", ".join(type(x).__name__ for x in tensors) or "nothing"
        raise ValueError(f"fit: {argument} must be a tensor with one row an item, or a tuple of such tensors; got {kinds}")
    rows = {len(x) for x in tensors}
    if len(rows) > 1:
        raise ValueError(f"fit: the tensors of {argument} have {' and '.join(str(len(x)) for x in tensors)} rows; they must have as many each")
    if rows == {0}:
        raise ValueError(f"fit: {argument} is empty; its shape is {tuple(tensors[0].shape)}")
