# Hands in a checkpoint of another model, of other shapes; D3 is an error.

import json

import torch
from safetensors.torch import save


def write(folder, notebook):
    (folder / "m1_tiny.ipynb").write_text(json.dumps(notebook))
    (folder / "artifacts").mkdir()
    (folder / "artifacts" / "line.safetensors").write_bytes(save({"weight": torch.ones(5, 7), "bias": torch.ones(3)}))


EXPECT = {"D3-hidden": "error", "D4-hidden": "failed"}
