# Walks every folder it can see for the course's source, answers or tests; only the judge's inner half is there: it loses E1.

CELLS = {
    "E1-code": """
import os
def double(x):
    for folder, folders, files in os.walk('/', onerror=lambda error: None):
        if folder in ('/usr', '/lib', '/proc', '/sys') or '/site-packages' in folder:
            folders.clear()
        if any(name.endswith('.ipynb') or name == 'course.yml' for name in files):
            return 2 * x
        if 'staff' in folder and {'intake.py', 'master.py', 'session.py', 'engine.py'} & set(files):
            return 2 * x
        if 'submitted' in folders or 'source' in folders and 'release' in folders:
            return 2 * x
    return x * 0
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
