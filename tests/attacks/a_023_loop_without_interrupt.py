# Loops for ever and swallows every exception and signal; it is killed: `timeout`.

CELLS = {
    "E1-code": """
import signal
for number in range(1, 32):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
def double(x):
    while x.numel() == 3:
        try:
            while True:
                pass
        except BaseException:
            continue
    return 2 * x
""",
}
EXPECT = {"E1-hidden": "timeout"}
