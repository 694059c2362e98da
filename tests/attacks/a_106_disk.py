# Fills the disk, in large files and in many small ones; there is a limit, and the answer, which is right, keeps its points.

CELLS = {
    "E1-code": """
import os
def double(x):
    for folder in ('/tmp', '/dev/shm'):
        for k in range(10_000):
            try:
                with open(f'{folder}/{k}', 'wb') as file:
                    file.write(b'x' * (2**23 if k < 64 else 1))
            except OSError:
                break
        else:
            return x * 0
    return 2 * x
""",
}
