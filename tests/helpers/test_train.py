"""helpers.train: the same result however often a run is interrupted, and clear words for everything that goes wrong."""

from __future__ import annotations

import math
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from helpers.checkpoints import TRAINING, CheckpointError, load_checkpoint, read_checkpoint, save_checkpoint, write_checkpoint
from helpers.nets import MLP, UNet
from helpers.run import Run, Settings
from helpers.train import History, NonFiniteLossError, fit

DATA = torch.linspace(-1, 1, 40)[:, None]


class Task:
    """Noisy regression; notes which rows each step saw, and can be stopped in the middle of a step."""

    def __init__(self, stop_at: int | None = None) -> None:
        torch.manual_seed(3)
        self.model = MLP(1, 1, hidden=8, layers=1)
        self.batches: list[list[float]] = []
        self.stop_at = stop_at

    def loss(self, x: Tensor) -> Tensor:
        if self.model.training:
            self.batches.append(x.flatten().tolist())
            if len(self.batches) == self.stop_at:
                os.kill(os.getpid(), signal.SIGINT)
        return (self.model(x + 0.1 * torch.randn_like(x)) - x**2).square().mean()

    def fit(self, folder: Path, **changes: Any) -> History:
        arguments: dict[str, Any] = {"name": "task", "steps": 30, "batch_size": 16, "lr": 1e-2, "ema": 0.9, "validation": DATA[::4]}
        return fit(self.model, self.loss, DATA, folder=folder, **(arguments | changes))


def same_weights(a: nn.Module, b: nn.Module) -> bool:
    return all(torch.equal(x, y) for x, y in zip(a.state_dict().values(), b.state_dict().values(), strict=True))


def test_fit_finds_the_least_squares_line(tmp_path: Path) -> None:
    x = torch.randn(400, 3, generator=torch.Generator().manual_seed(0))
    y = x @ torch.tensor([1.0, -2.0, 0.5]) + 0.3
    model = nn.Linear(3, 1)
    history = fit(model, lambda x, y: (model(x)[:, 0] - y).square().mean(), (x, y), name="line", steps=400, lr=0.05, folder=tmp_path)
    assert torch.allclose(model.weight[0], torch.tensor([1.0, -2.0, 0.5]), atol=1e-3)
    assert abs(model.bias.item() - 0.3) < 1e-3
    assert history.steps[-1] == 400 and len(history.steps) == len(history.losses) == 200
    assert history.losses[-1] < 1e-5 < history.losses[0]
    assert not history.resumed and history.seconds > 0 and not model.training


@pytest.mark.parametrize("stops", [[1], [13], [5, 7, 1, 9]])
def test_an_interrupted_run_ends_exactly_as_an_uninterrupted_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, stops: list[int]
) -> None:
    monkeypatch.setattr("helpers.run.LOG_POINTS", 7)  # five steps an entry: runs stop in the middle of one
    whole = Task()
    expected = whole.fit(tmp_path / "whole")
    seen: list[list[float]] = []
    for stop in stops:
        part = Task(stop_at=stop)
        with pytest.raises(KeyboardInterrupt):
            part.fit(tmp_path / "parts")
        seen += part.batches
        assert f"interrupted after {len(seen)} of 30 steps" in capsys.readouterr().out
    last = Task()
    torch.manual_seed(999)  # what happened in between must not matter
    history = last.fit(tmp_path / "parts")
    assert seen + last.batches == whole.batches
    assert same_weights(last.model, whole.model)
    assert (history.steps, history.losses, history.validation) == (expected.steps, expected.losses, expected.validation)
    assert history.resumed and not expected.resumed


def test_an_interrupt_waits_for_the_step_to_end_and_the_handler_is_put_back(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT)
    task = Task(stop_at=4)
    with pytest.raises(KeyboardInterrupt):
        task.fit(tmp_path)
    assert signal.getsignal(signal.SIGINT) is before
    assert read_checkpoint(tmp_path / "task.safetensors")[1]["step"] == 4


def test_a_second_interrupt_comes_through_at_once_and_spoils_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("helpers.train.SAVE_SECONDS", 0.0)
    whole, impatient, last = Task(), Task(), Task()
    expected = whole.fit(tmp_path / "whole")
    loss, calls = impatient.loss, 0

    def stubborn(x: Tensor) -> Tensor:
        nonlocal calls
        if not impatient.model.training and len(impatient.batches) == 12:  # while it validates, with the average in the model
            calls += 1
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGINT)
            calls += 1
        return loss(x)

    monkeypatch.setattr(impatient, "loss", stubborn)
    with pytest.raises(KeyboardInterrupt):
        impatient.fit(tmp_path)
    assert calls == 1
    history = last.fit(tmp_path)
    assert 0 < len(last.batches) < 30 and same_weights(last.model, whole.model) and history.losses == expected.losses


def test_an_interrupt_raised_in_the_loss_is_saved_too(tmp_path: Path) -> None:
    whole, part, last = Task(), Task(), Task()
    whole.fit(tmp_path / "whole")
    loss = part.loss

    def stopped(x: Tensor) -> Tensor:
        if len(part.batches) == 9:
            raise KeyboardInterrupt
        return loss(x)

    part.loss = stopped  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        part.fit(tmp_path)
    last.fit(tmp_path)
    assert part.batches + last.batches == whole.batches and same_weights(last.model, whole.model)


def test_a_finished_run_is_loaded_at_once_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second, shorter = Task(), Task(), Task()
    history = first.fit(tmp_path)
    capsys.readouterr()
    again = second.fit(tmp_path)
    path = tmp_path / "task.safetensors"
    assert capsys.readouterr().out == f"loaded {path}, trained 30 steps in {history.seconds:.0f} s; delete the file to train again\n"
    assert not second.batches and same_weights(first.model, second.model) and not second.model.training
    assert (again.losses, again.validation, again.resumed) == (history.losses, history.validation, True)
    shorter.fit(tmp_path, steps=10)
    assert not shorter.batches and same_weights(first.model, shorter.model)


def test_a_finished_checkpoint_holds_the_network_alone(tmp_path: Path) -> None:
    task = Task()
    task.fit(tmp_path)
    tensors, facts = read_checkpoint(tmp_path / "task.safetensors")
    assert set(tensors) == set(task.model.state_dict()) and facts["finished"]
    half = Task(stop_at=5)
    with pytest.raises(KeyboardInterrupt):
        half.fit(tmp_path / "half")
    assert any(name.startswith(TRAINING) for name in read_checkpoint(tmp_path / "half/task.safetensors")[0])
    assert load_checkpoint(tmp_path / "half/task.safetensors", MLP(1, 1, hidden=8, layers=1))["step"] == 5


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"lr": 2e-2}, "lr was 0.01, now 0.02"),
        ({"batch_size": 8}, "batch_size was 16, now 8"),
        ({"weight_decay": 0.1}, "weight_decay was 0.0, now 0.1"),
        ({"ema": None}, "ema was 0.9, now None"),
        ({"clip": None}, "clip was 1.0, now None"),
        ({"seed": 1}, "seed was 0, now 1"),
        ({"validation": None}, "validation was"),
        ({"steps": 40}, "it was trained for 30 steps, now 40 are asked for"),
    ],
)
def test_another_configuration_trains_anew_and_keeps_the_old_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], changes: dict[str, Any], said: str
) -> None:
    Task().fit(tmp_path)
    old = (tmp_path / "task.safetensors").read_bytes()
    other, fresh = Task(), Task()
    other.fit(tmp_path, **changes)
    assert said in capsys.readouterr().out
    assert (tmp_path / "task.old.safetensors").read_bytes() == old
    fresh.fit(tmp_path / "fresh", **changes)
    assert other.batches and same_weights(other.model, fresh.model)


def test_another_network_or_other_data_is_another_configuration(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Task().fit(tmp_path)
    wide = Task()
    wide.model = MLP(1, 1, hidden=9, layers=1)
    wide.fit(tmp_path)
    assert "another network" in capsys.readouterr().out and wide.batches
    fit(wide.model, wide.loss, DATA[:39], name="task", steps=3, folder=tmp_path)
    assert "data was [[40, 1]], now [[39, 1]]" in capsys.readouterr().out


def damage(path: Path, how: str) -> None:
    tensors, facts = read_checkpoint(path)
    if how == "truncated":
        path.write_bytes(path.read_bytes()[:-100])
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "HTML":
        path.write_text("<!DOCTYPE html><html>404</html>" * 50)
    elif how == "foreign":
        save_file({"weight": torch.ones(3)}, path)
    elif how == "no moments":
        write_checkpoint(path, {name: x for name, x in tensors.items() if "exp_avg_sq" not in name}, facts)
    elif how == "no average":
        write_checkpoint(path, {name: x for name, x in tensors.items() if "average/" not in name}, facts)
    else:
        write_checkpoint(path, tensors, facts | {"history": "lost"} if how == "history" else {"configuration": facts["configuration"]})


@pytest.mark.parametrize("how", ["truncated", "empty", "HTML", "foreign", "no moments", "no average", "history", "facts"])
def test_a_damaged_or_foreign_file_is_put_aside_and_training_starts_from_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], how: str
) -> None:
    half, after, fresh = Task(stop_at=11), Task(), Task()
    with pytest.raises(KeyboardInterrupt):
        half.fit(tmp_path)
    damage(tmp_path / "task.safetensors", how)
    history = after.fit(tmp_path)
    out = capsys.readouterr().out
    assert "task.safetensors is not used: " in out and "kept as task.old.safetensors; training anew" in out
    fresh.fit(tmp_path / "fresh")
    assert same_weights(after.model, fresh.model) and after.batches == fresh.batches and not history.resumed


def test_an_epoch_sees_every_row_once_in_an_order_of_its_own(tmp_path: Path) -> None:
    task = Task()
    task.fit(tmp_path, batch_size=8, steps=15)
    epochs = [[x for batch in task.batches[i : i + 5] for x in batch] for i in (0, 5, 10)]
    assert all(sorted(epoch) == sorted(DATA.flatten().tolist()) for epoch in epochs)
    assert epochs[0] != epochs[1] != epochs[2]
    small = Task()
    small.fit(tmp_path / "small", batch_size=1000, steps=2)
    assert [len(batch) for batch in small.batches] == [40, 40]


def test_pairs_stay_together_and_the_callers_random_numbers_are_left_alone(tmp_path: Path) -> None:
    x = torch.arange(50.0)[:, None]
    model = nn.Linear(1, 1)

    def loss(x: Tensor, y: Tensor) -> Tensor:
        assert torch.equal(y, 2 * x)
        return (model(x / 50 + torch.randn_like(x)) - y / 50).square().mean()

    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    fit(model, loss, (x, 2 * x), name="pairs", steps=7, batch_size=16, folder=tmp_path, validation=(x[:9], 2 * x[:9]))
    assert torch.equal(torch.rand(3), expected)


def test_noise_differs_between_steps_and_between_seeds(tmp_path: Path) -> None:
    model, noise = nn.Linear(1, 1), []

    def loss(x: Tensor) -> Tensor:
        noise.append(torch.randn(2).tolist())
        return model(x).square().mean()

    for seed in (0, 1):
        fit(model, loss, DATA, name=f"noise{seed}", steps=5, seed=seed, folder=tmp_path)
    assert len({tuple(x) for x in noise}) == 10


def run_of(model: nn.Module, loss: Callable[..., Tensor], **changes: Any) -> Run:
    settings: dict[str, Any] = {"name": "r", "steps": 10, "batch_size": 40, "lr": 0.1, "weight_decay": 0.0, "ema": None, "clip": None, "seed": 0}
    return Run(model, loss, DATA, changes.pop("validation", None), Settings(**(settings | changes)))


def test_the_learning_rate_falls_along_half_a_cosine() -> None:
    model = nn.Linear(1, 1)
    run = run_of(model, lambda x: model(x).square().mean())
    rates = []
    for _ in range(10):
        run.advance()
        rates.append(run.optimisers["adamw"].param_groups[0]["lr"])
    assert rates == pytest.approx([0.05 * (1 + math.cos(math.pi * k / 10)) for k in range(10)])


def test_the_gradient_is_clipped() -> None:
    model = nn.Linear(1, 1, bias=False)
    for clip, expected in ((0.5, 0.5), (None, 100.0)):
        run = run_of(model, lambda x: (100 * model.weight).sum(), clip=clip)
        run.advance()
        assert model.weight.grad.item() == pytest.approx(expected, rel=1e-4)


def test_the_average_is_the_moving_average_of_tied_weights_too() -> None:
    class Tied(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.a = nn.Linear(1, 1, bias=False)
            self.b = self.a
            self.register_buffer("count", torch.zeros(()))

    model = Tied()
    run = run_of(model, lambda x: (model.b(model.a(x)) - 1).square().mean(), ema=0.7)
    expected = model.a.weight.detach().clone()
    for step in range(1, 11):
        run.advance()
        model.count += 1
        decay = min(0.7, (1 + step) / (10 + step))
        expected = decay * expected + (1 - decay) * model.a.weight.detach()
    weights = run.weights()
    assert torch.allclose(weights["a.weight"], expected) and torch.equal(weights["a.weight"], weights["b.weight"])
    assert not torch.allclose(expected, model.a.weight)


@pytest.mark.parametrize("stop_at", [None, 80])
def test_the_best_weights_on_validation_are_kept_and_survive_an_interrupt(tmp_path: Path, stop_at: int | None) -> None:
    model = nn.Linear(1, 1, bias=False)
    nn.init.zeros_(model.weight)
    calls = 0

    def loss(x: Tensor, target: Tensor) -> Tensor:
        nonlocal calls
        calls += model.training
        if calls == stop_at and model.training:
            os.kill(os.getpid(), signal.SIGINT)
        return (model(torch.ones_like(x)) - target).square().mean()

    def run() -> History:
        ones = torch.ones(8, 1)
        return fit(model, loss, (ones, ones), validation=(ones, 0.4 * ones), name="best", steps=100, lr=0.05, clip=None, folder=tmp_path)

    if stop_at:
        with pytest.raises(KeyboardInterrupt):
            run()
    history = run()
    best = min(value for _, value in history.validation)
    assert best < history.validation[10][1] / 4, "the test needs a run that overshoots early"
    assert (model.weight - 0.4).square().item() == pytest.approx(best)
    assert len(history.validation) == 20


def test_validation_has_the_same_noise_every_time() -> None:
    model = nn.Linear(1, 1)
    run = run_of(model, lambda x: model(x + torch.randn_like(x)).square().mean(), lr=1e-12, validation=DATA)
    for _ in range(10):
        run.advance()
    assert len({round(value, 9) for _, value in run.history.validation}) == 1


def test_validation_uses_the_averaged_weights_and_leaves_training_alone() -> None:
    torch.manual_seed(0)
    models = [nn.Sequential(nn.Linear(1, 4), nn.BatchNorm1d(4), nn.Linear(4, 1)) for _ in range(2)]
    models[1].load_state_dict(models[0].state_dict())
    runs = [run_of(m, lambda x, m=m: (m(x) - x).square().mean(), ema=0.9, validation=v) for m, v in zip(models, (None, DATA), strict=True)]
    for _ in range(10):
        for run in runs:
            run.advance()
    assert same_weights(*models)
    run = runs[1]
    assert run.average is not None
    models[0].load_state_dict(run.average)
    models[0].eval()
    assert run.history.validation[-1][1] == pytest.approx((models[0](DATA) - DATA).square().mean().item(), rel=1e-5)


def test_nan_stops_the_run_with_advice_and_leaves_no_checkpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("helpers.train.SAVE_SECONDS", 0.0)
    model, count = nn.Linear(1, 1), 0

    def loss(x: Tensor) -> Tensor:
        nonlocal count
        count += 1
        if count == 6:
            assert (tmp_path / "bad.safetensors").exists()
        return model(x).square().mean() * (float("nan") if count == 6 else 1.0)

    with pytest.raises(NonFiniteLossError) as caught:
        fit(model, loss, DATA, name="bad", steps=50, lr=0.01, folder=tmp_path)
    message = str(caught.value)
    assert message.startswith("the loss is nan at step 5 (last finite loss: 0.") and "lr: 0.0098" in message
    assert all(f"\n{i}. " in message for i in (1, 2, 3))
    assert not list(tmp_path.iterdir())


def test_an_infinite_gradient_is_found_before_it_spoils_the_weights(tmp_path: Path) -> None:
    model = nn.Linear(1, 1)
    with pytest.raises(NonFiniteLossError, match=r"norm of the gradient is (nan|inf) at step 0 .last finite loss: none"):
        fit(model, lambda x: (model(x) * 0).sqrt().sum(), DATA, name="sqrt", steps=5, folder=tmp_path)
    assert all(p.isfinite().all() for p in model.parameters())


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"steps": 0}, "steps = 0"),
        ({"steps": 2e3}, "steps = 2000.0: a whole number"),
        ({"batch_size": 0}, "batch_size = 0"),
        ({"lr": 0.0}, "lr = 0.0"),
        ({"lr": math.nan}, "lr = nan"),
        ({"ema": 1.0}, "ema = 1.0"),
        ({"clip": -1.0}, "clip = -1.0"),
        ({"weight_decay": -1.0}, "weight_decay"),
        ({"name": "../x"}, "name = '../x'"),
        ({"name": ""}, "name = ''"),
        ({"validation": torch.ones(0, 1)}, "validation is empty"),
    ],
)
def test_wrong_arguments_are_named(tmp_path: Path, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"fit: {message}"):
        Task().fit(tmp_path, **changes)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (torch.ones(0, 2), r"data is empty; its shape is \(0, 2\)"),
        ([1.0, 2.0], "data must be a tensor .* got list"),
        ((), "got nothing"),
        ((torch.ones(3), torch.ones(4)), "3 and 4 rows"),
        (torch.tensor(1.0), "one row an item"),
    ],
)
def test_wrong_data_are_named(tmp_path: Path, data: Any, message: str) -> None:
    model = nn.Linear(1, 1)
    with pytest.raises(ValueError, match=message):
        fit(model, lambda x: model(x).mean(), data, name="x", steps=1, folder=tmp_path)


def test_losses_that_cannot_train_are_explained(tmp_path: Path) -> None:
    model = nn.Linear(1, 1)
    cases: list[tuple[Callable[[Tensor], Any], str]] = [
        (lambda x: model(x)[:, 0] ** 2, r"must return one number, got a tensor of shape \(40,\).*\.mean"),
        (lambda x: 3.0, "must return one number, got float"),
        (lambda x: model(x).detach().mean(), "does not depend on the model's parameters"),
    ]
    for loss, message in cases:
        with pytest.raises(ValueError, match=message):
            fit(model, loss, DATA, name="x", steps=1, folder=tmp_path)
    with pytest.raises(ValueError, match="no trainable parameters"):
        fit(nn.Identity(), lambda x: x.mean(), DATA, name="x", steps=1, folder=tmp_path)


def test_a_checkpoint_gives_back_weights_and_facts_whatever_their_memory_layout(tmp_path: Path) -> None:
    model, other = UNet(1, base=8), UNet(1, base=8)
    save_checkpoint(tmp_path / "a/net.safetensors", model, steps=3, note="å", curve=[1.0, 2.0])
    assert load_checkpoint(str(tmp_path / "a/net.safetensors"), other) == {"steps": 3, "note": "å", "curve": [1.0, 2.0]}
    assert same_weights(model, other)
    assert other.first.weight.stride() == model.first.weight.stride()
    assert (tmp_path / "a/net.safetensors").read_bytes()[8:9] == b"{"  # safetensors: a JSON header, no pickle


def test_checkpoints_that_do_not_fit_say_where(tmp_path: Path) -> None:
    path = tmp_path / "net.safetensors"
    save_checkpoint(path, nn.Linear(2, 3))
    for other, message in (
        (nn.Linear(2, 4), r"`bias` is \(3,\) in the file and \(4,\)"),
        (nn.Linear(2, 3, bias=False), "`bias` is .* absent in the model"),
    ):
        before = [p.clone() for p in other.parameters()]
        with pytest.raises(CheckpointError, match=message):
            load_checkpoint(path, other)
        assert all(torch.equal(a, b) for a, b in zip(before, other.parameters(), strict=True))
    with pytest.raises(FileNotFoundError, match="run the cell that trains"):
        load_checkpoint(tmp_path / "none.safetensors", nn.Linear(2, 3))
    with pytest.raises(CheckpointError, match="JSON cannot"):
        save_checkpoint(path, nn.Linear(2, 3), tensor=torch.ones(2))


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, model = tmp_path / "net.safetensors", nn.Linear(2, 3)
    save_checkpoint(path, model)
    old = path.read_bytes()

    def half(self: Path, data: bytes) -> int:
        with self.open("wb") as file:
            file.write(data[: len(data) // 2])
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(OSError, match="no space"):
        save_checkpoint(path, nn.Linear(2, 3))
    assert path.read_bytes() == old and list(tmp_path.iterdir()) == [path]


def test_a_history_shows_itself_in_one_line() -> None:
    assert repr(History([10, 20], [2.0, 1.25], [(10, 1.5), (20, 1.75)], 3.4)) == "History: 20 steps in 3 s, last loss 1.25, best validation loss 1.5"
    assert repr(History()) == "History: no steps yet"
