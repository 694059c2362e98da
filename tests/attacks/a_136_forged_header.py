# Hands in a checkpoint whose header promises a tensor of a million million numbers over a few bytes; it is refused: D3 and D4 are errors.

import json
import struct


def write(folder, notebook):
    (folder / "m1_tiny.ipynb").write_text(json.dumps(notebook))
    (folder / "artifacts").mkdir()
    header = json.dumps({name: {"dtype": "F32", "shape": [10**6, 10**6], "data_offsets": [0, 4 * 10**12]} for name in ("weight", "bias")}).encode()
    (folder / "artifacts" / "line.safetensors").write_bytes(struct.pack("<Q", len(header)) + header + bytes(64))


EXPECT = {"D3-hidden": "error", "D4-hidden": "error"}
