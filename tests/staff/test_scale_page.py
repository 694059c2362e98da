"""What docs/scale.md tells people to type and to write into files is what the programs know."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import yaml
from distributed.cli.dask_scheduler import main as scheduler
from distributed.cli.dask_worker import main as worker

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
OPTIONS = {"scheduler": scheduler, "worker": worker}


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, flags=re.DOTALL)


def test_dask_knows_every_option_on_the_page() -> None:
    lines = re.findall(r"dask[ ,]+(scheduler|worker)\b([^\n`]*)", PAGE)
    assert len(lines) >= 4
    for name, rest in lines:
        known = {option for parameter in OPTIONS[name].params for option in parameter.opts}
        assert set(re.findall(r"--[a-z-]+", rest)) <= known, rest
    (python,) = blocks("python")
    given = set(re.findall(r'"(--[a-z-]+)"', python))
    assert given and given <= {option for parameter in worker.params for option in parameter.opts}


def test_the_files_on_the_page_can_be_read() -> None:
    (python,) = blocks("python")
    assert ast.parse(python)
    (manifest,) = blocks("yaml")
    pod = yaml.safe_load(manifest)["spec"]["template"]["spec"]
    assert pod["hostUsers"] is False and pod["containers"][0]["securityContext"]["procMount"] == "Unmasked", "the one needs the other"


def test_the_arithmetic_of_the_cores() -> None:
    submissions, seconds, cores = re.findall(r"([\d,]+) × ([\d.]+) / 3,600 = ([\d.]+)", PAGE)[0]
    assert int(submissions.replace(",", "")) * float(seconds) / 3600 == pytest.approx(float(cores), abs=0.05)


def test_formgrader_opens_the_gradebook_that_the_page_names(monkeypatch: pytest.MonkeyPatch) -> None:
    from traitlets.config import Config

    path = ROOT / "nbgrader_config.py"
    code = compile(path.read_text(encoding="utf-8"), str(path), "exec")
    for url in ("", "postgresql+psycopg://course@db.example.org/gradebook"):
        monkeypatch.setenv("COURSE_DB_URL", url)
        config = Config()
        exec(code, {"get_config": lambda config=config: config, "__file__": str(path)})
        assert str(config.CourseDirectory.db_url).startswith(url or "sqlite:///")
