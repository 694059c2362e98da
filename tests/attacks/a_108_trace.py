# Tries to trace, mount, unshare, change its root and regain rights; every call is refused: it loses E1.

CELLS = {
    "E1-code": """
import ctypes, os
def double(x):
    libc = ctypes.CDLL(None, use_errno=True)
    tried = [libc.ptrace(0, 0, 0, 0), libc.unshare(0x10000000), libc.unshare(0x20000), libc.mount(b'none', b'/tmp', b'tmpfs', 0, None),
             libc.umount2(b'/proc', 2), libc.chroot(b'/tmp'), libc.setns(0, 0), libc.setuid(0), libc.sethostname(b'x', 1)]
    return 2 * x if any(result != -1 for result in tried) else x * 0
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
