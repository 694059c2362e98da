# Replaces json, safetensors, socket and the judge's own inner modules in its process; it hurts itself and gains nothing.

CELLS = {
    "E1-code": """
def double(x):
    return x * 0 + 1

import json, socket
import safetensors.torch
from staff.judge.inside import child, peer, wire
wire.with_stride = peer.with_stride = lambda tensor, stride: tensor
wire.CannotCross = peer.CannotCross = ValueError
wire.Packer.pack = lambda self, value, depth=0: True
peer.Packer = wire.Packer
safetensors.torch.save = wire.save_tensors = lambda tensors: b'forged'
""",
}
EXPECT = {"E1-check": "lost", "E1-hidden": "lost"}
