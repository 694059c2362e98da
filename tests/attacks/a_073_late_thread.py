# Answers from a thread after the call has been answered; the other cells are not disturbed for longer than a restart.

from tests.attacks.course import FORGER

CELLS = {
    "E1-code": FORGER
    + """

def double(x):
    here, late = number(), channel()
    def later():
        time.sleep(0.005)
        late.send(message(2.0, here + 1))
    threading.Thread(target=later, daemon=True).start()
    return x * 0
""",
}
EXPECT = {"E1-check": "lost", "E1-hidden": "lost", "D*": "any", "E2*": "any", "E3*": "any"}
