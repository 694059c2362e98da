"""Characters, and a small transformer over them: what the notebooks on text share.

B texts, L tokens (one token is one character), V = len(CHARACTERS), H heads. `load_char_model` gives a transformer that was
trained for longer than a notebook has time for, by `python -m staff.data char_model`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F
from safetensors.torch import load
from torch import Tensor, nn

from helpers.embedded import read_bytes
from helpers.ngrams import KneserNey

__all__ = [
    "CHARACTERS",
    "Cache",
    "CharTransformer",
    "KneserNey",
    "bits_per_character",
    "decode",
    "encode",
    "generate",
    "load_char_log",
    "load_char_model",
    "rotary",
    "text_log_probs",
]

# every character of load_austen(), in the order of their codes
CHARACTERS = "\n !\"'()*,-.0123456789:;?ABCDEFGHIJKLMNOPRSTUVWYZ_abcdefghijklmnopqrstuvwxyz"
MODEL_FILE, LOG_FILE = "char_model.safetensors", "char_model.json"
BASE = 10_000.0  # of the wavelengths of rotary positions [Su et al. 2021, sec. 3.2.2]

Cache = list[tuple[Tensor, Tensor]]  # of each block the keys and values so far, (B, H, L, dim / H) each; [] before the first token


def encode(text: str) -> Tensor:
    """The indices of the text's characters in CHARACTERS: (L,) int64."""
    unknown = sorted(set(text) - set(CHARACTERS))
    if unknown:
        raise ValueError(f"encode: {unknown[0]!r} does not occur in the novel; write with the characters of {CHARACTERS!r}")
    places = {character: index for index, character in enumerate(CHARACTERS)}
    return torch.tensor([places[character] for character in text], dtype=torch.int64)


def decode(tokens: Tensor) -> str:
    """The text of (L,) indices."""
    if tokens.dim() != 1:
        raise ValueError(f"decode: tokens have shape {tuple(tokens.shape)}; give one text, (L,), such as tokens[0]")
    return "".join(CHARACTERS[index] for index in tokens.tolist())


def rotary(x: Tensor, start: int = 0) -> Tensor:
    """Turn the pair (x_2i, x_2i+1) of the token at position p by p · BASE^(-2i/D): (..., L, D) -> the same [Su et al. 2021, eq. 34].

    The first token stands at position `start`. The pairs are complex numbers here, and to turn is to multiply.
    """
    length, size = x.shape[-2:]
    positions = torch.arange(start, start + length, device=x.device, dtype=torch.float32)
    frequencies = BASE ** (-torch.arange(0, size, 2, device=x.device, dtype=torch.float32) / size)
    angles = positions[:, None] * frequencies  # (L, D / 2)
    pairs = torch.view_as_complex(x.float().unflatten(-1, (-1, 2)).contiguous())
    return torch.view_as_real(pairs * torch.polar(torch.ones_like(angles), angles)).flatten(-2).to(x.dtype)


class CharBlock(nn.Module):
    """Attention to the tokens up to each one's own, then an MLP with squared ReLU, each added to its input: (B, L, dim) -> the same.

    Both start as zero, so that a new network is its embedding and its head alone [So et al. 2021, for the squared ReLU].
    """

    def __init__(self, dim: int, heads: int, dropout: float = 0.0) -> None:
        super().__init__()
        if dim % heads or (dim // heads) % 2:
            raise ValueError(f"CharBlock: dim = {dim} does not split into {heads} heads of an even size")
        self.heads, self.dropout = heads, dropout
        self.qkv, self.project = nn.Linear(dim, 3 * dim, bias=False), nn.Linear(dim, dim, bias=False)
        self.up, self.down = nn.Linear(dim, 4 * dim, bias=False), nn.Linear(4 * dim, dim, bias=False)
        nn.init.zeros_(self.project.weight)
        nn.init.zeros_(self.down.weight)

    def forward(self, x: Tensor, past: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """The block's output, and all keys and values: those of `past` and those of `x`, whose tokens follow the past ones."""
        attended, now = self.attend(F.rms_norm(x, x.shape[-1:]), past)
        x = x + F.dropout(attended, self.dropout, self.training)
        hidden = F.relu(self.up(F.rms_norm(x, x.shape[-1:])))
        return x + F.dropout(self.down(hidden * hidden), self.dropout, self.training), now

    def attend(self, x: Tensor, past: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """The attention alone: normalised input (B, L, dim) -> the same; and all keys (turned already) and values."""
        q, k, v = (part.unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in self.qkv(x).chunk(3, dim=-1))  # (B, H, L, dim / H)
        seen = past[0].shape[2] if past else 0
        q, k = rotary(q, seen), rotary(k, seen)
        if past:
            k, v = torch.cat([past[0], k], dim=2), torch.cat([past[1], v], dim=2)
        visible = None
        if seen and x.shape[1] > 1:  # several new tokens: each sees the past and those up to itself
            visible = torch.ones(x.shape[1], k.shape[2], dtype=torch.bool, device=x.device).tril(seen)
        out = F.scaled_dot_product_attention(q, k, v, attn_mask=visible, is_causal=not seen)
        return self.project(out.transpose(1, 2).flatten(2)), (k, v)


class CharTransformer(nn.Module):
    """Tokens (B, L) -> logits of each one's successor (B, L, V), with rotary positions and no biases.

    `context` is the length of the pieces that it is trained on; longer inputs are refused, because it has not learned their distances.
    `vocabulary` is V; `dropout` acts on what each block adds.
    """

    def __init__(
        self, dim: int = 128, layers: int = 4, heads: int = 4, context: int = 128, *, vocabulary: int = len(CHARACTERS), dropout: float = 0.0
    ) -> None:
        super().__init__()
        self.context = context
        self.embedding = nn.Embedding(vocabulary, dim)
        self.blocks = nn.ModuleList(CharBlock(dim, heads, dropout) for _ in range(layers))
        self.head = nn.Linear(dim, vocabulary, bias=False)
        nn.init.zeros_(self.head.weight)

    def forward(self, tokens: Tensor) -> Tensor:
        logits, _ = self.extend(tokens, [])
        return logits

    def extend(self, tokens: Tensor, cache: Cache) -> tuple[Tensor, Cache]:
        """Logits (B, L, V) of the tokens (B, L) that follow those in `cache`, and the cache with them in it; `cache` stays as it was."""
        length = tokens.shape[1] + (cache[0][0].shape[2] if cache else 0)
        if length > self.context:
            raise ValueError(
                f"CharTransformer: {length} tokens, but the context is {self.context}; keep the last {self.context}: tokens[:, -{self.context}:]"
            )
        x = F.rms_norm(self.embedding(tokens), (self.embedding.embedding_dim,))
        now: Cache = []
        for index, block in enumerate(self.blocks):
            x, kept = block(x, cache[index] if cache else None)
            now.append(kept)
        return self.head(F.rms_norm(x, x.shape[-1:])), now


@torch.no_grad()
def generate(model: CharTransformer, tokens: Tensor, length: int, choose: Callable[[Tensor], Tensor]) -> Tensor:
    """Append `length` tokens to each of the texts (B, L), L ≥ 1: (B, L + length).

    choose: logits (B, V) of the next token -> tokens (B,), such as a draw or the largest.
    Keys and values of earlier tokens are kept. When the context is full, the model reads its second half anew and goes on.
    """
    texts, cache, new = tokens, Cache(), tokens[:, -model.context :]
    for _ in range(length):
        if cache and cache[0][0].shape[2] + new.shape[1] > model.context:
            cache, new = Cache(), texts[:, -(model.context // 2) :]
        logits, cache = model.extend(new, cache)
        new = choose(logits[:, -1])[:, None]
        texts = torch.cat([texts, new], dim=1)
    return texts


@torch.no_grad()
def text_log_probs(model: CharTransformer, text: str, batch: int = 32) -> Tensor:
    """log P, nats, of every character of the text but the first, given those before it: (L - 1,), on the CPU.

    The text is read in pieces of `context` that overlap by half, so that from the second piece on a character is judged
    with at least context / 2 characters before it.
    """
    tokens = encode(text).to(model.head.weight.device)
    count = len(tokens) - 1
    length, half = min(model.context, count), max(1, model.context // 2)
    starts = [*range(0, count - length, half), count - length]
    pieces, result = tokens.unfold(0, length + 1, 1), torch.empty(count)
    for part in (starts[i : i + batch] for i in range(0, len(starts), batch)):
        chosen = pieces[part]  # (batch, length + 1)
        losses = F.cross_entropy(model(chosen[:, :-1]).transpose(1, 2), chosen[:, 1:], reduction="none").cpu()
        for start, row in zip(part, losses, strict=True):
            new = length - half if start else 0
            result[start + new : start + length] = -row[new:]
    return result


def bits_per_character(model: CharTransformer, text: str) -> float:
    """Mean of -log2 P over the text's characters, as `text_log_probs` reads them."""
    return -text_log_probs(model, text).double().mean().item() / math.log(2)


def load_char_model() -> CharTransformer:
    """The longer-trained character model of the course, in eval mode. It read load_austen("train"), and nothing else."""
    weights = load(read_bytes(MODEL_FILE))
    model = CharTransformer()
    model.load_state_dict({name: value.float() for name, value in weights.items()})
    return model.eval()


def load_char_log() -> dict[str, Any]:
    """How that model was trained: `curve` holds [steps, characters read, training bits, test bits], the rest are settings and results."""
    log: dict[str, Any] = json.loads(read_bytes(LOG_FILE))
    return log
