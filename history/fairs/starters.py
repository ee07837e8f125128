"""Form and promises to begin with: what most stands ask. To be changed for each event."""

from typing import Any, Final

from django.utils.translation import gettext as _

from history.fairs.forms import Act, Asks, Chip, FollowUp, Form, Question
from history.models import BuyingRole

FOLLOW_UP: Final = {
    "A": FollowUp(24, Act.CALL),
    "B": FollowUp(48, Act.CALL),
    "C": FollowUp(168, Act.LETTER),
}
"""Hours by grade; see the lead-capture practice quoted in docs/handbuch/messe.md."""


def form() -> Form:
    """Volume, horizon, who decides, what is needed, who else is asked."""
    return Form(
        (
            Question(
                "volume",
                _("Volumen"),
                Asks.VOLUME,
                (
                    Chip("-50", _("bis 50 T€"), 0, 25_000),
                    Chip("50-150", _("50–150"), 0.5, 100_000),
                    Chip("150-300", _("150–300"), 1, 225_000),
                    Chip("300-", _("mehr"), 1, 300_000),
                ),
            ),
            Question(
                "horizon",
                _("Bis wann"),
                Asks.HORIZON,
                (
                    Chip("3", _("in 3 Monaten"), 1, 3),
                    Chip("6", _("in 6 Monaten"), 1, 6),
                    Chip("12", _("in einem Jahr"), 0.5, 12),
                    Chip("open", _("offen"), 0),
                ),
            ),
            Question(
                "authority",
                _("Entscheidet"),
                Asks.AUTHORITY,
                (
                    Chip("decider", _("selbst"), 1, BuyingRole.DECIDER),
                    Chip("technical", _("fachlich"), 1, BuyingRole.TECHNICAL),
                    Chip("buyer", _("kaufm."), 0.5, BuyingRole.BUYER),
                    Chip("influencer", _("wirkt mit"), 0.5, BuyingRole.INFLUENCER),
                ),
            ),
            Question(
                "need",
                _("Bedarf"),
                Asks.NEED,
                (
                    Chip("project", _("konkretes Vorhaben"), 1),
                    Chip("idea", _("erste Überlegung"), 0.5),
                    Chip("none", _("nur informiert"), 0),
                ),
            ),
            Question(
                "competitor",
                _("Wettbewerb"),
                Asks.COMPETITOR,
                (Chip("none", _("nur wir")), Chip("others", _("fragt auch andere"))),
            ),
        )
    )


def follow_up() -> dict[str, dict[str, Any]]:
    """As it is stored."""
    return {grade: {"hours": rule.hours, "act": rule.act} for grade, rule in FOLLOW_UP.items()}
