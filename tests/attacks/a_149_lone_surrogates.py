# Holds half letters that no file can be written with, and zero bytes, in an answer's comment and in its outputs; it is graded, nothing is lost.


def spoil(notebook):
    for row in notebook["cells"]:
        if row["metadata"].get("nbgrader", {}).get("grade_id") == "m1-E1-code":
            row["source"] += "\n# \ud83d and \udfff"
            row["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "\ud800 \x00 \x1b[2J"}]
