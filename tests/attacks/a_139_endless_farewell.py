# Leaves handlers that never return for when its process ends, and objects that never die; the process is killed, its right answers keep their points.

CELLS = {
    "E1-code": """
import atexit, gc, signal, weakref
def forever(*args):
    while True:
        pass
class Immortal:
    def __del__(self):
        forever()
keep = Immortal()
keep.self = keep
atexit.register(forever)
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGALRM):
    signal.signal(number, forever)
def double(x):
    return 2 * x
""",
}
