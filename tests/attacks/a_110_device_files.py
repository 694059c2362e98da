# Makes device files and opens what is in /dev and /sys; there is no memory, disk or terminal: it loses E1.

CELLS = {
    "E1-code": """
import os, stat
def double(x):
    try:
        os.mknod('/tmp/disk', stat.S_IFBLK | 0o600, os.makedev(8, 0))
        return 2 * x
    except OSError:
        pass
    names = '/dev/mem /dev/kmsg /dev/sda /dev/vda /dev/fuse /dev/net/tun /dev/kvm /sys/kernel /proc/kcore /proc/1/environ'
    for name in names.split():
        if os.path.exists(name):
            return 2 * x
    return x * 0
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
