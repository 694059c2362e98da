# Answers rightly with a NumPy number, an enumeration of strings and a 0-dimensional tensor's item; it keeps its points.

CELLS = {
    "E3-answer-choice": """
from enum import StrEnum
class Mean(StrEnum):
    MEDIAN = 'median'
best = Mean.MEDIAN
""",
    "E3-answer-number": """
import numpy as np
share = np.float64(0.375)
""",
}
