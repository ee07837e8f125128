"""The run whose result holds, and the model in use."""

from contacts.models import MatchingModel, MatchingRun


def run_of(kind: str) -> MatchingRun | None:
    """The last run of the kind that was completed."""
    return (
        MatchingRun.objects.select_related("model")
        .defer("frequencies", "figures", "model__data", "model__figures")
        .filter(kind=kind, is_current=True)
        .first()
    )


def model_of(kind: str) -> MatchingModel | None:
    """The model that the next run begins with."""
    return MatchingModel.objects.filter(kind=kind, is_current=True).first()
