# Is a text that is no notebook; a finding says so.


def write(folder, notebook):
    (folder / "m1_tiny.ipynb").write_text("def double(x): return 2 * x")


EXPECT = {"*": "not attempted"}
FINDS = ("malformed",)
