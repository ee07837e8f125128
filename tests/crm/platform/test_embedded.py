"""Leases: a server runs as long as somebody uses it, and never longer."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import redis

from crm.platform import embedded
from crm.platform.embedded import Lease
from crm.platform.redis import Redis
from crm.platform.servers import Server
from tests.crm.platform.conftest import another_user, processes_of, url_of, wait_until

Acquire = Callable[[Server], Lease]
SERVER = Redis()


def test_the_server_answers_and_keeps_its_data(folder: Path) -> None:
    first = embedded.acquire(server=SERVER, folder=folder, durable=True)
    with redis.Redis.from_url(first.url) as client:
        client.set("job", "waiting")
    assert first.release(wait=20)
    second = embedded.acquire(server=SERVER, folder=folder, durable=True)
    with redis.Redis.from_url(second.url) as client:
        assert client.get("job") == b"waiting"
    assert second.release(wait=20)


def test_nothing_is_left_when_the_last_lease_ends(folder: Path) -> None:
    lease = embedded.acquire(server=SERVER, folder=folder, durable=False)
    assert len(processes_of(folder)) == 2
    assert lease.release(wait=20)
    wait_until(lambda: processes_of(folder) == [], within=2)
    assert not (folder / "url").exists()


def test_processes_that_start_at_once_share_one_server(folder: Path) -> None:
    with ExitStack() as stack:
        users = [stack.enter_context(another_user(SERVER, folder)) for _ in range(3)]
        urls = {url_of(user) for user in users}
        keepers = [p for p in processes_of(folder) if "crm.platform.keeper" in p.cmdline()]
        assert (len(urls), len(keepers)) == (1, 1)
    wait_until(lambda: processes_of(folder) == [])


def test_a_killed_user_holds_nothing_up(folder: Path) -> None:
    with another_user(SERVER, folder) as user:
        assert url_of(user).startswith("redis://")
        user.kill()
        wait_until(lambda: processes_of(folder) == [])


def test_the_server_stays_for_those_who_still_use_it(acquire: Acquire, folder: Path) -> None:
    with another_user(SERVER, folder) as user:
        url = url_of(user)
        lease = acquire(SERVER)
        assert lease.url == url
        assert lease.release(wait=5) is False
        with redis.Redis.from_url(url) as client:
            assert client.ping()


def test_a_killed_server_is_noticed_and_started_anew(acquire: Acquire, folder: Path) -> None:
    first = acquire(SERVER)
    (server,) = [p for p in processes_of(folder) if p.name() == "redis-server"]
    server.kill()
    wait_until(lambda: not first.is_served())
    with redis.Redis.from_url(acquire(SERVER).url) as client:
        assert client.ping()
