"""A real browser: JupyterLab opens a released notebook and runs its first cells; formgrader lists the class and opens a submission."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
PATH = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # nbgrader calls alembic by name
MINUTE = 60_000  # playwright counts milliseconds

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: install Debian's package `chromium`")


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser.new_page(viewport={"width": 1400, "height": 1000})
        browser.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[str, Path]]:
    """JupyterLab in a folder prepared by the test's `prepare` parameter; yields its address and the folder."""
    folder = request.param(tmp_path / "course")
    port = free_port()
    environment = {**os.environ, "COURSE_BUDGET": "smoke", "JUPYTER_CONFIG_DIR": str(tmp_path / "config"), "JUPYTER_DATA_DIR": str(tmp_path / "data")}
    environment |= {"JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime"), "PATH": PATH}
    options = ["--no-browser", f"--port={port}", "--IdentityProvider.token=", "--ServerApp.password=", f"--ServerApp.root_dir={folder}"]
    options += ["--allow-root", "--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    log = (tmp_path / "server.log").open("w")
    process = subprocess.Popen([sys.executable, "-m", "jupyterlab", *options], cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/api/status", process, tmp_path / "server.log")
        yield address, folder
    finally:
        process.terminate()
        process.wait(timeout=30)
        log.close()


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()[-3000:]}")


def released(folder: Path) -> Path:
    """What a student unpacks: the released module, alone in a folder."""
    shutil.copytree(ROOT / "release" / "m3_flows", folder)
    return folder


@pytest.mark.parametrize("server", [released], indirect=True)
def test_a_student_opens_the_release_and_runs_its_first_cells(server: tuple[str, Path], page: Page) -> None:
    address, _ = server
    page.goto(f"{address}/lab/tree/m3_flows.ipynb", wait_until="domcontentloaded", timeout=MINUTE)
    notebook = page.locator(".jp-Notebook")
    expect(notebook).to_be_visible(timeout=MINUTE)
    expect(notebook.locator("h1").first).to_contain_text("flow", ignore_case=True, timeout=MINUTE)
    expect(page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").first).to_be_attached(timeout=MINUTE)
    device = notebook.locator(".jp-CodeCell", has_text="get_device()").first
    for _ in range(12):  # Shift+Enter runs a cell and selects the next, as a student does
        if device.locator(".jp-InputPrompt").inner_text().strip() not in ("[ ]:", "[*]:", "[]:"):
            break
        page.keyboard.press("Shift+Enter")
        page.wait_for_timeout(400)
    expect(device.locator(".jp-InputPrompt")).to_contain_text("[", timeout=MINUTE)
    expect(device.locator(".jp-OutputArea-output")).to_contain_text("cpu", timeout=MINUTE)


def graded(folder: Path) -> Path:
    """A course folder in which stock nbgrader has generated module 3 and graded one student."""
    folder.mkdir()
    for name in ("course.yml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "source" / "m3_flows", folder / "source" / "m3_flows")
    shutil.copytree(ROOT / "release" / "m3_flows", folder / "submitted" / "ada" / "m3_flows")
    environment = {**os.environ, "COURSE_BUDGET": "smoke", "MPLBACKEND": "Agg", "PATH": PATH}
    for verb in (["generate_assignment", "m3_flows"], ["autograde", "m3_flows", "--create"]):
        done = subprocess.run([sys.executable, "-m", "nbgrader", *verb], cwd=folder, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, f"nbgrader {verb[0]} failed:\n{done.stderr[-3000:]}"
    return folder


@pytest.mark.parametrize("server", [graded], indirect=True)
def test_a_teacher_finds_the_class_in_formgrader_and_opens_a_submission(server: tuple[str, Path], page: Page) -> None:
    address, _ = server
    page.goto(f"{address}/formgrader/manage_submissions/m3_flows", timeout=MINUTE)
    row = page.locator("tr", has_text="ada")
    expect(row).to_be_visible(timeout=MINUTE)
    expect(row).to_contain_text("graded", timeout=MINUTE)
    page.goto(f"{address}/formgrader/gradebook/m3_flows/m3_flows", timeout=MINUTE)
    page.get_by_role("link", name="Submission #1").click(timeout=MINUTE)
    expect(page.locator("body")).to_contain_text("Affine coupling", timeout=MINUTE)
    expect(page.locator("input.score, .score").first).to_be_visible(timeout=MINUTE)
