"""digits.npz: the 1,797 handwritten digits with 8 x 8 pixels and 17 levels that scikit-learn carries, in its order."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

from staff.data.files import write_arrays

FILE = "digits.npz"


def build(folder: Path) -> Path:
    digits = load_digits()
    return write_arrays(folder / FILE, images=digits.images.astype(np.uint8), labels=digits.target.astype(np.uint8))
