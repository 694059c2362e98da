# Raises an exception whose text never ends, and one whose class has no name; the hidden test times out or is an error.

CELLS = {
    "E1-code": """
class Endless(Exception):
    def __str__(self):
        raise self
class Meta(type):
    @property
    def __name__(self): return object()
class Nameless(Exception, metaclass=Meta):
    pass
def double(x):
    raise Nameless if x.numel() == 3 else Endless
""",
}
EXPECT = {"E1-check": "lost", "E1-hidden": "lost"}
