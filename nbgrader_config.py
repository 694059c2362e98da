"""Stock nbgrader works in this folder: everything it needs to know follows from course.yml."""

from pathlib import Path

from staff.config import load_course
from staff.database import database_url
from staff.notebook import STUB

root = Path(__file__).resolve().parent
course = load_course(root)
c = get_config()  # noqa: F821  (traitlets provides it)
c.CourseDirectory.course_id = course.id
c.CourseDirectory.root = str(root)
c.CourseDirectory.db_url = database_url(root)  # COURSE_DB_URL, or the file here
c.CourseDirectory.notebook_id = "[!_]*"
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "_*", "*.py", "*.md", "artifacts"]
c.ClearSolutions.code_stub = {"python": STUB}
c.ExecutePreprocessor.timeout = course.limits.cell_seconds
