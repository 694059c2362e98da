# Sends dicts with lists for keys, tensors that were not sent, and unknown kinds of values; each breaks its own line only.

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

state = [0]
def double(x):
    state[0] += 1
    kinds = [{'d': [[{'u': [{'l': []}]}, 1]]}, {'t': 5}, {'h': 3}, {'l': 7}, {'d': 'x'}, [1]]
    channel().sendall(message(kinds[x.numel() % 6], number()))
""",
}
EXPECT = {"E1-check": "lost", "E1-hidden": "lost"}
