# Forges the reply to its cell, then never reads again while the judge sends a cell of four megabytes; the judge's sending has a deadline too.

CELLS = {
    "E1-code": """
def double(x):
    return 2 * x
""",
}
ADDED = {
    "m1-D1-check": """
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

channel().send(message(None, number()))
time.sleep(1e6)
""",
    "m1-D1-hidden": """
text = '@@'
""",
}


def spoil(notebook):
    for cell in notebook["cells"]:
        cell["source"] = cell["source"].replace("@@", "x" * 4_000_000)


EXPECT = {"D*": "any", "E2*": "any", "E3*": "any"}
