# Right, but sets the default dtype to float64, gradients off, 64 threads and a seed; it keeps all points, in every task.

CELLS = {
    "E1-code": """
def double(x):
    return 2 * x
torch.set_default_dtype(torch.float64)
torch.set_grad_enabled(False)
torch.set_num_threads(64)
torch.manual_seed(1)
torch.manual_seed = torch.randn = None
""",
}
EXPECT = {"D4-hidden": "error"}  # its own network is in another precision than the numbers that it gets
