"""The run whose result holds, and the model in use."""

from django.db.models import QuerySet

from contacts.models import MatchingModel, MatchingRun
from crm.kernel.prepared import prepared


def run_of(kind: str) -> MatchingRun | None:
    """The last run of the kind that was completed."""
    return next(iter(_runs(kind=kind)), None)


@prepared
def _runs(*, kind: str) -> QuerySet[MatchingRun]:
    runs = MatchingRun.objects.filter(kind=kind, is_current=True).select_related("model")
    return runs.defer("frequencies", "figures", "model__data", "model__figures").order_by("pk")[:1]


def model_of(kind: str) -> MatchingModel | None:
    """The model that the next run begins with."""
    return MatchingModel.objects.filter(kind=kind, is_current=True).first()
