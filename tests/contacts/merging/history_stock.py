"""What hangs on records of a stock from the history: contacts, plans, deals, orders."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from consent import controllers
from contacts.models import Company, Person, Source
from crm.accounts import users
from crm.accounts.models import RoleCode
from history.models import (
    Activity,
    Appointment,
    AppointmentKind,
    Classification,
    Event,
    Invoice,
    LeadCapture,
    Opportunity,
    Order,
    Participation,
    Pin,
    Pipeline,
    Stage,
    Stakeholder,
    Touchpoint,
    Visit,
)

Record = Person | Company


class HistoryStock:
    """Contacts and deals that several records share, so that merges have to fold rows."""

    def __init__(self, random: Random, source: Source, at: datetime) -> None:
        self.random, self.source, self.at, self.numbers = random, source, at, 0
        self.reader = users.create_user(
            actor=None,
            email=f"reader{random.randrange(10**9)}@einklang.example",
            first_name="Mareike",
            last_name="Thoms",
            password="messstellen-nord",
            roles=[RoleCode.SALES],
            teams=[],
            at=at,
        )
        self.pipeline = Pipeline.objects.create(name=f"Stock {random.randrange(10**9)}")
        self.stage = Stage.objects.create(
            pipeline=self.pipeline, name="Angebot", position=1, probability=60
        )
        self.contacts = [
            Touchpoint.objects.create(
                channel="PHONE", happened_at=at - timedelta(days=day), recorded_at=at
            )
            for day in range(4)
        ]
        self.deals: list[Opportunity] = []
        self.kind = AppointmentKind.objects.create(
            name=f"Stock {random.randrange(10**9)}", length_minutes=30, place="PHONE"
        )

        self.fair = Event.objects.create(
            name=f"Stock {random.randrange(10**9)}",
            starts_on=at.date(),
            ends_on=at.date(),
            delete_on=at.date() + timedelta(days=90),
            controller=controllers.default(),
            source=source,
            created_at=at,
            updated_at=at,
        )

    def hang_on(self, record: Record) -> None:
        """Give the record rows of every kind; the first two of them share a deal."""
        if isinstance(record, Person):
            self._agree(record)
        held = {str(record._meta.model_name): record}
        for contact in self.random.sample(self.contacts, 2):
            Participation.objects.create(
                touchpoint=contact,
                role=self.random.choice(["PARTNER", "CC"]),
                happened_at=contact.happened_at,
                channel=contact.channel,
                **held,
            )
            Pin.objects.create(touchpoint=contact, pinned_by=self.reader, pinned_at=self.at, **held)
        Visit.objects.create(user=self.reader, at=self.at, **held)
        Activity.objects.create(
            kind="TASK",
            subject="Angebot senden",
            due_at=self.at,
            created_at=self.at,
            updated_at=self.at,
            **held,
        )
        LeadCapture.objects.create(
            client_id=UUID(int=self.random.getrandbits(128)),
            event=self.fair,
            captured_by=self.reader,
            captured_at=self.at,
            device_at=self.at,
            received_at=self.at,
            name="Hans Maier",
            **held,
        )
        self._deal(record)
        self._orders(record)

    def _deal(self, record: Record) -> None:
        if len(self.deals) < 4:
            self.numbers += 1
            self.deals.append(
                Opportunity.objects.create(
                    number=f"VC-{self.pipeline.pk}-{self.numbers}",
                    title="LED-Deckensystem",
                    pipeline=self.pipeline,
                    stage=self.stage,
                    stage_since=self.at,
                    created_at=self.at,
                    updated_at=self.at,
                    **{str(record._meta.model_name): record},
                )
            )
        else:
            deal = self.random.choice(self.deals)
            setattr(deal, str(record._meta.model_name), record)
            deal.save()

    def give_a_say(self, persons: list[Person], companies: list[Company]) -> None:
        """Everybody has a say in some deals, on the side of some company."""
        for number, person in enumerate(persons):
            for deal in self.random.sample(self.deals, 2):
                Stakeholder.objects.create(
                    opportunity=deal,
                    person=person,
                    company=companies[number % len(companies)],
                    stance=self.random.choice(["", "FOR", "AGAINST"]),
                    created_at=self.at,
                )

    def _orders(self, record: Record) -> None:
        held = {str(record._meta.model_name): record, "source": self.source}
        self.numbers += 1
        number = f"{self.pipeline.pk}-{self.numbers}"
        day = self.at.date()
        order = Order.objects.create(
            number=f"A-{number}", ordered_on=day, total=100, updated_at=self.at, **held
        )
        Invoice.objects.create(
            number=f"R-{number}",
            order=order,
            invoiced_on=day,
            total=100,
            updated_at=self.at,
            **held,
        )
        Classification.objects.create(
            abc=self.random.choice("ABC"),
            year=2026,
            updated_at=self.at + timedelta(seconds=self.random.randrange(9)),
            **held,
        )

    def _agree(self, person: Person) -> None:
        """An appointment; each at a time of its own, as there is but one employee."""
        begins = self.at + timedelta(hours=self.numbers)
        ends = begins + timedelta(minutes=30)
        Appointment.objects.create(
            kind=self.kind, person=person, employee=self.reader, starts_at=begins, ends_at=ends,
            blocked_until=ends, channel="NONE", booked_at=self.at, changed_at=self.at,
        )  # fmt: skip
