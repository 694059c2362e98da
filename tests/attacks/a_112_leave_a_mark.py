# Leaves marks for the next submission in every place that can be written, and looks for them; each begins in a clean place: it loses E1.

CELLS = {
    "E1-code": """
import os, socket
def double(x):
    return x * 2 if found else x * 0
found = False
for place in ('/tmp', '/dev/shm', '/var/tmp', '/dev', '/run', '/judge', '/dev/mqueue'):
    try:
        found = found or os.path.exists(place + '/mark')
        open(place + '/mark', 'w').write('x')
        os.makedirs(place + '/marks', exist_ok=True)
    except OSError:
        pass
import torch, helpers
found = found or hasattr(torch, 'mark') or hasattr(helpers, 'mark')
torch.mark = helpers.mark = True
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
COPIES = 3
