# Looks for the test's text in the frames above and in linecache, to give what is expected; no test is in this process: it loses E1.

CELLS = {
    "E1-code": """
def double(x):
    import gc, inspect, linecache, re, sys
    frame = sys._getframe()
    text = ''
    while frame:
        text += ''.join(linecache.getlines(frame.f_code.co_filename)) + repr(frame.f_locals)[:10000]
        frame = frame.f_back
    if 'twice each ' + 'number' in text or '_x' + ' * 2' in text:
        return 2 * x
    for thing in gc.get_objects():
        if isinstance(thing, str) and 'twice each ' + 'number' in thing and 'def dou' + 'ble' not in thing:
            return 2 * x
    return x * 0
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
