"""Stop a training run at any moment and go on later: checkpoints of `helpers.fit`, and interrupts held back for one step."""

from __future__ import annotations

import signal
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import Any

from helpers.checkpoints import TRAINING, CheckpointError, check_weights, read_checkpoint, result_weights, write_checkpoint
from helpers.run import History, Run


def save_run(run: Run, path: Path, finished: bool) -> None:
    """Write the weights that the model would get now and, unless finished, all that is needed to go on."""
    tensors = run.weights()
    if not finished:
        tensors = tensors | {TRAINING + name: value for name, value in run.state().items()}
    facts = {"step": run.step, "finished": finished, "configuration": run.configuration(), "history": asdict(run.history)}
    write_checkpoint(path, tensors, facts | {"window": run.window, "best_loss": run.best_loss if run.best else None})


def take_up(run: Run, path: Path) -> bool:
    """Take up the checkpoint of this run, if there is one; True when nothing is left to train. Any other file is put aside."""
    if not path.exists():
        return False
    try:
        tensors, facts = read_checkpoint(path)
        _refuse_other(run, facts)
        history = _history(facts["history"])
        if facts["step"] >= run.settings.steps:
            check_weights(run.model, result_weights(tensors), path)
            run.model.load_state_dict(result_weights(tensors))
            run.step, run.history = facts["step"], history
            print(f"loaded {path}, trained {run.step:,} steps in {history.seconds:.0f} s; delete the file to train again")
            return True
        state = {name.removeprefix(TRAINING): value for name, value in tensors.items() if name.startswith(TRAINING)}
        run.restore(state, facts, history, path)
        print(f"going on from {path}, after {run.step:,} of {run.settings.steps:,} steps")
    except (CheckpointError, KeyError, TypeError, ValueError, AttributeError, RuntimeError) as error:
        reason = str(error).removeprefix(f"{path}: ") if isinstance(error, CheckpointError) else f"damaged ({error!r})"
        old = path.with_name(f"{path.stem}.old.safetensors")
        path.replace(old)
        print(f"{path} is not used: {reason}.\nIt is kept as {old.name}; training anew.")
    return False


def _refuse_other(run: Run, facts: dict[str, Any]) -> None:
    """Raise CheckpointError, with what differs, for a checkpoint that cannot serve this run."""
    if "configuration" not in facts:
        raise CheckpointError("it was not written by fit")
    there, here = {"optimiser": "adamw"} | facts["configuration"], run.configuration()  # older checkpoints name no optimiser
    different = [key for key in here | there if there.get(key) != here.get(key)]
    if different:
        told = ["another network" if key == "parameters" else f"{key} was {there.get(key)}, now {here.get(key)}" for key in different]
        raise CheckpointError(f"it is of another configuration ({'; '.join(told)})")
    if facts["finished"] and facts["step"] < run.settings.steps:
        raise CheckpointError(f"it was trained for {facts['step']:,} steps, now {run.settings.steps:,} are asked for")


def _history(facts: dict[str, Any]) -> History:
    """The history in a checkpoint; raises where it is not one."""
    validation = [(int(step), float(loss)) for step, loss in facts["validation"]]
    return History([int(x) for x in facts["steps"]], [float(x) for x in facts["losses"]], validation, float(facts["seconds"]), resumed=True)


class Interrupts:
    """Hold back an interrupt (Ctrl+C, the stop button) until a step is complete; a second one comes through at once."""

    def __enter__(self) -> Interrupts:
        self.asked = False
        try:
            self.before = signal.signal(signal.SIGINT, self._ask)
        except ValueError:  # not the main thread: interrupts do not arrive here
            self.before = None
        return self

    def __exit__(self, *_: object) -> None:
        if self.before is not None:
            signal.signal(signal.SIGINT, self.before)

    def _ask(self, signum: int, frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True

    def raise_if_asked(self) -> None:
        if self.asked:
            raise KeyboardInterrupt
