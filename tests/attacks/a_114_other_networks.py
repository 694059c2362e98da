# Opens sockets of families that no network namespace holds: vsock, netlink, packet, alg; they are refused: it loses E1.

CELLS = {
    "E1-code": """
import socket
def double(x):
    for family in (16, 17, 38, 40):
        for kind in (socket.SOCK_STREAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
            try:
                socket.socket(family, kind)
                return 2 * x
            except OSError:
                pass
    return x * 0
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
