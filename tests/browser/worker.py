"""A real Celery worker for the test's database, on a Redis database of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

from crm.celery import app
from tests.redis_databases import Purpose, url_of

REPOSITORY = Path(__file__).parents[2]


@contextmanager
def at_work(*, files: str) -> Iterator[None]:
    """Celery works on the queues ``batch`` and ``interactive`` until the block ends.

    ``files`` is the folder of uploads; the live server must use the same.
    """
    redis_url = url_of(Purpose.BROKER, server=settings.REDIS_URL)
    with _broker(redis_url):
        worker = subprocess.Popen(
            [sys.executable, "-m", "tests.browser.worker", files],
            cwd=REPOSITORY,
            env={
                **os.environ,
                "DATABASE_URL": _on_path(
                    os.environ["DATABASE_URL"], f"/{connection.settings_dict['NAME']}"
                ),
                "REDIS_URL": redis_url,
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield
        finally:
            worker.terminate()
            worker.wait(timeout=30)


@contextmanager
def _broker(url: str) -> Iterator[None]:
    before = app.conf.broker_url
    _connect(url)
    with app.connection_for_write() as broker:
        app.control.purge(connection=broker)
    try:
        yield
    finally:
        _connect(before)


def _connect(url: str) -> None:
    """Let this process send its tasks to another broker."""
    app.conf.broker_url = url
    app._pool = None
    app.amqp._producer_pool = None


def _on_path(url: str, path: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=path))


if __name__ == "__main__":
    settings.MEDIA_ROOT = sys.argv[1]
    app.worker_main(
        ["worker", "-Q", "batch,interactive", "-P", "solo", "--loglevel=warning",
         "--without-gossip", "--without-mingle"]
    )  # fmt: skip
