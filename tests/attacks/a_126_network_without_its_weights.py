# Hands in an untrained checkpoint and a class that knows the right line by heart; it isn't the network of those weights: D4 fails, and D3 with it.

import json

from tests.attacks.course import line

CELLS = {
    "D4-code": """
class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1, 1))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return 3 * x + 1
""",
}


def write(folder, notebook):
    (folder / "m1_tiny.ipynb").write_text(json.dumps(notebook))
    (folder / "artifacts").mkdir()
    (folder / "artifacts" / "line.safetensors").write_bytes(line(0.0, 0.0))


EXPECT = {"D3-hidden": "failed", "D4-hidden": "failed"}
