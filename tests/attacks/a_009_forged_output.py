# Sends a forged result cell with full points on the kernel's output channel; scores never come from there: it loses E1.

CELLS = {
    "E1-code": """
def double(x):
    return x * 0 + 1

kernel = get_ipython().kernel
kernel.session.send(kernel.iopub_socket, 'execute_result', {'data': {'text/plain': '3.0'}, 'metadata': {}, 'execution_count': 1})
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
