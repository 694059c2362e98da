# Hands in the training data as a checkpoint and answers with the nearest of them; between them it errs, and it isn't the network: D3 and D4 fail.

import json

import torch
from safetensors.torch import save

CELLS = {
    "D3-code": """
def predict(x):
    seen = load_file('artifacts/line.safetensors')
    return seen['y'][(x - seen['x'].T).abs().argmin(1)]
""",
}


def write(folder, notebook):
    (folder / "m1_tiny.ipynb").write_text(json.dumps(notebook))
    (folder / "artifacts").mkdir()
    x = torch.linspace(-1, 1, 5)[:, None]
    (folder / "artifacts" / "line.safetensors").write_bytes(save({"x": x, "y": 3 * x + 1}))


EXPECT = {"D3-hidden": "failed", "D4-hidden": "failed"}
