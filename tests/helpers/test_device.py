"""helpers.device: which device, which budget, equal seeds."""

from __future__ import annotations

import random

import numpy as np
import pytest
import torch

from helpers import budget, get_device, seed_everything


@pytest.mark.parametrize(("profile", "value"), [("smoke", 1), ("cpu", 2), ("gpu", 3), (" cpu ", 2)])
def test_the_environment_chooses_the_budget(monkeypatch: pytest.MonkeyPatch, profile: str, value: int) -> None:
    monkeypatch.setenv("COURSE_BUDGET", profile)
    assert budget(smoke=1, cpu=2, gpu=3) == value


@pytest.mark.parametrize(("device", "value"), [("cpu", "small"), ("cuda", "large"), ("mps", "large")])
def test_otherwise_the_device_does(monkeypatch: pytest.MonkeyPatch, device: str, value: str) -> None:
    monkeypatch.setenv("COURSE_BUDGET", "")  # empty counts as unset
    monkeypatch.setattr("helpers.device.get_device", lambda: torch.device(device))
    assert budget(smoke="tiny", cpu="small", gpu="large") == value


@pytest.mark.parametrize("profile", ["fast", "CPU", "smoke,cpu"])
def test_an_unknown_budget_is_named_with_what_is_allowed(monkeypatch: pytest.MonkeyPatch, profile: str) -> None:
    monkeypatch.setenv("COURSE_BUDGET", profile)
    with pytest.raises(ValueError, match=rf"COURSE_BUDGET = '{profile}'.*smoke, cpu or gpu"):
        budget(smoke=1, cpu=2, gpu=3)


@pytest.mark.parametrize(("cuda", "mps", "expected"), [(True, True, "cuda"), (False, True, "mps"), (False, False, "cpu")])
def test_the_fastest_device_is_taken_in_silence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], cuda: bool, mps: bool, expected: str
) -> None:
    monkeypatch.setattr("torch.cuda.is_available", lambda: cuda)
    monkeypatch.setattr("torch.backends.mps.is_available", lambda: mps)
    assert get_device().type == expected
    assert capsys.readouterr() == ("", "")


def test_equal_seeds_give_equal_draws_everywhere() -> None:
    def draws(seed: int) -> list[float]:
        seed_everything(seed)
        return [random.random(), float(np.random.rand()), float(torch.rand(()))]

    first = draws(2**33 + 7)  # NumPy takes 32 bits
    assert draws(2**33 + 7) == first
    assert all(a != b for a, b in zip(draws(8), first, strict=True))


def test_course_seed_moves_every_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_SEED", "2")
    seed_everything(3)
    moved = torch.rand(2)
    monkeypatch.delenv("COURSE_SEED")
    seed_everything(5)
    assert torch.equal(torch.rand(2), moved)
    monkeypatch.setenv("COURSE_SEED", "x")
    with pytest.raises(ValueError, match="COURSE_SEED = 'x'"):
        seed_everything(3)
