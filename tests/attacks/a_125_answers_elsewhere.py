# Clears and replaces the notebook's global names from a thread, the names of the judge's own included; it costs this submission alone.

CELLS = {
    "E1-code": """
def double(x):
    return 2 * x

import threading, time
def clear():
    while True:
        time.sleep(0.001)
        globals().update(predict=None, Scale=None, best=object(), share=[], squared_error=1)
threading.Thread(target=clear, daemon=True).start()
""",
}
EXPECT = {"E2*": "lost", "D2*": "lost", "D3*": "lost", "E3-hidden*": "lost"}
