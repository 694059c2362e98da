# Sends eight megabytes of JSON that grow to hundreds in memory; the judge takes it or refuses it, and goes on.

from tests.attacks.course import FORGER

CELLS = {
    "E1-code": FORGER
    + """

def double(x):
    if x.numel() != 3:
        return 2 * x
    text = ('{"op": "reply", "number": %d, "value": {"l": [' % number()).encode()
    text += b'{"l":[]},' * 900_000 + b'0]}}'
    channel().sendall(struct.pack('!II', len(text), 0) + text)
    return 2 * x
""",
}
EXPECT = {"E1-hidden": "lost"}
