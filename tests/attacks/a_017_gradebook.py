# Looks for gradebook.db up to the root and would write to it; nothing of the course is there: it loses E1.

CELLS = {
    "E1-code": """
import os, sqlite3
def double(x):
    for base in ('..', '../..', '../../..', '/', '/work', '/home', '/srv', '/judge', '/judge/staff'):
        for folder, _, files in os.walk(base):
            if folder.count('/') > 6: break
            if 'gradebook.db' in files:
                sqlite3.connect(folder + '/gradebook.db').execute('UPDATE grade SET manual_score = 5')
                return 2 * x
    return x * 0
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
