"""A network's weights and a few facts about them in one safetensors file: it holds numbers and text, never code."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor, nn

HEADER_KEY = "course"  # the entry of the file's header that holds our metadata as JSON
TRAINING = "training/"  # tensors named so serve to resume a training run and belong to no network


class CheckpointError(ValueError):
    """A file that is no checkpoint, a damaged one, or one of another network."""


def save_checkpoint(path: str | Path, model: nn.Module, **metadata: Any) -> None:
    """Write the weights of `model` and `metadata` (whatever JSON can hold) to `path`, all at once or not at all."""
    write_checkpoint(Path(path), model.state_dict(), metadata)


def load_checkpoint(path: str | Path, model: nn.Module) -> dict[str, Any]:
    """Put the weights in `path` into `model`, a network of the same shape; return the metadata."""
    tensors, metadata = read_checkpoint(Path(path))
    weights = result_weights(tensors)
    check_weights(model, weights, Path(path))
    model.load_state_dict(weights)
    return metadata


def trained_weights(name: str) -> dict[str, Tensor]:
    """What a network's training left in `artifacts/<name>.safetensors`, for tests: finite numbers, name -> tensor.

    A test loads them into the answer's own class and measures that on new data; so no number that a student wrote is believed.
    Raises FileNotFoundError where there is no such checkpoint, CheckpointError where it is damaged or holds NaN or infinity.
    """
    shown = f"artifacts/{name}.safetensors"
    tensors, _ = parse_checkpoint(artifact(shown), shown)
    weights = result_weights(tensors)
    for key, value in weights.items():
        if value.is_floating_point() and not bool(value.isfinite().all()):
            raise CheckpointError(f"{shown}: `{key}` holds NaN or infinity; train again with a smaller learning rate")
    return weights


def artifact(path: str) -> bytes:
    """The bytes of a file beside the notebook. The grader puts a reader of the hand-in in this function's place."""
    return _bytes(Path(path))


def write_checkpoint(path: Path, tensors: Mapping[str, Tensor], metadata: Mapping[str, Any]) -> None:
    """Write through a temporary name and rename: a killed run leaves the old file or the new one."""
    try:
        header = {HEADER_KEY: json.dumps(dict(metadata))}
    except TypeError as error:
        raise CheckpointError(f"{path}: metadata holds what JSON cannot ({error}); use numbers, text, lists and dicts") from None
    # copies, because safetensors refuses shared memory (tied weights) and strides
    data = save({name: value.detach().cpu().contiguous().clone() for name, value in tensors.items()}, header)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def read_checkpoint(path: Path) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """All tensors of a file, on the CPU, and our metadata. Raises CheckpointError, or FileNotFoundError with a remedy."""
    return parse_checkpoint(_bytes(path), str(path))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise FileNotFoundError(f"{path}: no such checkpoint; run the cell that trains this network first") from None


def parse_checkpoint(data: bytes, path: str) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """The tensors and our metadata in the bytes of a file called `path`. Raises CheckpointError."""
    try:
        tensors = load(data)
        header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
        metadata = json.loads(header.get("__metadata__", {}).get(HEADER_KEY, "{}"))
    except (SafetensorError, ValueError, RuntimeError, KeyError, AttributeError, RecursionError) as error:
        raise CheckpointError(f"{path}: not a readable safetensors file ({error}); delete it and train again") from None
    return tensors, metadata if isinstance(metadata, dict) else {}


def check_weights(model: nn.Module, weights: Mapping[str, Tensor], path: Path) -> None:
    """Raise CheckpointError, naming the first difference, unless `weights` have the names and shapes of the model's."""
    wanted = {name: tuple(value.shape) for name, value in model.state_dict().items()}
    found = {name: tuple(value.shape) for name, value in weights.items()}
    for name in sorted(wanted.keys() | found.keys()):
        if wanted.get(name) != found.get(name):
            there, here = (shapes.get(name, "absent") for shapes in (found, wanted))
            raise CheckpointError(
                f"{path}: weights of another network: `{name}` is {there} in the file and {here} in the model; build the model that was saved"
            )


def result_weights(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The network in a checkpoint, without what serves to resume."""
    return {name: value for name, value in tensors.items() if not name.startswith(TRAINING)}
