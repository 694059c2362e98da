# Runs su, sudo, mount and newuidmap to become somebody else; none gives rights: it loses E1.

CELLS = {
    "E1-code": """
import os, subprocess
def double(x):
    commands = ['su -c id', 'sudo -n id', 'mount -t tmpfs none /tmp', 'unshare -r id', f'newuidmap {os.getpid()} 0 0 1']
    for command in (line.split() for line in commands):
        try:
            if subprocess.run(command, capture_output=True, timeout=2, stdin=subprocess.DEVNULL).returncode == 0:
                return 2 * x
        except (OSError, subprocess.SubprocessError):
            pass
    return x * 0
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
