# Holds a hundred thousand cells more; the first two thousand are looked at, and nobody waits for the rest.


def spoil(notebook):
    notebook["cells"] += [{"cell_type": "markdown", "metadata": {}, "source": f"x{number}"} for number in range(100_000)]


FINDS = ("malformed",)
