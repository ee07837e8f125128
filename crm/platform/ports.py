"""TCP ports on the loopback address."""

import errno
import socket

from crm.platform.errors import PlatformError

HOST = "127.0.0.1"


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


def is_free(port: int) -> bool:
    """Whether a server could listen on ``port`` now; raises PlatformError if it never could."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
                return False
            raise PlatformError(
                f"Der Port {port} lässt sich nicht nutzen ({error}). Möglich sind 1024 bis 65535."
            ) from error
    return True
