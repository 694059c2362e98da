# Right, but shows a progress bar on the error stream; it keeps all its points.

CELLS = {
    "E1-code": """
from tqdm.auto import tqdm
def double(x):
    for _ in tqdm(range(3)):
        pass
    return 2 * x
""",
}
