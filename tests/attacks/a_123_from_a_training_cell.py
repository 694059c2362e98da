# Right, but its function uses a number of a training cell, which is not run at first; the whole notebook is run then, the points stay.

CELLS = {
    "D1-code": """
def weighted_mean(x, w):
    return shift * (w * x).sum() / w.sum()
""",
}
