"""``/gesund/`` says that the process answers; ``/bereit/`` that its servers answer too."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from redis.exceptions import RedisError


@never_cache
@login_not_required
def alive(request: HttpRequest) -> JsonResponse:
    """Liveness: 200 as long as the process can answer at all."""
    return JsonResponse({"status": "ok"})


@never_cache
@login_not_required
def ready(request: HttpRequest) -> JsonResponse:
    """Readiness: 200 if database and Redis answer, else 503 and which does not."""
    checks = {"database": _answers(_ask_database), "redis": _answers(_ask_redis)}
    good = all(checks.values())
    words = {name: "ok" if passed else "unreachable" for name, passed in checks.items()}
    return JsonResponse(
        {"status": "ok" if good else "unavailable", **words}, status=200 if good else 503
    )


def _answers(ask: Callable[[], None]) -> bool:
    try:
        ask()
    except (DatabaseError, RedisError, OSError):
        return False
    return True


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_redis() -> None:
    cache.get("ready")
