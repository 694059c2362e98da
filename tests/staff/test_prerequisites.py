"""The self-check before the course: seven areas, each with a question, an answer and a place to read up; its numbers are right."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest
import torch
from torch import nn

PAGE = (Path(__file__).parents[2] / "lectures" / "prerequisites.md").read_text(encoding="utf-8")
SECTIONS = re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]


def test_there_are_the_seven_areas_of_the_memo() -> None:
    words = ["Programming", "Algebra", "One-variable", "Multivariate", "Probability", "Machine learning", "Deep learning"]
    assert len(SECTIONS) == 7
    assert all(word in section.splitlines()[0] for word, section in zip(words, SECTIONS, strict=True))


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.splitlines()[0])
def test_each_has_a_question_an_answer_and_a_link(section: str) -> None:
    question, answer = section.index("**Question.**"), section.index("<details><summary>Answer</summary>")
    assert question < answer < section.index("</details>") < section.index("Read up:")
    assert re.search(r"\]\(https://[^)\s]+\)", section[section.index("Read up:") :])
    assert section.count("<details>") == section.count("</details>") == 1


def test_links_within_the_page_lead_somewhere() -> None:
    headings = {re.sub(r"[^a-z0-9 -]", "", section.splitlines()[0].lower()).replace(" ", "-") for section in SECTIONS}
    assert set(re.findall(r"\]\(#([^)]+)\)", PAGE)) == headings


def test_the_numbers_are_right() -> None:
    x, y = torch.randn(5, requires_grad=True), torch.randn(3)
    (x[:, None] - y).square().mean().backward()
    assert x.grad is not None and torch.allclose(x.grad, (2 * (x[:, None] - y) / 15).sum(1))
    matrix = torch.tensor([[2.0, 0.0], [5.0, 3.0]])
    assert sorted(torch.linalg.eigvals(matrix).real.tolist()) == pytest.approx([2, 3]) and matrix.det().item() == pytest.approx(6)
    assert math.log2(2.5) == pytest.approx(1.32, abs=0.005) and 1 / (3 * math.sqrt(2 * math.pi)) == pytest.approx(0.133, abs=0.0005)
    layer = nn.Conv2d(3, 8, kernel_size=3, padding=1)
    assert sum(p.numel() for p in layer.parameters()) == 224 and layer(torch.zeros(1, 3, 32, 32)).shape == (1, 8, 32, 32)
