# Hands in a pickle that runs code, named .safetensors; it is never unpickled: D3 is an error.

import json
import os
import pickle


class Bomb:
    def __reduce__(self):
        return os.system, ("touch /tmp/unpickled",)


def write(folder, notebook):
    (folder / "m1_tiny.ipynb").write_text(json.dumps(notebook))
    (folder / "artifacts").mkdir()
    (folder / "artifacts" / "line.safetensors").write_bytes(pickle.dumps(Bomb()))


EXPECT = {"D3-hidden": "error", "D4-hidden": "error"}
