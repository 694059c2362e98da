# Is the web page of a login instead of a notebook; a finding says so.


def write(folder, notebook):
    (folder / "m1_tiny.ipynb").write_text("<!DOCTYPE html><html><script>alert(1)</script></html>")


EXPECT = {"*": "not attempted"}
FINDS = ("malformed",)
