# Starts threads without end; it is ended or fails, the other tasks are graded.

CELLS = {
    "E1-code": """
import threading, time
def double(x):
    threads = []
    while x.numel() == 3:
        threads.append(threading.Thread(target=time.sleep, args=(60,), daemon=True))
        threads[-1].start()
    return 2 * x
""",
}
EXPECT = {"E1-hidden": "lost"}
