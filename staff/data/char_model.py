"""char_model.safetensors: the character transformer of helpers.language, trained on the first 90 % of the novel, and its log.

The recipe was fixed beforehand: no weights are chosen by the test text, which only the curve in the log looks at.
About six minutes on one core whose processor multiplies bfloat16 in hardware.
"""

from __future__ import annotations

import json
import math
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import save
from torch import Tensor
from torch.nn.attention import SDPBackend, sdpa_kernel
from tqdm import tqdm

from helpers.datasets import load_austen
from helpers.language import LOG_FILE, MODEL_FILE, CharTransformer, bits_per_character, encode
from helpers.run import Run, Settings
from staff.data.files import write_bytes
from staff.notebook import write_text

STEPS, BATCH, SEED = 1_700, 16, 0  # five readings and a half: so few that dropout would only slow it down
RATE, MATRIX_RATE, DECAY = 3e-3, 0.02, 0.01
STRIDE = 8  # of the pieces' beginnings: fewer would be the same pieces again and again
EVERY, LOOK = 100, 16_384  # steps between two points of the curve; characters of the test text that it looks at


def train(text: str, test: str, steps: int = STEPS, every: int = EVERY) -> tuple[CharTransformer, list[list[float]]]:
    """The network, and its curve: [steps, characters read, bits a character in training since the point before, on the test text]."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(SEED)
        model = CharTransformer()
    settings = Settings("char_model", steps, BATCH, RATE, DECAY, None, 1.0, SEED, "muon", MATRIX_RATE)
    run = Run(model, lambda pieces: loss(model, pieces), encode(text).unfold(0, model.context + 1, STRIDE), None, settings)
    curve, seen = [], []
    for step in tqdm(range(1, steps + 1), desc="character model", mininterval=10):
        model.train()
        seen.append(run.advance() / math.log(2))
        if step % every == 0 or step == steps:
            bits = bits_per_character(model.eval(), test[:LOOK])
            curve.append([step, step * BATCH * model.context, round(sum(seen) / len(seen), 4), round(bits, 4)])
            print(curve[-1], flush=True)
            seen = []
    return model.eval(), curve


def loss(model: CharTransformer, pieces: Tensor) -> Tensor:
    """Mean of -log P, nats, of each next character of (B, L + 1) tokens."""
    with torch.autocast("cpu", dtype=torch.bfloat16), sdpa_kernel(SDPBackend.MATH):  # the fused kernel's bfloat16 is slow on CPUs
        logits = model(pieces[:, :-1])
    return F.cross_entropy(logits.float().flatten(0, 1), pieces[:, 1:].flatten())


def build(folder: Path) -> Path:
    threads, began = torch.get_num_threads(), time.process_time()
    torch.set_num_threads(1)  # sums are added in another order with another number of threads
    try:
        model, curve = train(load_austen("train"), load_austen("test"))
        seconds = time.process_time() - began
        half = {name: value.half().contiguous() for name, value in model.state_dict().items()}
        model.load_state_dict({name: value.float() for name, value in half.items()})  # what is embedded is what is measured
        bits = bits_per_character(model, load_austen("test"))
    finally:
        torch.set_num_threads(threads)
    about: dict[str, object] = {"test_bits": round(bits, 4), "cpu_seconds": round(seconds), "steps": STEPS, "batch": BATCH, "rate": RATE}
    about |= {"matrix_rate": MATRIX_RATE, "weight_decay": DECAY, "seed": SEED, "torch": str(torch.__version__)}
    rows = ",\n  ".join(json.dumps(point) for point in curve)
    write_text(folder / LOG_FILE, json.dumps(about)[:-1] + f',\n "curve": [\n  {rows}\n ]}}\n')
    print(f"character model: {bits:.4f} bits a character on the test text")
    return write_bytes(folder / MODEL_FILE, save(half))
