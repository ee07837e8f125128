"""Random stocks with rows of every model that hangs on a person or company."""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from consent import circumstances, controllers
from consent.models import ConsentText, OptInRequest, RetentionHold, SubjectRequest
from contacts import indexing
from contacts.models import (
    Address,
    Company,
    ContactPoint,
    ContactPointHolder,
    Criterion,
    CriterionValue,
    Employment,
    ExternalId,
    ImportRow,
    ImportRun,
    MatchingRun,
    PairDecision,
    Person,
    Source,
    SourceKind,
    SuspectGroup,
    SuspectPair,
)
from tests.contacts.merging.history_stock import HistoryStock

Record = Person | Company
NAMES = ["Johannes", "Hans", "J.", "Inge", ""]
SURNAMES = ["Maier", "Mayer", "Meier-Voß"]
TITLES = ["", "Dr.", "Prof. Dr."]


class Stock:
    """``size`` persons and companies each, all alike enough to be merged."""

    def __init__(self, seed: int, at: datetime, *, size: int = 4) -> None:
        self.random = random.Random(seed)
        self.at = at
        self.sources = [
            Source.objects.create(kind=kind, name=f"{kind} {seed}", created_at=at)
            for kind in (SourceKind.ERP, SourceKind.LIST, SourceKind.MANUAL)
        ]
        self.points = [
            ContactPoint.objects.create(kind=kind, normalised=text.format(at_), display=f"{at_}")
            for kind, text in (
                ("EMAIL", "a{}@x.example"),
                ("PHONE", "+49302312510{}"),
                ("POSTAL", "DE|10997||{}"),
            )
            for at_ in range(3)
        ]
        self.criteria = {
            subject: [
                Criterion.objects.create(
                    code=f"{subject.lower()}-{number}", label=f"Frage {number}", subject=subject,
                    type="TEXT", created_at=at,
                )
                for number in range(2)
            ]
            for subject in ("PERSON", "COMPANY")
        }  # fmt: skip
        self.run = ImportRun.objects.create(
            source=self.sources[1], file="x", file_name="x.csv", file_size=1, file_hash="0",
            created_at=at,
        )  # fmt: skip
        self.text = ConsentText.objects.create(
            code=f"stock-{seed}", version=1, form="PAPER", controller=controllers.default(),
            channels=["email"], purposes=["newsletter"], title="x", body="x", created_at=at,
        )  # fmt: skip
        self.rows = 0
        self.companies = [self._company(number) for number in range(size)]
        self.persons = [self._person(number) for number in range(size)]
        for company in self.companies:
            if self.random.random() < 0.3:
                others = [each for each in self.companies if each.pk > company.pk]
                company.parent = self.random.choice(others) if others else None
                company.save()
        history = HistoryStock(self.random, self.sources[0], at)
        for record in (*self.persons, *self.companies):
            self._dependants(record)
            history.hang_on(record)
        history.give_a_say(self.persons, self.companies)
        for records in (self.persons, self.companies):
            self._decide(records)
            self._suspect(records)
        indexing.refresh_companies([each.pk for each in self.companies])
        indexing.refresh_persons([each.pk for each in self.persons])

    def records(self, kind: str) -> Sequence[Any]:
        return self.persons if kind == "person" else self.companies

    def day(self) -> date | None:
        if self.random.random() < 0.4:
            return None
        return self.at.date() - timedelta(days=self.random.randrange(5) * 100)

    def _common(self) -> dict[str, Any]:
        sources = {name: self._noted() for name in ("title", "website") if self._maybe()}
        return {
            "source": self.random.choice(self.sources),
            "confirmed_on": self.day(),
            "field_sources": sources,
            "remark": self.random.choice(["", "ruft gern an", "Stammkunde"]),
            "created_at": self.at,
            "updated_at": self.at + timedelta(minutes=self.random.randrange(9)),
            "version": self.random.randrange(1, 9),
            "duplicate_check_due": self._maybe(),
        }

    def _noted(self) -> dict[str, Any]:
        day = self.day()
        return {
            "source": self.random.choice(self.sources).pk,
            "confirmed_on": day.isoformat() if day else None,
        }

    def _maybe(self, share: float = 0.5) -> bool:
        return self.random.random() < share

    def _person(self, number: int) -> Person:
        return Person.objects.create(
            given_name=self.random.choice(NAMES),
            surname=self.random.choice(SURNAMES),
            title=self.random.choice(TITLES),
            birth_date=self.random.choice([None, date(1964, 4, 17)]),
            **self._common(),
        )

    def _company(self, number: int) -> Company:
        return Company.objects.create(
            name=self.random.choice(["Havelberg", "Havelberg Anlagenbau"]),
            legal_form=self.random.choice(["", "GmbH"]),
            erp_number=f"47{number}" if self._maybe() else "",
            industry_codes=self.random.choice([[], ["28.1"], ["28.1", "33.2"]]),
            **self._common(),
        )

    def sourced(self) -> dict[str, Any]:
        return {
            "source": self.random.choice(self.sources),
            "confirmed_on": self.day(),
            "created_at": self.at + timedelta(seconds=self.random.randrange(5)),
        }

    def _dependants(self, record: Record) -> None:
        owner = record._meta.model_name or ""
        held = {owner: record}
        preferred: set[str] = set()
        for point in self.random.sample(self.points[:6], self.random.randrange(5)):
            is_preferred = self._maybe(0.3) and point.kind not in preferred
            preferred |= {point.kind} if is_preferred else set()
            verified = self.day()
            ContactPointHolder.objects.create(
                **held, contact_point=point, is_preferred=is_preferred, verified_on=verified,
                verified_how="CALL" if verified else "", **self.sourced(),
            )  # fmt: skip
        for point in self.random.choices(self.points[6:], k=self.random.randrange(3)):
            Address.objects.create(
                **held, contact_point=point, city="Kiel", valid_to=self.day(), **self.sourced()
            )
        for _each in range(self.random.randrange(3)):
            self.rows += 1
            ExternalId.objects.create(
                **held, system="Outlook", value=str(self.rows), **self.sourced()
            )
            ImportRow.objects.create(
                **held, run=self.run, number=self.rows, outcome="CREATED", raw={"a": [1.5, None]}
            )
        for criterion in self.criteria[owner.upper()]:
            for superseded in (self.at, None):
                if self._maybe():
                    CriterionValue.objects.create(
                        **held, criterion=criterion, superseded_at=superseded,
                        value=self.random.choice(["ja", "nein", None]), **self.sourced(),
                    )  # fmt: skip
        if isinstance(record, Person):
            self._roles(record)
            circumstances.restrict(
                actor=None, person=record, ground="a", starts_at=self.at, at=self.at
            )
            RetentionHold.objects.create(person=record, reason="Klage", created_at=self.at)
            SubjectRequest.objects.create(
                number=str(record.pk), article="15", channel="EMAIL", person=record,
                received_at=self.at, created_at=self.at,
            )  # fmt: skip
            OptInRequest.objects.create(
                person=record,
                controller=self.text.controller,
                text=self.text,
                purposes=["newsletter"],
                requested_at=self.at,
            )

    def _roles(self, person: Person) -> None:
        primary = False
        for company in self.random.sample(self.companies, self.random.randrange(3)):
            ended = self.day()
            is_primary = ended is None and not primary and self._maybe()
            primary = primary or is_primary
            Employment.objects.create(
                person=person, company=company, is_primary=is_primary, ended_on=ended,
                function=self.random.choice(["", "Einkauf", "Leitung"]), **self.sourced(),
            )  # fmt: skip

    def _decide(self, records: Sequence[Any]) -> None:
        owner = records[0]._meta.model_name
        for one in records:
            for other in records:
                if one.pk >= other.pk or not self._maybe(0.5):
                    continue
                for withdrawn in (self.at, None):
                    if self._maybe():
                        PairDecision.objects.create(
                            **{f"first_{owner}": one, f"second_{owner}": other},
                            verdict=self.random.choice(["SAME", "DIFFERENT"]),
                            decided_at=self.at, withdrawn_at=withdrawn,
                        )  # fmt: skip

    def _suspect(self, records: Sequence[Any]) -> None:
        kind = records[0]._meta.model_name.upper()
        run = MatchingRun.objects.create(
            kind=kind, scope="FULL", state="DONE", is_current=True, created_at=self.at
        )
        run.generation = run.pk
        run.save()
        members = sorted(each.pk for each in records)
        for at, first in enumerate(members):
            for second in members[at + 1 :]:
                SuspectPair.objects.create(
                    generation=run.pk, kind=kind, first_id=first, second_id=second,
                    weight=self.random.random() * 9, pattern=7, group=run.pk,
                )  # fmt: skip
        SuspectGroup.objects.create(
            generation=run.pk, kind=kind, number=run.pk, members=members, size=len(members),
            strength=8.25, weakest=0.1,
        )  # fmt: skip

    def add_to(self, record: Record) -> dict[str, set[int]]:
        """Rows that somebody adds to the record; their numbers by table."""
        held = {record._meta.model_name or "": record}
        self.rows += 1
        point = ContactPoint.objects.create(
            kind="EMAIL", normalised=f"new-{self.rows}@x.example", display="new"
        )
        row = ExternalId.objects.create(
            **held, system="Neu", value=str(self.rows), **self.sourced()
        )
        holder = ContactPointHolder.objects.create(**held, contact_point=point, **self.sourced())
        return {
            ContactPoint._meta.db_table: {point.pk},
            "consent_pointkey": {point.pk},
            ExternalId._meta.db_table: {row.pk},
            ContactPointHolder._meta.db_table: {holder.pk},
        }
