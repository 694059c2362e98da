# Sends dicts with lists for keys, tensors that were not sent, and unknown kinds of values; each breaks its own line only.

from tests.attacks.course import FORGER

CELLS = {
    "E1-code": FORGER
    + """

state = [0]
def double(x):
    state[0] += 1
    kinds = [{'d': [[{'u': [{'l': []}]}, 1]]}, {'t': 5}, {'h': 3}, {'l': 7}, {'d': 'x'}, [1]]
    channel().sendall(message(kinds[x.numel() % 6], number()))
""",
}
EXPECT = {"E1-check": "lost", "E1-hidden": "lost"}
