"""The table of measured numbers."""

from pathlib import Path

from helpers.results import record_result, results_table


def test_the_gap_is_written_without_an_exponent(tmp_path: Path) -> None:
    record_result("share", 100, unit="%", reference=0, reference_name="drivers", folder=tmp_path)
    record_result("loss", 0.5293, unit="nats", reference=0.528, folder=tmp_path)
    table = results_table(tmp_path).data or ""
    assert "| share | 100 | 0 (drivers) | +100 | % | – |" in table
    assert "| loss | 0.5293 | 0.528 (oracle) | +0.0013 | nats | – |" in table


def test_the_same_name_again_replaces_the_number(tmp_path: Path) -> None:
    for value in (1.0, 2.0):
        record_result("loss", value, folder=tmp_path)
    table = results_table(tmp_path).data or ""
    assert "| loss | 2 | – | – |  | – |" in table and "| loss | 1 |" not in table
