"""The family doi: a request as it lies in the database, and what a press makes of it."""

from datetime import datetime, timedelta
from typing import Any

from consent import consents, optin
from consent.checking.outcomes import Outcome
from consent.checking.world import World, evidence
from consent.decision import opting_in
from consent.decision.opting_in import State
from consent.decision.vectors import Vector, instant
from consent.models import (
    ConfirmationKind,
    ConsentText,
    EventKind,
    LedgerEvent,
    OptInConfirmation,
    OptInRequest,
)
from consent.optin import confirming, purging, secrets

TOKEN, CODE = "vector", "135790"
KIND_OF_CHANNEL = {"email": "email", "sms": "mobile", "phone": "phone"}


def ask(vector: Vector) -> Outcome:
    """One press or visit through the real double opt-in."""
    given = vector.facts
    action = given.get("action", "")
    how = given.get("confirm_kind") or ("sms_code" if action == "code" else "email_link")
    asked = _Asked(vector, how)
    state, is_new = asked.act(action, vector.at)
    if action == "" and vector.at >= opting_in.purge_on(asked.requested_at, kept=asked.kept):
        purging.purge(at=vector.at)
    states = opting_in.by_channel(how, given.get("channels", ()))
    if state == State.GRANTED and set(states.values()) > {State.GRANTED}:
        state = State.PARTIAL
    confirmed = LedgerEvent.objects.filter(kind=EventKind.CONFIRMED).first()
    purge_on = opting_in.purge_on(asked.requested_at, kept=asked.kept)
    return Outcome(
        str(state),
        found={
            "effective_at": confirmed and f"{confirmed.effective_at:%Y-%m-%dT%H:%M:%SZ}",
            "new_event": is_new,
            "text_version": given.get("text_at_request") if asked.keeps_text() else None,
            "purge_on": f"{purge_on:%Y-%m-%d}",
            **{channel: str(each) for channel, each in states.items()},
        },
    )


class _Asked:
    """The pending consent of a vector and its confirmation."""

    def __init__(self, vector: Vector, how: str) -> None:
        given = vector.facts
        self.how = how
        self.token_is_right = given.get("token", "ok") == "ok" and not given.get("wrong_attempts")
        self.requested_at = instant(given["requested_at"])
        self.kept = timedelta(days=given.get("purge_days", 30))
        world = World(kind="email" if how == "email_link" else "mobile")
        person, point = world.person("p1"), world.point("cp1")
        world.hold(person, point)
        controller = world.controller("C1")
        self.text: ConsentText = world.text(controller)
        channel = "email" if how == "email_link" else "sms"
        self.consent = consents.grant(
            actor=None,
            declaration=consents.Declaration(
                person=person,
                point=point,
                controller=controller,
                channels=[channel],
                purposes=["newsletter"],
                method="web_form",
                declared_at=self.requested_at,
                text=self.text,
                evidence=[evidence("request")],
            ),
            is_pending=True,
            at=self.requested_at,
        )
        hours = given.get("ttl_hours")
        lives = timedelta(hours=hours) if hours is not None else opting_in.lives(how)
        request = OptInRequest.objects.create(
            person=person,
            controller=controller,
            text=self.text,
            purposes=["newsletter"],
            requested_at=self.requested_at,
        )
        self.confirmation = OptInConfirmation(
            request=request,
            point=point,
            channels=[channel],
            kind=ConfirmationKind(how),
            consent=self.consent,
            expires_at=self.requested_at + lives,
            wrong_attempts=min(given.get("wrong_attempts", 0), opting_in.MOST_ATTEMPTS),
            sent_at=self.requested_at,
        )
        self.confirmation.secret = (
            secrets.hash_of_token(TOKEN)
            if how == "email_link"
            else secrets.hash_of_code(CODE, ref=self.confirmation.ref)
        )
        self.confirmation.save()
        if given.get("confirmed_at"):
            first = "post_confirm" if how == "email_link" else "code"
            self.act(first, instant(given["confirmed_at"]))
        if given.get("withdrawn_at"):
            withdrawn = instant(given["withdrawn_at"])
            consents.withdraw(
                actor=None,
                consents=[self.consent],
                received_at=withdrawn,
                via="vector",
                at=withdrawn,
            )

    def act(self, action: str, at: datetime) -> tuple[State, bool]:
        """Press or only look; the state afterwards and whether an event was written."""
        press: dict[str, Any] = {"press": optin.Press(), "at": at}
        if action == "post_confirm" and self.how == "email_link":
            token = TOKEN if self.token_is_right else "forged"
            answer = confirming.confirm_link(token=token, **press)
        elif action in ("code", "post_confirm"):
            code = CODE if self.token_is_right else "000000"
            answer = confirming.confirm_code(ref=self.confirmation.ref, code=code, **press)
        else:
            answer = (
                confirming.look_by_ref(self.confirmation.ref, at=at)
                if (self.how == "sms_code")
                else confirming.look_by_token(TOKEN, at=at)
            )
        return answer.state, answer.is_new

    def keeps_text(self) -> bool:
        """Whether the confirmation names the text of the request, whatever is published now."""
        confirmed = LedgerEvent.objects.filter(kind=EventKind.CONFIRMED).first()
        return confirmed is not None and confirmed.text == self.text.sha256
