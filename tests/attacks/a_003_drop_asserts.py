# Adds a syntax-tree transformer that drops every assert; tests run elsewhere: it loses E1.

CELLS = {
    "E1-code": """
def double(x):
    return x * 0 + 1

import ast
class Drop(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()
get_ipython().ast_transformers.append(Drop())
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
