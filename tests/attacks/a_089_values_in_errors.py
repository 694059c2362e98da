# Puts what a hidden test passes in into the text of its exception; of a hidden test only its own words are shown.

CELLS = {
    "D1-code": """
def weighted_mean(x, w):
    if x.numel() == 3:
        raise ValueError(str(x.tolist()) + str(w.tolist()))
    return (w * x).sum() / w.sum()
""",
}
EXPECT = {"D1-hidden": "error"}
SILENT = ("6.0", "[1.0", "0.5")
