"""The course that is attacked: the tiny one, with a class, a network that is handed in, answers in one line and a checkpoint."""

from __future__ import annotations

import torch
from nbformat import NotebookNode
from safetensors.torch import save

from staff.master import Master
from staff.notebook import BEGIN_SOLUTION, END_SOLUTION, regions, without_regions
from tests.staff.tiny import COURSE, cell, tiny_notebook

TASKS = """\
      E2: {title: Scaling, kind: core, points: {check: 1, hidden: 2}, minutes: 10, outcomes: [theory]}
      E3: {title: Questions, kind: core, points: {hidden-choice: 1, hidden-number: 1, check-flag: 1}, minutes: 5, outcomes: [theory]}
      D2: {title: Squared error, kind: core, points: {check: 1, hidden: 3, hidden-calls: 1}, minutes: 20, outcomes: [theory]}
      D3: {title: A trained line, kind: core, points: {hidden: 2}, minutes: 20, outcomes: [theory]}
      D4: {title: A network of the trained line, kind: core, points: {hidden: 2}, minutes: 20, outcomes: [theory]}
      AB1: {title: An open problem, kind: extra, points: {code: 6}, minutes: 60, outcomes: [theory]}
lectures: []
"""
HERE = "@@"  # stands where an answer goes
ATTACKED = COURSE.replace("lectures: []\n", TASKS)
IMPORTS = """\
import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from helpers import stubs
from helpers.checkpoints import trained_weights"""

SCALE = '''\
class Scale(nn.Module):
    """x (B, D) times a parameter `factor` (D,), which begins at one."""
    ### BEGIN SOLUTION
    def __init__(self, width):
        super().__init__()
        self.factor = nn.Parameter(torch.ones(width))

    def forward(self, x):
        return x * self.factor
    ### END SOLUTION'''
SCALE_CHECK = """\
# E2 check: it begins as the identity.
_scale = Scale(2)
_out = _scale(torch.tensor([[1.0, 2.0]]))
assert torch.equal(_out, torch.tensor([[1.0, 2.0]])), f"Scale(2) should change nothing yet, got {_out}" """.rstrip()
SCALE_HIDDEN = """\
# E2 hidden tests: with other factors, and the gradient.
### BEGIN HIDDEN TESTS
_scale = Scale(3)
_scale.load_state_dict({"factor": torch.tensor([2.0, -1.0, 0.5])})
_x = torch.tensor([[1.0, 2.0, 4.0], [0.5, 0.25, 8.0]], requires_grad=True)
_out = _scale(_x)
assert torch.equal(_out, _x.detach() * torch.tensor([2.0, -1.0, 0.5])), "the factors that were loaded"
_grad, = torch.autograd.grad(_out.sum(), [_x])
assert torch.equal(_grad, torch.tensor([[2.0, -1.0, 0.5], [2.0, -1.0, 0.5]])), "the gradient is the factor"
assert torch.equal(_scale.state_dict()["factor"], torch.tensor([2.0, -1.0, 0.5])), "the parameter's name"
### END HIDDEN TESTS"""

ERROR = '''\
def squared_error(net, x, y):
    """|net(x) - y|² for each item; x, y (B, D); net maps (B, D) to the same. No gradient reaches y."""
    ### BEGIN SOLUTION
    return (net(x) - y.detach()).square().sum(1)
    ### END SOLUTION'''
ERROR_CHECK = """\
# D2 check: a network that is zero.
_loss = squared_error(stubs.Constant(torch.zeros(2)), torch.ones(1, 2), torch.tensor([[3.0, 4.0]]))
assert torch.allclose(_loss, torch.tensor([25.0])), f"3² + 4² = 25, got {_loss}" """.rstrip()
ERROR_HIDDEN = """\
# D2 hidden tests: values, gradients, arguments.
### BEGIN HIDDEN TESTS
_net = stubs.Affine(torch.tensor([[1.0, -2.0], [0.5, 3.0]], dtype=torch.float64), torch.tensor([0.25, -1.5], dtype=torch.float64))
_x = torch.tensor([[1.0, 2.0], [-0.75, 4.0], [2.5, -1.0]], dtype=torch.float64)
_y = torch.tensor([[0.125, 2.0], [3.0, -1.0], [7.0, 0.5]], dtype=torch.float64)
_diff = (_net(_x) - _y).detach()
assert torch.allclose(stubs.unchanged(squared_error, _net, _x.clone(), _y.clone()), _diff.square().sum(1), atol=1e-8), "values and arguments"
_a, _b = _x.clone().requires_grad_(), _y.clone().requires_grad_()
_grads = torch.autograd.grad(squared_error(_net, _a, _b).sum(), [_a, _b, *_net.parameters()], allow_unused=True)
assert torch.allclose(_grads[0], 2 * _diff @ _net.weight.detach(), atol=1e-8), "the gradient of x"
assert _grads[1] is None or not _grads[1].any(), "no gradient reaches y"
assert torch.allclose(_grads[2], 2 * _diff.T @ _x, atol=1e-8), "the gradient of the network's weight"
assert torch.allclose(_grads[3], 2 * _diff.sum(0), atol=1e-8), "the gradient of the network's bias"
### END HIDDEN TESTS"""
CALLS_HIDDEN = """\
# D2 hidden tests: the network is called once, with x.
### BEGIN HIDDEN TESTS
_seen = stubs.recording(stubs.Affine(torch.eye(2), torch.zeros(2)))
_x = torch.tensor([[0.5, 2.0]])
_loss = squared_error(_seen, _x.clone(), torch.zeros(1, 2))
assert torch.allclose(_loss, torch.tensor([4.25])), "the value with this network"
assert len(_seen.calls) == 1, "one call of the network"
assert torch.equal(_seen.calls[0][0], _x), "the network is called with x"
### END HIDDEN TESTS"""

LINE = '''\
def predict(x):
    """The trained line at x (B, 1), from artifacts/line.safetensors."""
    ### BEGIN SOLUTION
    line = load_file("artifacts/line.safetensors")
    return x @ line["weight"].T + line["bias"]
    ### END SOLUTION'''
LINE_HIDDEN = """\
# D3 hidden tests: the error on new data.
### BEGIN HIDDEN TESTS
_x = torch.linspace(-1, 1, 11)[:, None]
_y = predict(_x)
assert _y.shape == (11, 1) and bool(torch.isfinite(_y).all()), "finite numbers, one per item"
assert (_y - 3 * _x - 1).square().mean() < 0.01, "the error on new data"
### END HIDDEN TESTS"""

NETWORK = '''\
class Line(nn.Module):
    """x (B, 1) -> (B, 1), with parameters `weight` (1, 1) and `bias` (1,)."""
    ### BEGIN SOLUTION
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1, 1))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return x @ self.weight.T + self.bias
    ### END SOLUTION'''
NETWORK_HIDDEN = """\
# D4 hidden tests: the handed-in weights in the answer's class, on new data.
### BEGIN HIDDEN TESTS
_weights = trained_weights("line")
assert [list(_weights[key].shape) for key in sorted(_weights)] == [[1], [1, 1]], "the checkpoint holds weight and bias"
_line = Line()
_line.load_state_dict(_weights)
_x = torch.linspace(-2, 2, 9)[:, None]
assert torch.allclose(_line(_x), _x @ _weights["weight"].T + _weights["bias"], atol=1e-5), "the network computes the line of its weights"
assert (_line(_x) - 3 * _x - 1).square().mean() < 0.01, "the error on new data"
### END HIDDEN TESTS"""


def attacked_notebook() -> NotebookNode:
    """The source notebook."""
    notebook = tiny_notebook()
    imports = next(known for known in notebook.cells if known.id == "imports")
    imports.source = IMPORTS
    solution = "### BEGIN SOLUTION\n{}\n### END SOLUTION"
    hidden = "# E3 hidden test.\n### BEGIN HIDDEN TESTS\nassert {}, '{}'\n### END HIDDEN TESTS"
    cells = [
        cell(SCALE, "E", grade_id="m1-E2-code"),
        cell(SCALE_CHECK, "E", grade_id="m1-E2-check", points=1),
        cell(SCALE_HIDDEN, "E", grade_id="m1-E2-hidden", points=2),
        cell(solution.format('best = "median"'), "E", grade_id="m1-E3-answer-choice"),
        cell(hidden.format('best == "median"', "which mean is robust"), "E", grade_id="m1-E3-hidden-choice", points=1),
        cell(solution.format("share = 0.375"), "E", grade_id="m1-E3-answer-number"),
        cell(hidden.format("abs(float(share) - 0.375) < 1e-6", "the share"), "E", grade_id="m1-E3-hidden-number", points=1),
        cell(solution.format("is_linear = True"), "E", grade_id="m1-E3-answer-flag"),
        cell('# E3 check.\nassert is_linear is True, f"is_linear is {is_linear!r}"', "E", grade_id="m1-E3-check-flag", points=1),
        cell(ERROR, "D", grade_id="m1-D2-code"),
        cell(ERROR_CHECK, "D", grade_id="m1-D2-check", points=1),
        cell(ERROR_HIDDEN, "D", grade_id="m1-D2-hidden", points=3),
        cell(CALLS_HIDDEN, "D", grade_id="m1-D2-hidden-calls", points=1),
        cell("shift = 1.0  # what takes long", "D", "train", slug="m1-D3-train"),
        cell(LINE, "D", grade_id="m1-D3-code"),
        cell(LINE_HIDDEN, "D", grade_id="m1-D3-hidden", points=2),
        cell(NETWORK, "D", grade_id="m1-D4-code"),
        cell(NETWORK_HIDDEN, "D", grade_id="m1-D4-hidden", points=2),
        cell(solution.format("finding = 42"), "A+B", grade_id="m1-AB1-code", points=6),
    ]
    notebook.cells = [*notebook.cells[:-2], *cells, *notebook.cells[-2:]]
    return notebook


def honest(master: Master) -> NotebookNode:
    """What an honest student hands in: the release, with the right answers put in."""
    notebook = master.notebook.copy()
    notebook.cells = []
    for row, known in zip(master.notebook.cells, master.cells, strict=True):
        handed = row.copy()
        handed.source = known.released
        if known.solution:
            handed.source = without_regions(known.source, BEGIN_SOLUTION, END_SOLUTION, HERE)
            for inside in regions(known.source, BEGIN_SOLUTION, END_SOLUTION):
                handed.source = handed.source.replace(HERE, inside.strip(), 1)
        notebook.cells.append(handed)
    return notebook


def line(weight: float = 3.0, bias: float = 1.0) -> bytes:
    """The checkpoint of a trained line."""
    return save({"weight": torch.tensor([[weight]]), "bias": torch.tensor([bias])})


FORGER = """
import json, os, socket, stat, struct, threading, time
def channel():
    for number in range(3, 256):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                return socket.socket(fileno=os.dup(number))
        except OSError:
            pass
def message(value, number, blob=b'', **more):
    text = json.dumps({'op': 'reply', 'number': number, 'value': value, **more}).encode()
    return struct.pack('!II', len(text), len(blob)) + text + blob
def number():
    import gc
    from staff.judge.inside.peer import Peer
    frame = __import__('sys')._getframe()
    while frame:
        if 'message' in frame.f_locals and isinstance(frame.f_locals['message'], dict) and 'number' in frame.f_locals['message']:
            return frame.f_locals['message']['number']
        frame = frame.f_back
"""  # how the attackers on the line find it, and forge a message
