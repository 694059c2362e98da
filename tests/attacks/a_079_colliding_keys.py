# Sends a dict whose whole-number keys all collide in a hash table, to keep the judge busy; it is ended in time.

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
    if x.numel() != 3:
        return 2 * x
    keys = ','.join('[%d,0]' % (k * (2**61 - 1)) for k in range(1, 100_000))
    text = ('{"op": "reply", "number": %d, "value": {"d": [%s]}}' % (number(), keys)).encode()
    channel().sendall(struct.pack('!II', len(text), 0) + text)
    return 2 * x
""",
}
EXPECT = {"E1-hidden": ("timeout", "error", "failed")}
