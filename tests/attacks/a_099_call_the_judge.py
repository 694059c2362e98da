# Calls objects of the judge by guessed handles and methods, and asks it for gradients of graphs that are not there; it gets errors and gains nothing.

from tests.attacks.course import FORGER

CELLS = {
    "E1-code": FORGER
    + """

def double(x):
    from staff.judge.inside.peer import Peer
    import gc
    peer = next(thing for thing in gc.get_objects() if isinstance(thing, Peer))
    for handle in ('#0', '#1', '!session', 'torch', '__class__', 'os', ''):
        for method in ('', '__class__', '__init__', 'system', '__globals__', 'calls'):
            try:
                value = peer.call(handle, method, ('touch /tmp/x',), {})
                return 2 * x
            except Exception:
                pass
    return x * 0
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
