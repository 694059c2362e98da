# Calls objects of the judge by guessed handles and methods, and asks it for gradients of graphs that are not there; it gets errors and gains nothing.

CELLS = {
    "E1-code": """
import json, os, socket, stat, struct, threading, time
def channel():
    for number in range(3, 256):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                return socket.socket(fileno=os.dup(number))
        except OSError:
            pass
def message(value, number, blob=b'', **more):
    text = json.dumps({'op': 'reply', 'number': number, 'value': value, **more}).encode()
    return struct.pack('!II', len(text), len(blob)) + text + blob
def number():
    import gc
    from staff.judge.inside.peer import Peer
    frame = __import__('sys')._getframe()
    while frame:
        if 'message' in frame.f_locals and isinstance(frame.f_locals['message'], dict) and 'number' in frame.f_locals['message']:
            return frame.f_locals['message']['number']
        frame = frame.f_back

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
