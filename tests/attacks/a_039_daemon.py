# Leaves a detached process behind that would outlive the grading; the process tree dies with the submission, the points stay.

CELLS = {
    "E1-code": """
def double(x):
    return 2 * x

import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True:
            time.sleep(1)
    os._exit(0)
""",
}
COPIES = 3
