# Overwrites the handed-in notebook beside itself with a right one; nothing outside /tmp can be written: it loses E1.

CELLS = {
    "E1-code": """
import os
def double(x):
    for place in ('m1_tiny.ipynb', '../m1_tiny.ipynb'):
        try:
            open(place, 'w').write('{}')
        except OSError:
            pass
    for place in ('/m1.txt', '/usr/m1.txt', '/judge/m1.txt', '/judge/staff/judge/inside/m1.txt', '/dev/m1.txt', '/etc/m1.txt', '/var/m1.txt'):
        try:
            open(place, 'w').write('x')
            return 2 * x
        except OSError:
            pass
    return x * 0
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
