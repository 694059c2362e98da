"""RESULTS.md: one part a module, replaced alone; what misses its bar is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from staff.results_page import JUDGE, Run, missed, put_part, update_page


def number(value: float, bar: float | None = None) -> dict[str, Any]:
    return {"value": value, "unit": "nats", "reference": 1.0, "reference_name": "oracle", "bar": bar, "seconds": 7.4}


def test_a_part_is_replaced_and_the_others_stay_in_the_order_of_the_course(tmp_path: Path) -> None:
    page, order = tmp_path / "RESULTS.md", ["m1_a", "m2_b", "m3_c"]
    update_page(page, order, Run("m3_c", 5.0, 6, {"flow": number(1.25)}, ({"flow": number(1.5)},)))
    before = page.read_text()
    update_page(page, order, Run("m1_a", 1.0, 4, {"mean": number(3.0)}))
    update_page(page, order, Run("m1_a", 2.0, 4, {"mean": number(2.0, bar=0.5)}))
    text = page.read_text()
    assert [line for line in text.splitlines() if line.startswith("## ")] == ["## m1_a", "## m3_c"]
    assert before[before.index("## m3_c") :] == text[text.index("## m3_c") :]
    assert "| mean | 2 nats | – | 1 (oracle) | +1 | 0.5 | 7 s |" in text and "| mean | 3 nats" not in text
    assert "| flow | 1.25 nats | 1.5 | 1 (oracle) | +0.25 | – | 7 s |" in text


def test_what_is_above_its_bar_is_named_for_every_seed() -> None:
    run = Run("m1_a", 5.0, 4, {"mean": number(1.4, bar=0.5)}, ({"mean": number(1.6, bar=0.5)},))
    assert missed(run) == ["m1_a: 5.0 minutes, 4 allowed", "m1_a, seed 1: mean: 0.6 is above the bar 0.5"]


def test_the_judges_part_comes_last_and_stays(tmp_path: Path) -> None:
    page, order = tmp_path / "RESULTS.md", ["m1_a", "m2_b"]
    put_part(page, [*order, JUDGE], JUDGE, "| a | table |\n\n![growth](docs/growth.png)")
    update_page(page, order, Run("m1_a", 1.0, 4, {"mean": number(3.0)}))
    put_part(page, [*order, JUDGE], JUDGE, "| another | table |")
    text = page.read_text()
    assert [line for line in text.splitlines() if line.startswith("## ")] == ["## m1_a", "## The judge"]
    assert text.endswith("## The judge\n\n| another | table |\n") and "| mean | 3 nats" in text and text.count("# Results") == 1
