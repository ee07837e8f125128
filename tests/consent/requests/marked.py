"""Somebody whose name stands in every row of every model that may tell of a contact."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction

from consent import circumstances, consents, controllers, evidences, gate, references, texts
from consent.decision import codes
from consent.models import (
    ConfirmationKind,
    ConsentText,
    ContactDecision,
    EventKind,
    OptInConfirmation,
    OptInRequest,
    TextForm,
)
from consent.notices import provisions
from consent.requests import cases
from contacts import addresses, companies, contact_points, indexing, merging, persons
from contacts.models import (
    ContactPointHolder,
    CriterionValue,
    Employment,
    ExternalId,
    ImportRow,
    ImportRun,
    PairDecision,
    Person,
    SavedView,
    Source,
)
from contacts.models.qualification import Criterion
from crm.accounts.models import User
from crm.kernel import audit
from history.models import (
    Activity,
    Appointment,
    AppointmentKind,
    AppointmentMessage,
    Attachment,
    Call,
    CallEvent,
    Classification,
    Event,
    Invoice,
    LeadCapture,
    LeadFile,
    LeadOptIn,
    Opportunity,
    Order,
    OrderLine,
    Participation,
    Pin,
    Pipeline,
    RefusedRow,
    Stage,
    StageChange,
    Stakeholder,
    StoredFile,
    Takeover,
    TelephoneSystem,
    Touchpoint,
    Visit,
    WaitingRow,
)
from tests import notice_cast

MARK = "Zwickmarkix"
MAIL = "zwickmarkix@havelberg.example"
MOBILE = "0152 28817386"


@transaction.atomic
def plant(*, admin: User, source: Source, at: datetime) -> Person:
    """The person, with an alias, and a colleague of whom everything has to stay."""
    given = {"actor": admin, "source": source, "at": at}
    person = persons.create(
        **given,
        values={"given_name": "Hanna", "surname": MARK, "remark": f"{MARK} bittet um Rückruf"},
        owner=admin,
    )
    twin = persons.create(
        **given, values={"given_name": "H.", "surname": MARK, "title": MARK}, owner=admin
    )
    colleague = persons.create(
        **given, values={"given_name": "Udo", "surname": "Bleibtreu"}, owner=admin
    )
    company = companies.create(**given, values={"name": "Havelberg Anlagenbau"}, owner=admin)
    mail = contact_points.add(record=person, kind="EMAIL", value=MAIL, **given).contact_point
    mobile = contact_points.add(record=person, kind="MOBILE", value=MOBILE, **given).contact_point
    ContactPointHolder.objects.filter(person=person).update(label=MARK)
    addresses.add(
        record=person,
        values={"street": f"{MARK}weg", "house_number": "3", "postal_code": "10115", "city": MARK},
        **given,
    )
    ExternalId.objects.create(
        person=twin, system="outlook", value=f"{MARK}-2", source=source, created_at=at
    )
    _contacts(person, colleague, company, source, at)
    merging.merge(actor=admin, survivor=person, others=[twin], reason=MARK, at=at)
    _imports(person, source, at)
    _consents(person, mail, mobile, at)
    _history(person, colleague, company, mail, mobile, admin, at)
    _commerce(person, source, at)
    _appointments(person, mail, admin, at)
    _leads(person, admin, source, at)
    cases.receive(
        actor=None,
        article="15",
        channel="EMAIL",
        person=person,
        received_at=at,
        wording=f"Was wissen Sie über {MARK}?",
        at=at,
    )
    audit.record(
        actor=admin,
        action="persons.exported",
        target=company,
        changes={"remark": ["", f"mit {MAIL} gesprochen"]},
        context={"query": MAIL},
        at=at,
    )
    indexing.rebuild()
    return Person.objects.get(pk=person.pk)


def _contacts(
    person: Person, colleague: Person, company: Any, source: Source, at: datetime
) -> None:
    sourced = {"source": source, "created_at": at}
    Employment.objects.create(
        person=person, company=company, function=MARK, department=MARK, **sourced
    )
    ExternalId.objects.create(person=person, system="outlook", value=MARK, **sourced)
    criterion = Criterion.objects.create(
        code="hobby", label="Hobby", subject="PERSON", type="TEXT", created_at=at
    )
    CriterionValue.objects.create(person=person, criterion=criterion, value=MARK, **sourced)
    PairDecision.objects.create(
        first_person=person, second_person=colleague, verdict="DIFFERENT", decided_at=at
    )
    owner = person.owner
    assert owner is not None
    SavedView.objects.create(
        owner=owner, list_name="persons", name="Suche", query=f"q={MAIL}", created_at=at
    )


def _imports(person: Person, source: Source, at: datetime) -> None:
    run = ImportRun(
        source=source,
        file_name=f"{MARK} und andere.csv",
        file_size=1,
        file_hash="0" * 64,
        state="DONE",
        created_at=at,
    )
    run.file.save("liste.data", ContentFile(f"Nachname;E-Mail\n{MARK};{MAIL}\n".encode()))
    ImportRow.objects.create(
        run=run, number=1, outcome="CREATED", person=person, reason=MARK,
        journal={"created": [MARK]}, raw=[MARK],
    )  # fmt: skip
    ImportRow.objects.create(run=run, number=2, outcome="REJECTED", raw=[MAIL, MARK])


def _consents(person: Person, mail: Any, mobile: Any, at: datetime) -> None:
    controller = controllers.default()
    draft = texts.draft(
        actor=None,
        code="werbung",
        form=TextForm.PAPER,
        title="Werbung",
        body="Ich willige ein, dass …",
        channels=[*codes.Channel],
        purposes=[*codes.PURPOSES],
        elements=[*texts.ELEMENTS],
        controller=controller,
        at=at - timedelta(days=400),
    )
    text = texts.publish(actor=None, text=draft, at=at - timedelta(days=400))
    for number, (point, channel) in enumerate(((mail, "email"), (mobile, "phone"))):
        given_at = at - timedelta(days=300 - number)
        slip = evidences.store(
            content=f"\x89PNG{MARK}{channel}".encode("latin-1")[:4]
            + b"\r\n\x1a\n"
            + MARK.encode()
            + channel.encode(),
            kind="SCAN",
            grade="A",
            media_type="image/png",
            name=f"{MARK}.png",
            at=given_at,
        )
        consents.grant(
            actor=None,
            declaration=consents.Declaration(
                person=person,
                point=point,
                controller=controller,
                channels=[channel],
                purposes=["newsletter" if channel == "email" else "sales_call"],
                method="paper",
                declared_at=given_at,
                text=text,
                evidence=[slip],
                payload={"name": MARK, "value": MAIL},
            ),
            at=given_at,
        )
    circumstances.object_to_marketing(
        actor=None,
        person=person,
        received_at=at - timedelta(days=30),
        at=at - timedelta(days=30),
        via="email",
        scope="purpose",
        value="newsletter",
        wording=f"{MARK} will das nicht.",
    )
    decision = gate.permit(
        actor=None, person=person, point=mobile, channel="phone", purpose="sales_call",
        at=at - timedelta(days=2),
    )  # fmt: skip
    assert ContactDecision.objects.filter(pk=decision.pk).exists()
    gate.use(actor=None, decision=decision, reference="call-1", at=at - timedelta(days=2))
    asked = OptInRequest.objects.create(
        person=person, controller=controller, text=text, purposes=["newsletter"],
        requested_at=at, address="192.0.2.7", agent=MARK, form=MARK,
    )  # fmt: skip
    pending = consents.grant(
        actor=None,
        declaration=consents.Declaration(
            person=person, point=mail, controller=controller, channels=["email"],
            purposes=["newsletter"], method="web_form", declared_at=at, text=text,
            evidence=[
                evidences.store(
                    content=f'{{"name": "{MARK}"}}'.encode(), kind="FORM_LOG", grade="D",
                    media_type="application/json", name=MARK, at=at,
                )
            ],
        ),
        is_pending=True,
        at=at,
    )  # fmt: skip
    assert pending.kind == EventKind.PENDING
    OptInConfirmation.objects.create(
        request=asked, point=mail, channels=["email"], kind=ConfirmationKind.EMAIL_LINK,
        consent=pending, secret=b"1" * 32, expires_at=at + timedelta(days=7), sent_at=at,
        message_id=f"<{MARK}@x>", confirmed_agent=MARK,
    )  # fmt: skip
    references.point_of(mail)
    circumstances.restrict(actor=None, person=person, ground="a", starts_at=at, at=at)


def _history(
    person: Person,
    colleague: Person,
    company: Any,
    mail: Any,
    mobile: Any,
    admin: User,
    at: datetime,
) -> None:
    def touchpoint(**values: Any) -> Touchpoint:
        return Touchpoint.objects.create(
            channel="EMAIL", direction="IN", subject=f"Frage von {MARK}", body=f"Gruß, {MARK}",
            happened_at=at, recorded_at=at, contact_value=MAIL, contact_point=mail, **values,
        )  # fmt: skip

    def takes_part(made: Touchpoint, **whom: Any) -> None:
        Participation.objects.create(
            touchpoint=made, happened_at=at, channel=made.channel, direction="IN", **whom
        )

    alone, with_company, with_colleague, by_number = (touchpoint() for _n in range(4))
    for made in (alone, with_company, with_colleague):
        takes_part(made, person=person)
    takes_part(with_company, company=company)
    takes_part(with_colleague, person=colleague)
    takes_part(by_number, contact_point=mobile)
    correction = touchpoint(corrects=alone)
    takes_part(correction, person=person)
    for number, made in enumerate((alone, with_company, with_colleague)):
        stored = StoredFile(sha256=f"{number}" * 64, media_type="text/plain", size=1, created_at=at)
        stored.file.save(f"anlage-{number}", ContentFile(f"{MARK} {number}".encode()))
        Attachment.objects.create(touchpoint=made, stored=stored, name=f"{MARK}.txt")
    Pin.objects.create(person=person, touchpoint=alone, pinned_by=admin, pinned_at=at)
    Visit.objects.create(person=person, user=admin, at=at)
    Activity.objects.create(
        kind="TASK", subject=MARK, note=MARK, person=person, due_at=at, place=MARK,
        created_at=at, updated_at=at, assignee=admin, touchpoint=alone,
    )  # fmt: skip
    _deals(person, company, at)
    system = TelephoneSystem.objects.create(
        name="Anlage", format="GENERIC", digest="d", created_at=at
    )
    call = Call.objects.create(
        system=system, call_id="1", direction="IN", caller="+4915228817386", other_side=MARK,
        contact_point=mobile, changed_at=at, touchpoint=by_number, is_written=True,
    )  # fmt: skip
    CallEvent.objects.create(
        call=call, kind="RINGING", payload={"from": MARK}, reading={"from": MARK}, received_at=at
    )


def _deals(person: Person, company: Any, at: datetime) -> None:
    pipeline = Pipeline.objects.create(name="Weg")
    stage = Stage.objects.create(pipeline=pipeline, name="Start", position=1, probability=10)
    for number, firm in ((1, None), (2, company)):
        deal = Opportunity.objects.create(
            number=f"V-{number}", title=f"Anlage für {MARK}", company=firm, person=person,
            pipeline=pipeline, stage=stage, stage_since=at, need=MARK, situation=MARK,
            budget=MARK, created_at=at, updated_at=at,
        )  # fmt: skip
        StageChange.objects.create(opportunity=deal, stage=stage, state="OPEN", at=at)
        Stakeholder.objects.create(opportunity=deal, person=person, note=MARK, created_at=at)


def _commerce(person: Person, source: Source, at: datetime) -> None:
    made = {"person": person, "source": source, "updated_at": at}
    for number, day in ((1, date(2025, 5, 1)), (2, date(2012, 5, 1))):
        order = Order.objects.create(
            number=f"{MARK}-A{number}", ordered_on=day, status=MARK, total=10, **made
        )
        OrderLine.objects.create(
            order=order, position=1, article=MARK, label=f"Tasse „{MARK}“", quantity=1, amount=10
        )
        Invoice.objects.create(
            number=f"{MARK}-R{number}", invoiced_on=day, due_on=day, paid_on=day, total=10, **made
        )
    Classification.objects.create(year=2025, abc="A", revenue=10, **made)
    takeover = Takeover(
        kind="ORDERS", source=source, state="DONE", file_name=f"{MARK}.csv", created_at=at
    )
    takeover.file.save("auftraege.data", ContentFile(MARK.encode()))
    RefusedRow.objects.create(takeover=takeover, number=1, reason="?", cells=[MAIL, MARK])
    WaitingRow.objects.create(
        kind="ORDERS", key="1", awaits="CUSTOMER", number="4711", since=at, row=1,
        values={"email": MAIL, "name": MARK}, takeover=takeover,
    )  # fmt: skip


def _appointments(person: Person, mail: Any, admin: User, at: datetime) -> None:
    """One agreed on the phone: the script was skipped, the confirmation did not arrive."""
    notice = notice_cast.published(at - timedelta(days=3))
    provisions.record(
        actor=admin, person=person, version=notice, medium="phone", status="skipped",
        reason="other", note=f"{MARK} legte auf", given_at=at, at=at,
    )  # fmt: skip
    kind = AppointmentKind.objects.create(name="Beratung", length_minutes=30, place="VISIT")
    begins = at + timedelta(days=10)
    ends = begins + timedelta(minutes=30)
    made = Appointment.objects.create(
        kind=kind, person=person, employee=admin, starts_at=begins, ends_at=ends,
        blocked_until=ends, place=f"bei {MARK}", note=MARK, channel="EMAIL", contact_point=mail,
        booked_at=at, booked_by=admin, changed_at=at,
    )  # fmt: skip
    AppointmentMessage.objects.create(
        appointment=made, occasion="CONFIRMATION", channel="EMAIL", contact_point=mail,
        state="FAILED", problem=f"{MARK}: unbekannt", created_at=at, notice=notice,
        notice_language="de",
        decision=ContactDecision.objects.order_by("pk").first(),
    )  # fmt: skip


def _leads(person: Person, admin: User, source: Source, at: datetime) -> None:
    """Slips of a fair: one of the person, one that nobody was made of and bears their number."""
    fair = Event.objects.create(
        name="Raumlicht", starts_on=at.date(), ends_on=at.date(),
        delete_on=at.date() + timedelta(days=90), controller=controllers.default(), source=source,
        created_at=at, updated_at=at,
    )  # fmt: skip
    text = ConsentText.objects.get(code="werbung")
    for number, whose in enumerate((person, None)):
        lead = LeadCapture.objects.create(
            client_id=uuid4(), event=fair, captured_by=admin, captured_at=at, device_at=at,
            received_at=at, person=whose, name=MARK, company_name=MARK, mobile="+49 1522/8817386",
            note=MARK, answers={"x": [MARK]}, problems=[f"{MARK} fehlt"],
        )  # fmt: skip
        LeadOptIn.objects.create(lead=lead, text=text, channel="email", answer="YES")
        stored = StoredFile(
            sha256=f"{number + 99:064x}", media_type="text/plain", size=1, created_at=at
        )
        stored.file.save(f"karte-{number}", ContentFile(MARK.encode()))
        whole, half = (
            LeadFile(lead=lead, kind="CARD", name=f"{MARK}.jpg", sha256=f"{each:064x}", size=99)
            for each in range(2)
        )
        whole.stored, whole.recognised = stored, {"text": MARK}
        whole.save()
        half.partial.save(f"halb-{number}", ContentFile(MARK.encode()))
        audit.record(actor=admin, action="lead.captured", target=lead, at=at)
