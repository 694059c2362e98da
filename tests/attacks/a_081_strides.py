# Sends forged strides of two thousand millions; the tensor is laid out plainly: values alone count.

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

from safetensors.torch import save
def double(x):
    channel().sendall(message({'t': 0}, number(), save({'0': x * 0}), strides=[[2**31 - 1]], differentiable=[True], node=10**9))
""",
}
EXPECT = {"E1-check": "lost", "E1-hidden": "lost"}
