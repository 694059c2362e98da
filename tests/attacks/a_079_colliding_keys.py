# Sends a dict whose whole-number keys all collide in a hash table, to keep the judge busy; it is ended in time.

from tests.attacks.course import FORGER

CELLS = {
    "E1-code": FORGER
    + """

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
