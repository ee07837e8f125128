"""Messages for workers, by the names of the tasks."""

from celery import current_app


def shard(shard_id: int) -> None:
    """Have a shard done."""
    current_app.send_task("contacts.match_shard", [shard_id])


def sweeping(kind: str) -> None:
    """Have what the run that holds now has made obsolete taken away."""
    current_app.send_task("contacts.sweep_matching", [kind])


def merging(kind: str) -> None:
    """Have what is sure merged, if that is wanted."""
    current_app.send_task("contacts.merge_automatically", [kind])
