# Asks for the network, a home, other users' processes and the team's environment; there is nothing: it loses E1.

CELLS = {
    "E1-code": """
import os, socket
def double(x):
    places = [(socket.AF_INET, ('1.1.1.1', 53)), (socket.AF_INET, ('127.0.0.1', 22)), (socket.AF_UNIX, '/var/run/docker.sock')]
    for family, address in places:
        try:
            socket.socket(family).connect(address)
            return 2 * x
        except OSError:
            pass
    try:
        socket.getaddrinfo('example.org', 80)
        return 2 * x
    except OSError:
        pass
    if any(os.path.isdir(place) and os.listdir(place) for place in ('/home', '/var', '/srv', '/mnt', '/proc', '/sys', '/run')):
        return 2 * x
    if set(os.listdir('/root') if os.path.isdir('/root') else []) - {'.pyenv', '.local', 'miniconda3'}:
        return 2 * x
    if os.getuid() == 0 or os.environ['HOME'] != '/tmp' or len(os.environ) > 8:
        return 2 * x
    return x * 0
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
