"""A class of eight invented students, made from the release, the reference answers and the answer bank.

One of each sort that a course meets. The first student's notebook is really run, at the smoke budget, so that it holds what a
student would hand in: outputs, figures, checkpoints, and the zip that the hand-in cell writes.
"""

from __future__ import annotations

import copy
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

from staff.config import Course, CourseError, Tier, tier_of
from staff.grading import Progress
from staff.intake import Master, load_master
from staff.master import TEXT_STUB, MasterCell
from staff.notebook import BEGIN_SOLUTION, END_SOLUTION, read_notebook, write_notebook, write_text
from staff.stock_process import worker_environment

MARKER = "SAMPLE_CLASS.md"
Answers = dict[str, str]  # by grade id

DID = {
    "ada": "Everything right: the reference answers, run from top to bottom; handed in as the zip that the hand-in cell writes.",
    "bo": "Only the mandatory tasks (tier E); every D task is left blank.",
    "chen": "Three typical mistakes, each in another task.",
    "dilan": "The blank release, nothing filled in.",
    "elif": "Right, by other means than the reference, but handed in nine hours late.",
    "farid": "The upload broke off: the file ends in the middle.",
    "greta": "Right, but a test cell was deleted, and the file is called “(1)”.",
    "hugo": "Right, worked on in Colab, which drops cell ids and adds its own metadata.",
}

# Which of the bank's answers the class uses: quick ones, and mistakes that are often made. Elsewhere the first file serves.
OTHER_WAYS = {"m3": {"E0": "variant_tools", "D1": "variant_rows", "E1": "variant_index", "D3": "variant_lerp"}}
MISTAKES = {"m3": {"D1": "mutant_no_absolute_value", "E1": "mutant_inverse_order", "D3": "mutant_target_reversed"}}

REFLECTION = "When the model gets better, its curve comes closer to the dashed line, because that line is the best that any model can reach."
REFLECTIONS = {
    "m3-E1-reflect": "Because the map from z to x is continuous and has a continuous inverse, the region between the moons becomes thin "
    "but never empty; a model that starts from two separate blobs of noise could leave it out.",
    "m3-D2-reflect": "Without noise the flow can put spikes of density on the 256 values, because a density may be as high as it likes; with "
    "noise the average of log q(v + u) is a bound on a log-probability, so it cannot be above 0.",
    "m3-D4-reflect": "The error of the probe averages out, because it is right in the mean at every point; the error of the solver does not, "
    "because it is the same each time; I would notice it by taking twice the steps.",
    "m3-D5-reflect": "It is not zero because the pairs are the best of one batch only; with one evaluation I take reflow, because its paths "
    "are straightest; with 100 any of them, because the solver's error is gone.",
    "m3-D3-reflect": "At t = 0 the field points to the mean of all data, so one step lands there; with more steps the paths can bend; "
    "one step would do if the lines of the pairs did not cross.",
}


class SampleClass:
    """Writes the eight into `root`/submitted; `bank` is the answer bank's folder of the module."""

    def __init__(self, course: Course, root: Path, module: str, bank: Path) -> None:
        self.course, self.root = course, root
        self.master: Master = load_master(course, root, module)
        self.bank = bank
        self.due = course.due(self.master.module) or datetime.now(UTC)

    @property
    def name(self) -> str:
        return self.master.module.id

    def folder(self, student: str) -> Path:
        return self.root / "submitted" / student / self.name

    def write(self, progress: Progress | None = None) -> None:
        """Write all eight; what was there of the sample class is replaced."""
        refuse_real_students(self.root)
        for student in DID:
            shutil.rmtree(self.root / "submitted" / student, ignore_errors=True)
        lines = ["This is the invented sample class of `course demo`; it may be deleted.", "", *(f"- {name}: {did}" for name, did in DID.items())]
        write_text(self.root / "submitted" / MARKER, "\n".join(lines) + "\n")
        done = self._ada(progress)
        self._plain("bo", self._blank({**self._answers(Tier.E), **self._written(Tier.E)}))
        self._plain("chen", self._blank({**self._right(), **self._mistakes()}))
        self._plain("dilan", self._blank({}))
        other = self._with_outputs(done, {**self._right(), **self._bank("variant", OTHER_WAYS)})
        self._plain("elif", other, late=timedelta(hours=9, minutes=12))
        self._farid(done)
        self._greta(other)
        self._plain("hugo", as_colab(other), ids=False)
        if progress:
            progress(1, 1, "eight hand-ins written")

    def _ada(self, progress: Progress | None) -> NotebookNode:
        """Run the right notebook as a student does, and hand it in by the zip."""
        folder = self.folder("ada")
        notebook = self._blank(self._right())
        path = folder / f"{self.name}.ipynb"
        write_notebook(path, notebook)
        run_notebook(notebook, folder, self.root, self.course.limits.cell_seconds, progress)
        write_notebook(path, notebook)
        zip_hand_in(self.name, folder, self.root)
        self._stamp("ada", self.due - timedelta(days=2, hours=3))
        return notebook

    def _farid(self, done: NotebookNode) -> None:
        """The file up to the middle of the last task's answer."""
        text = nbformat.writes(done)
        last = [cell for cell in self.master.answers if cell.kind == "code"][-1]
        position = text.find(f'"id": "{last.id}"')
        self._raw("farid", text[: position + 40 if position > 0 else len(text) * 2 // 3])

    def _greta(self, notebook: NotebookNode) -> None:
        tests = [cell.label for cell in self.master.graded if cell.role == "hidden"]
        kept = copy.deepcopy(notebook)
        kept.cells = [cell for cell in kept.cells if cell.metadata.get("nbgrader", {}).get("grade_id") != tests[-1]]
        self._plain("greta", kept, name=f"{self.name} (1).ipynb")

    def _plain(self, student: str, notebook: NotebookNode, late: timedelta | None = None, name: str | None = None, ids: bool = True) -> None:
        text = nbformat.writes(notebook) if ids else nbformat.writes(notebook, version=nbformat.NO_CONVERT)
        self._raw(student, text + "\n", late, name)

    def _raw(self, student: str, text: str, late: timedelta | None = None, name: str | None = None) -> None:
        write_text(self.folder(student) / (name or f"{self.name}.ipynb"), text)
        early = timedelta(hours=5 + 7 * list(DID).index(student))
        self._stamp(student, self.due + late if late else self.due - early)

    def _stamp(self, student: str, when: datetime) -> None:
        write_text(self.folder(student) / "timestamp.txt", when.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC\n"))

    def _blank(self, answers: Answers) -> NotebookNode:
        """The release with answers put in."""
        released = self.root / "release" / self.name / f"{self.name}.ipynb"
        notebook = read_notebook(released) if released.is_file() else self._derived()
        for cell in notebook.cells:
            label = cell.metadata.get("nbgrader", {}).get("grade_id")
            if label in answers:
                cell.source = answers[label]
        return notebook

    def _derived(self) -> NotebookNode:
        notebook = copy.deepcopy(self.master.notebook)
        for cell, known in zip(notebook.cells, self.master.cells, strict=True):
            cell.source = known.released
        return notebook

    def _with_outputs(self, done: NotebookNode, answers: Answers) -> NotebookNode:
        """The executed notebook with other right answers in it: the pictures stay what they were."""
        notebook = copy.deepcopy(done)
        for cell in notebook.cells:
            label = cell.metadata.get("nbgrader", {}).get("grade_id")
            cell.source = answers.get(label, cell.source)
        return notebook

    def _right(self) -> Answers:
        return {**self._answers(), **self._written()}

    def _written(self, tier: Tier | None = None) -> Answers:
        """The answers that a person reads."""
        texts = [cell for cell in self.master.answers if cell.kind == "markdown" and _in_tier(cell, tier)]
        return {cell.label or "": cell.released.replace(TEXT_STUB, REFLECTIONS.get(cell.label or "", REFLECTION)) for cell in texts}

    def _answers(self, tier: Tier | None = None) -> Answers:
        """The code answers of the source."""
        return {cell.label or "": reference(cell) for cell in self.master.answers if cell.kind == "code" and _in_tier(cell, tier)}

    def _bank(self, kind: str, picks: dict[str, dict[str, str]]) -> Answers:
        """One answer of the bank a task: the picked file; for a module without picks the first of its kind."""
        found: Answers = {}
        chosen = picks.get(self.master.module.key)
        for task in dict.fromkeys(cell.task for cell in self.master.answers):
            cells = [cell for cell in self.master.answers if cell.task == task and cell.kind == "code"]
            name = f"{kind}_*" if chosen is None else chosen.get(task, "-")
            files = sorted((self.bank / task).glob(f"{name}.py"))
            if files and cells:
                target = next((cell for cell in cells if cell.role == "code"), cells[0])
                found[target.label or ""] = _without_first_comment(files[0].read_text(encoding="utf-8"))
        return found

    def _mistakes(self) -> Answers:
        """Three mistakes of the bank, each in another task (fewer where the module has fewer tasks)."""
        return dict(list(self._bank("mutant", MISTAKES).items())[-3:])


def reference(cell: MasterCell) -> str:
    """The source's own answer, without the markers."""
    return "\n".join(line for line in cell.source.splitlines() if line.strip() not in (BEGIN_SOLUTION, END_SOLUTION))


def _without_first_comment(text: str) -> str:
    """A file of the bank as a student would have written it: its first line says what is wrong with it."""
    first, _, rest = text.partition("\n")
    return rest.strip("\n") if first.startswith("#") else text


def _in_tier(cell: MasterCell, tier: Tier | None) -> bool:
    return tier is None or tier_of(cell.task) is tier


def run_notebook(notebook: NotebookNode, folder: Path, root: Path, cell_seconds: int, progress: Progress | None = None) -> None:
    """Run a notebook in `folder` at the smoke budget, with pictures; an error in a cell stays in that cell."""
    total = len(notebook.cells)

    def after(cell: NotebookNode, cell_index: int, execute_reply: object = None) -> None:
        if progress:
            progress(cell_index + 1, total, "running the first student's notebook")

    environment = {**worker_environment(root), "MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    where = {"metadata": {"path": str(folder)}}
    client = NotebookClient(notebook, timeout=cell_seconds, kernel_name="python3", allow_errors=True, on_cell_executed=after, resources=where)
    client.execute(env=environment, stderr=subprocess.DEVNULL)


def zip_hand_in(name: str, folder: Path, root: Path) -> None:
    """Leave in `folder` what the hand-in cell makes of the notebook and its artifacts: the zip, and nothing else."""
    command = "import sys; from helpers import hand_in; hand_in(sys.argv[1], sys.argv[2])"
    environment = {**worker_environment(root), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", command, name, str(folder)], env=environment, capture_output=True, text=True, cwd=folder)
    if done.returncode != 0:
        raise CourseError(f"{folder}: hand_in({name!r}) failed: {done.stderr[-1000:]}; `pytest tests/helpers` shows why")
    (folder / f"{name}.ipynb").unlink()
    shutil.rmtree(folder / "artifacts", ignore_errors=True)


def as_colab(notebook: NotebookNode) -> NotebookNode:
    """The notebook as Colab exports it: nbformat 4.0, no cell ids, its own metadata; nbgrader's and tags survive."""
    made = copy.deepcopy(notebook)
    made.nbformat_minor = 0
    made.metadata["colab"] = {"provenance": [], "toc_visible": True}
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    for number, cell in enumerate(made.cells):
        cell.pop("id", None)
        cell.metadata["id"] = f"c0l4b{number:07d}"
        if cell.cell_type == "code":
            cell.metadata["colab"] = {"base_uri": "https://localhost:8080/", "height": 35}
            cell.metadata["outputId"] = f"0utput{number:06d}"
            cell.metadata.pop("execution", None)
    return made


def refuse_real_students(root: Path) -> None:
    """Raise CourseError where submitted/ holds anything but the sample class."""
    folder = root / "submitted"
    present = sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    strangers = [name for name in present if name not in DID] if (folder / MARKER).exists() else present
    if strangers:
        shown = ", ".join(strangers[:5]) + (f" and {len(strangers) - 5} more" if len(strangers) > 5 else "")
        remedy = "the demo writes its class only beside no other: give it a folder of its own with --into FOLDER, or move submitted/ away"
        raise CourseError(f"{folder}: holds hand-ins that are not of the sample class ({shown}); {remedy}")


def make_class(course: Course, root: Path, module: str = "m3_flows", bank: Path | None = None, progress: Progress | None = None) -> dict[str, str]:
    """Write the sample class of a module into `root`/submitted; returns what each student did."""
    chosen = course.module(module)
    SampleClass(course, root, module, bank or root / "tests" / "answers" / chosen.key).write(progress)
    return dict(DID)
