# Sends forged strides of two thousand millions; the tensor is laid out plainly: values alone count.

from tests.attacks.course import FORGER

CELLS = {
    "E1-code": FORGER
    + """

from safetensors.torch import save
def double(x):
    channel().sendall(message({'t': 0}, number(), save({'0': x * 0}), strides=[[2**31 - 1]], differentiable=[True], node=10**9))
""",
}
EXPECT = {"E1-check": "lost", "E1-hidden": "lost"}
