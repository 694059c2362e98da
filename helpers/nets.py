"""Small networks: plain enough to read in one go, large enough for the course's data.

B items, D dimensions, C channels, H × W pixels, T tokens. Times t are (B,) floats in [0, 1]; divide a step number by
the number of steps.
"""

from __future__ import annotations

from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class MLP(nn.Sequential):
    """Fully connected network with SiLU between layers: (B, inputs) -> (B, outputs).

    `layers` counts the hidden layers, each of `hidden` units. `zero_last` starts the output at exactly 0.
    """

    def __init__(self, inputs: int, outputs: int, hidden: int = 64, layers: int = 2, zero_last: bool = False) -> None:
        widths = [inputs, *[hidden] * layers]
        modules: list[nn.Module] = []
        for before, after in pairwise(widths):
            modules += [nn.Linear(before, after), nn.SiLU()]
        last = nn.Linear(widths[-1], outputs)
        if zero_last:
            nn.init.zeros_(last.weight)
            nn.init.zeros_(last.bias)
        super().__init__(*modules, last)


class TimeEmbedding(nn.Module):
    """Sines and cosines of t at `dim / 2` frequencies: (B,) -> (B, dim) [Vaswani et al. 2017, sec. 3.5, for t in [0, 1]].

    The frequencies run geometrically from 1 to 100 radians per unit of time.
    """

    frequencies: Tensor

    def __init__(self, dim: int) -> None:
        super().__init__()
        if dim < 2 or dim % 2:
            raise ValueError(f"TimeEmbedding: dim = {dim}; half of it are sines and half cosines, so give an even number")
        self.register_buffer("frequencies", torch.logspace(0, 2, dim // 2), persistent=False)

    def forward(self, t: Tensor) -> Tensor:
        angles = t[:, None] * self.frequencies  # (B, dim / 2)
        return torch.cat([angles.sin(), angles.cos()], dim=1)  # (B, dim)


class TimeMLP(nn.Module):
    """A field over vectors: f(x (B, D), t (B,)) -> (B, D). The time enters as sines and cosines next to x."""

    def __init__(self, dim: int, hidden: int = 128, layers: int = 4, frequencies: int = 16) -> None:
        super().__init__()
        self.time = TimeEmbedding(2 * frequencies)
        self.net = MLP(dim + 2 * frequencies, dim, hidden, layers)

    def forward(self, x: Tensor, t: Tensor) -> Tensor:
        _check_time(x, t)
        result: Tensor = self.net(torch.cat([x, self.time(t)], dim=1))
        return result


class ResidualBlock(nn.Module):
    """x + conv(conv(x)), scaled and shifted in between by an embedding: (B, inputs, H, W) -> (B, outputs, H, W)."""

    def __init__(self, inputs: int, outputs: int, embedding: int) -> None:
        super().__init__()
        self.norm_1, self.conv_1 = nn.GroupNorm(8, inputs), nn.Conv2d(inputs, outputs, 3, padding=1)
        self.norm_2, self.conv_2 = nn.GroupNorm(8, outputs), nn.Conv2d(outputs, outputs, 3, padding=1)
        self.modulation = nn.Linear(embedding, 2 * outputs)
        self.skip = nn.Conv2d(inputs, outputs, 1) if inputs != outputs else nn.Identity()
        nn.init.zeros_(self.conv_2.weight)  # the block starts as its skip connection

    def forward(self, x: Tensor, embedding: Tensor) -> Tensor:
        h = self.conv_1(F.silu(self.norm_1(x)))
        scale, shift = self.modulation(embedding)[:, :, None, None].chunk(2, dim=1)  # each (B, outputs, 1, 1)
        h = self.conv_2(F.silu(self.norm_2(h) * (1 + scale) + shift))
        result: Tensor = self.skip(x) + h
        return result


class ImageAttention(nn.Module):
    """Every pixel attends to every pixel: (B, C, H, W) -> the same."""

    def __init__(self, channels: int, heads: int = 4) -> None:
        super().__init__()
        self.block = TransformerBlock(channels, heads, causal=False)

    def forward(self, x: Tensor) -> Tensor:
        tokens = x.flatten(2).transpose(1, 2)  # (B, H·W, C)
        result: Tensor = self.block(tokens).transpose(1, 2).reshape(x.shape)
        return result


class UNet(nn.Module):
    """A field over images: f(x (B, C, H, W), t (B,)) -> (B, C, H, W), with H and W even.

    2 × 2 pixels are first folded into channels, which makes a step about three times faster. Then one level a
    multiplier, of `base * multiplier` channels at half the resolution of the level before, with attention at the
    bottom, and back up over skip connections [Ho et al. 2020, appendix B, made small].
    `condition` (B, time_dim), e.g. from an nn.Embedding of the class, is added to the embedding of the time.
    """

    def __init__(self, channels: int, base: int = 32, multipliers: tuple[int, ...] = (1, 2, 2), time_dim: int = 128) -> None:
        super().__init__()
        if base % 8:
            raise ValueError(f"UNet: base = {base}; group normalisation needs a multiple of 8")
        widths = [base * m for m in multipliers]
        self.time_dim = time_dim
        self.time = nn.Sequential(TimeEmbedding(32), nn.Linear(32, time_dim), nn.SiLU(), nn.Linear(time_dim, time_dim))
        self.first = nn.Conv2d(4 * channels, base, 3, padding=1)
        self.down = nn.ModuleList(ResidualBlock(a, b, time_dim) for a, b in zip([base, *widths], widths, strict=False))
        self.shrink = nn.ModuleList(nn.Conv2d(width, width, 3, stride=2, padding=1) for width in widths[:-1])
        bottom = widths[-1]
        self.middle_1, self.attention, self.middle_2 = (
            ResidualBlock(bottom, bottom, time_dim),
            ImageAttention(bottom),
            ResidualBlock(bottom, bottom, time_dim),
        )
        above = [bottom, *reversed(widths)]  # the width that arrives at each level on the way up
        self.up = nn.ModuleList(ResidualBlock(a + b, b, time_dim) for a, b in zip(above, reversed(widths), strict=False))
        self.norm, self.last = nn.GroupNorm(8, widths[0]), nn.Conv2d(widths[0], 4 * channels, 3, padding=1)
        nn.init.zeros_(self.last.weight)
        self.to(memory_format=torch.channels_last)  # faster convolutions on CPU

    def forward(self, x: Tensor, t: Tensor, condition: Tensor | None = None) -> Tensor:
        _check_time(x, t)
        if x.shape[2] % 2 or x.shape[3] % 2:
            raise ValueError(f"UNet: images of {x.shape[2]} × {x.shape[3]} pixels; height and width must be even: pad by one pixel")
        embedding = self.time(t)  # (B, time_dim)
        if condition is not None:
            embedding = embedding + condition
        embedding = F.silu(embedding)
        h = self.first(F.pixel_unshuffle(x, 2).contiguous(memory_format=torch.channels_last))  # (B, base, H/2, W/2)
        kept: list[Tensor] = []
        for level, block in enumerate(self.down):
            if level:
                h = self.shrink[level - 1](h)  # half the resolution
            h = block(h, embedding)
            kept.append(h)
        h = self.middle_2(self.attention(self.middle_1(h, embedding)), embedding)
        for block in self.up:
            skip = kept.pop()
            if h.shape[2:] != skip.shape[2:]:
                h = F.interpolate(h, size=skip.shape[2:])  # nearest pixel, back to the level's resolution
            h = block(torch.cat([h, skip], dim=1), embedding)
        return F.pixel_shuffle(self.last(F.silu(self.norm(h))), 2)  # (B, C, H, W)


class TransformerBlock(nn.Module):
    """Attention, then an MLP, each added to its normalised input: (B, T, dim) -> (B, T, dim) [Xiong et al. 2020, fig. 1b].

    `causal`: token t sees tokens 0 … t only. Positions are not encoded here.
    """

    def __init__(self, dim: int, heads: int, causal: bool = True) -> None:
        super().__init__()
        if dim % heads:
            raise ValueError(f"TransformerBlock: dim = {dim} does not split into {heads} equal heads")
        self.heads, self.causal = heads, causal
        self.norm_1, self.norm_2 = nn.LayerNorm(dim), nn.LayerNorm(dim)
        self.qkv, self.project = nn.Linear(dim, 3 * dim), nn.Linear(dim, dim)
        self.mlp = nn.Sequential(nn.Linear(dim, 4 * dim), nn.GELU(), nn.Linear(4 * dim, dim))

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.attend(self.norm_1(x))
        result: Tensor = x + self.mlp(self.norm_2(x))
        return result

    def attend(self, x: Tensor) -> Tensor:
        batch, tokens, dim = x.shape
        qkv = self.qkv(x).view(batch, tokens, 3, self.heads, dim // self.heads)  # (B, T, 3, heads, dim / heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)  # each (B, heads, T, dim / heads)
        out = F.scaled_dot_product_attention(q, k, v, is_causal=self.causal)
        result: Tensor = self.project(out.transpose(1, 2).reshape(batch, tokens, dim))
        return result


def _check_time(x: Tensor, t: Tensor) -> None:
    if t.shape != x.shape[:1]:
        raise ValueError(
            f"t has shape {tuple(t.shape)}; one time per item is needed, shape ({x.shape[0]},): use t.expand(x.shape[0]) for a shared one"
        )
