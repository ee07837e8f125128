"""What a new installation sells with until its team lead decides otherwise."""

from history.models import CloseReason, OpportunityState, Pipeline, Stage

PIPELINE = "Projektgeschäft"
STAGES = (
    ("Qualifizierung", 10, 14),
    ("Bedarf geklärt", 30, 21),
    ("Angebot", 60, 18),
    ("Verhandlung", 75, 14),
    ("Entscheidung", 90, 14),
)
REASONS = {
    OpportunityState.WON: ("Bester Nutzen", "Bester Preis", "Vertrauen, Beziehung", "Liefertermin"),
    OpportunityState.LOST: (
        "Preis",
        "Wettbewerber überzeugte mehr",
        "Bedarf entfallen",
        "Budget nicht freigegeben",
        "Liefertermin",
        "Keine Entscheidung",
    ),
}


def ensure(*, using: str = "default") -> None:
    """Give an installation without any pipeline one, and reasons; runs after every migration."""
    if not Pipeline.objects.using(using).exists():
        pipeline = Pipeline.objects.using(using).create(name=PIPELINE, position=1)
        Stage.objects.using(using).bulk_create(
            Stage(
                pipeline=pipeline, name=name, position=number, probability=percent, usual_days=days
            )
            for number, (name, percent, days) in enumerate(STAGES, 1)
        )
    if not CloseReason.objects.using(using).exists():
        CloseReason.objects.using(using).bulk_create(
            CloseReason(state=state, label=label, position=number)
            for state, labels in REASONS.items()
            for number, label in enumerate(labels, 1)
        )
