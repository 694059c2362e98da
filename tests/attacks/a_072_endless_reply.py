# Announces a reply of 200 MB and sends it byte by byte; it times out.

from tests.attacks.course import FORGER

CELLS = {
    "E1-code": FORGER
    + """

def double(x):
    if x.numel() == 3:
        pipe = channel()
        pipe.send(struct.pack('!II', 1000, 200 * 2**20))
        while True:
            pipe.send(b'{')
            time.sleep(0.01)
    return 2 * x
""",
}
EXPECT = {"E1-hidden": "timeout"}
