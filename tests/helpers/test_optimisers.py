"""Muon in `helpers.fit`: which parameters it gets, what a step is, and runs that stop and go on."""

from __future__ import annotations

import math
import os
import signal
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from helpers.language import CharTransformer
from helpers.optimisers import Muon, matrices, optimisers_for, orthogonalised
from helpers.train import History, fit

TOKENS = torch.randint(0, 9, (24, 7), generator=torch.Generator().manual_seed(0))


class Task:
    """A tiny transformer that reads the same tokens; can be stopped in the middle of a step."""

    def __init__(self, stop_at: int | None = None) -> None:
        torch.manual_seed(1)
        self.model = CharTransformer(dim=8, layers=1, heads=2, context=6, vocabulary=9)
        self.calls, self.stop_at = 0, stop_at

    def loss(self, tokens: Tensor) -> Tensor:
        self.calls += 1
        if self.calls == self.stop_at:
            os.kill(os.getpid(), signal.SIGINT)
        return nn.functional.cross_entropy(self.model(tokens[:, :-1]).flatten(0, 1), tokens[:, 1:].flatten())

    def fit(self, folder: Path, optimiser: str = "muon", matrix_lr: float = 0.02) -> History:
        return fit(self.model, self.loss, TOKENS, name="t", steps=20, batch_size=8, lr=1e-2, folder=folder, optimiser=optimiser, matrix_lr=matrix_lr)


def same_weights(a: nn.Module, b: nn.Module) -> bool:
    return all(torch.equal(x, y) for x, y in zip(a.state_dict().values(), b.state_dict().values(), strict=True))


def test_hidden_matrices_go_to_muon_and_all_else_to_adamw() -> None:
    model = CharTransformer(dim=8, layers=1, heads=2, vocabulary=9)
    parameters = dict(model.named_parameters())
    assert matrices(model, parameters) == {f"blocks.0.{name}.weight" for name in ("qkv", "project", "up", "down")}
    made = optimisers_for(model, parameters, "muon", 1e-3, 0.05, 0.1)
    groups = {kind: optimiser.param_groups[0] for kind, optimiser in made.items()}
    assert {id(p) for p in groups["adamw"]["params"]} == {id(model.embedding.weight), id(model.head.weight)}
    assert len(groups["muon"]["params"]) == 4
    assert (groups["adamw"]["lr"], groups["muon"]["lr"], groups["muon"]["weight_decay"]) == (1e-3, 0.05, 0.1)


def test_a_convolution_and_a_single_layer_are_left_to_adamw() -> None:
    for model in (nn.Conv2d(3, 4, 3), nn.Linear(3, 2), nn.Embedding(5, 2)):
        assert list(optimisers_for(model, dict(model.named_parameters()), "muon", 1e-3, 0.02, 0.0)) == ["adamw"]


@pytest.mark.parametrize("shape", [(6, 40), (40, 6), (12, 12)])
def test_orthogonalised_keeps_singular_vectors_and_sets_the_values_near_one(shape: tuple[int, int]) -> None:
    u, s, v = torch.linalg.svd(torch.randn(shape, generator=torch.Generator().manual_seed(2)), full_matrices=False)
    inside = u.T @ orthogonalised((u @ torch.diag(s) @ v)[None])[0] @ v.T
    values = inside.diagonal()
    assert torch.allclose(inside, torch.diag(values), atol=1e-4)
    assert values.min() > 0.4 and values.max() < 1.3


def test_steps_are_those_of_torchs_own_muon_up_to_its_bfloat16() -> None:
    torch.manual_seed(4)
    ours = [nn.Parameter(torch.randn(shape)) for shape in ((5, 30), (30, 5), (8, 8), (5, 30), (30, 5))]
    theirs = [nn.Parameter(p.detach().clone()) for p in ours]
    before = [p.detach().clone() for p in ours]
    pair = Muon(ours, lr=0.1, weight_decay=0.2), torch.optim.Muon(theirs, lr=0.1, weight_decay=0.2)
    for _ in range(4):
        for a, b in zip(ours, theirs, strict=True):
            a.grad = torch.randn_like(a)
            b.grad = a.grad.clone()
        for optimiser in pair:
            optimiser.step()
    for a, b, start in zip(ours, theirs, before, strict=True):
        assert (a - b).norm() < 0.02 * (a - start).norm()


def test_filters_step_as_the_matrix_of_their_rows() -> None:
    model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Conv2d(4, 4, 3), nn.Linear(4, 2))
    assert matrices(model, dict(model.named_parameters())) == {"0.weight", "1.weight"}
    filters, matrix = nn.Parameter(torch.ones(4, 3, 3, 3)), nn.Parameter(torch.ones(4, 27))
    matrix.grad = torch.randn(4, 27, generator=torch.Generator().manual_seed(5))
    filters.grad = matrix.grad.reshape(4, 3, 3, 3)
    for p in (filters, matrix):
        Muon([p], lr=0.1).step()
    assert torch.equal(filters.flatten(1), matrix) and not torch.equal(matrix, torch.ones(4, 27))


@pytest.mark.parametrize("stops", [[1], [4, 9]])
def test_an_interrupted_run_ends_exactly_as_an_uninterrupted_one(tmp_path: Path, stops: list[int]) -> None:
    whole, last = Task(), Task()
    expected = whole.fit(tmp_path / "whole")
    for stop in stops:
        with pytest.raises(KeyboardInterrupt):
            Task(stop_at=stop).fit(tmp_path / "parts")
    history = last.fit(tmp_path / "parts")
    assert history.resumed and 0 < last.calls < 20 and history.losses == expected.losses
    assert same_weights(last.model, whole.model)


def test_another_optimiser_or_rate_is_another_configuration(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Task().fit(tmp_path)
    again, other = Task(), Task()
    again.fit(tmp_path)
    assert again.calls == 0
    capsys.readouterr()
    Task().fit(tmp_path, matrix_lr=0.01)
    assert "matrix_lr was 0.02, now 0.01" in capsys.readouterr().out
    other.fit(tmp_path, optimiser="adamw")
    assert "optimiser was muon, now adamw" in capsys.readouterr().out and other.calls == 20


def test_both_rates_fall_and_both_optimisers_move_their_parameters(tmp_path: Path) -> None:
    task = Task()
    start = {name: value.clone() for name, value in task.model.state_dict().items()}
    history = task.fit(tmp_path)
    assert history.losses[-1] < history.losses[0] <= math.log(9) + 1e-5
    assert all(not torch.equal(value, start[name]) for name, value in task.model.state_dict().items())


@pytest.mark.parametrize(("change", "told"), [({"optimiser": "sgd"}, "choose 'adamw' or 'muon'"), ({"matrix_lr": 0.0}, "matrix_lr = 0.0")])
def test_what_cannot_be_is_refused(tmp_path: Path, change: dict[str, str | float], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        Task().fit(tmp_path, **change)  # type: ignore[arg-type]
