"""What each model of this app holds about persons."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.kernel.personal_data import (
    Declaration,
    Erasure,
    Hold,
    Merging,
    Uniting,
    declare,
    holds_none,
)
from history import forgetting, models
from history.fairs import forgetting as fairs

declare(
    Declaration(
        model=models.Touchpoint,
        data_kind="Kontakthistorie",
        subject=("participations__person", "participations__company"),
        retention="contact_history",
        exported=(
            "channel",
            "direction",
            "subject",
            "body",
            "outcome",
            "happened_at",
            "answered_at",
            "ended_at",
            "contact_value",
        ),
        erasure=Erasure.DELETE,
        merging=Merging.STAY,
        rows=forgetting.touchpoints,
        shared=forgetting.are_shared_touchpoints,
        spare=forgetting.spare_touchpoints,
        is_portable=True,
    )
)
declare(
    Declaration(
        model=models.Participation,
        data_kind="Kontakthistorie",
        subject=("person", "company"),
        retention="contact_history",
        exported=("touchpoint", "role"),
        erasure=Erasure.DELETE,
        merging=Merging.UNITE,
        uniting=(
            Uniting(
                equal=("touchpoint_id",),
                better=("(role IN ('PARTNER', 'FROM')) DESC", "(role = 'TO') DESC"),
            ),
        ),
        rows=forgetting.participations,
        signs=(("person", "happened_at"), ("contact_point__holders__person", "happened_at")),
    )
)
declare(
    Declaration(
        model=models.Attachment,
        data_kind="Kontakthistorie",
        subject=("touchpoint__participations__person", "touchpoint__participations__company"),
        retention="contact_history",
        exported=("name", "stored"),
        erasure=Erasure.DELETE,
        merging=Merging.STAY,
        rows=forgetting.all_attachments,
        shared=forgetting.are_of_other_persons,
        spare=forgetting.spare_attachments,
        is_portable=True,
    )
)
declare(
    Declaration(
        model=models.StoredFile,
        data_kind="Kontakthistorie",
        subject=("attachments__touchpoint__participations__person",),
        retention="contact_history",
        exported=("sha256", "media_type", "size", "created_at"),
        erasure=Erasure.DELETE,
        merging=Merging.STAY,
        rows=forgetting.stored_files,
    )
)
declare(
    Declaration(
        model=models.Pin,
        data_kind="Kontakthistorie",
        subject=("person", "company"),
        retention="contact_history",
        exported=("touchpoint", "pinned_at"),
        erasure=Erasure.DELETE,
        merging=Merging.UNITE,
        uniting=(Uniting(equal=("touchpoint_id",)),),
    )
)
declare(
    Declaration(
        model=models.Visit,
        data_kind="Kontakthistorie",
        subject=("person", "company"),
        retention="contact_history",
        exported=("at",),
        erasure=Erasure.DELETE,
        merging=Merging.UNITE,
        uniting=(Uniting(equal=("user_id",), better=("at DESC",)),),
    )
)
declare(
    Declaration(
        model=models.Activity,
        data_kind="geplante Aktivitäten",
        subject=("person", "company"),
        retention="contact_history",
        exported=("kind", "subject", "note", "state", "due_at", "starts_at", "ends_at", "place"),
        erasure=Erasure.DELETE,
        merging=Merging.MOVE,
        rows=forgetting.activities,
        signs=(("person", "due_at"),),
    )
)
declare(
    Declaration(
        model=models.Opportunity,
        data_kind="Vorgangsdaten",
        subject=("person", "company"),
        retention="opportunity",
        exported=(
            "number",
            "title",
            "state",
            "need",
            "situation",
            "regulate",
            "avoid",
            "reach",
            "volume",
            "realisation_on",
            "created_at",
        ),
        erasure=Erasure.DELETE,
        merging=Merging.MOVE,
        shared=forgetting.are_of_a_company,
        spare=forgetting.spare_opportunities,
        signs=(("person", "updated_at"),),
    )
)
declare(
    Declaration(
        model=models.Stakeholder,
        data_kind="Vorgangsdaten",
        subject=("person", "company"),
        retention="opportunity",
        exported=("opportunity", "roles", "stance", "influence", "note"),
        erasure=Erasure.DELETE,
        merging=Merging.UNITE,
        links={"company": Merging.MOVE},
        uniting=(
            Uniting(
                equal=("opportunity_id",),
                better=("(stance <> '') DESC", "influence DESC NULLS LAST"),
            ),
        ),
        signs=(("person", "opportunity__updated_at"),),
    )
)
_UNPAID = _(
    "Rechnung %(row)s ist noch nicht bezahlt. Löschen Sie, sobald sie ausgeglichen ist; bis dahin "
    "schränken Sie die Verarbeitung ein (Art. 18)."
)
for _model, _fields, _hold in (
    (
        models.Order,
        ("number", "kind", "ordered_on", "status", "total"),
        Hold("trade_letter", "ordered_on"),
    ),
    (
        models.Invoice,
        ("number", "invoiced_on", "due_on", "paid_on", "total"),
        Hold("booking_voucher", "invoiced_on", is_open=Q(paid_on=None), why=_UNPAID),
    ),
):
    declare(
        Declaration(
            model=_model,
            data_kind="kaufmännische Daten",
            subject=("person", "company"),
            retention="commercial",
            exported=_fields,
            erasure=Erasure.DELETE,
            merging=Merging.MOVE,
            holds=(_hold,),
            signs=(("person", _hold.start),),
            is_portable=True,
        )
    )
declare(
    Declaration(
        model=models.OrderLine,
        data_kind="kaufmännische Daten",
        subject=("order__person", "order__company"),
        retention="commercial",
        exported=("position", "article", "label", "quantity", "unit", "amount"),
        erasure=Erasure.DELETE,
        merging=Merging.STAY,
        rows=forgetting.order_lines,
        holds=(Hold("trade_letter", "order__ordered_on"),),
        is_portable=True,
    )
)
declare(
    Declaration(
        model=models.Classification,
        data_kind="kaufmännische Daten",
        subject=("person", "company"),
        retention="commercial",
        exported=("year", "abc", "revenue"),
        erasure=Erasure.DELETE,
        merging=Merging.UNITE,
        uniting=(Uniting(equal=("year",), better=("updated_at DESC",)),),
    )
)
declare(
    Declaration(
        model=models.Call,
        data_kind="Anrufe",
        subject=("contact_point__holders__person", "contact_point__holders__company"),
        retention="contact_history",
        exported=("direction", "other_side", "ringing_at", "answered_at", "ended_at", "state"),
        erasure=Erasure.DELETE,
        merging=Merging.STAY,
        rows=forgetting.calls,
    )
)
declare(
    Declaration(
        model=models.CallEvent,
        data_kind="Anrufe",
        subject=("call__contact_point__holders__person", "call__contact_point__holders__company"),
        retention="contact_history",
        exported=("kind", "payload", "received_at"),
        erasure=Erasure.DELETE,
        merging=Merging.STAY,
        rows=forgetting.call_events,
    )
)
for _journal, _rows, _kind, _shown in (
    (
        models.StageChange,
        forgetting.stage_changes,
        "Vorgangsdaten",
        ("stage", "state", "volume", "probability", "at"),
    ),
    (
        models.WaitingRow,
        forgetting.waiting_rows,
        "Zeilen der Warenwirtschaft",
        ("kind", "values", "since"),
    ),
    (
        models.RefusedRow,
        forgetting.refused_rows,
        "Zeilen der Warenwirtschaft",
        ("cells", "reason"),
    ),
):
    declare(
        Declaration(
            model=_journal,
            data_kind=_kind,
            subject=(),
            retention="import",
            exported=_shown,
            erasure=Erasure.DELETE,
            merging=Merging.STAY,
            rows=_rows,
        )
    )
declare(
    Declaration(
        model=models.Takeover,
        data_kind="Dateien der Warenwirtschaft",
        subject=(),
        retention="import",
        exported=("file_name", "source", "created_at"),
        erasure=Erasure.ANONYMISE,
        merging=Merging.STAY,
        rows=forgetting.takeovers,
        spare=forgetting.drop_takeover_files,
    )
)
declare(
    Declaration(
        model=models.Appointment,
        data_kind="Termine",
        subject=("person",),
        retention="appointment",
        exported=("kind", "starts_at", "ends_at", "place", "note", "state", "channel", "booked_at"),
        erasure=Erasure.DELETE,
        merging=Merging.MOVE,
        signs=(("person", "starts_at"),),
    )
)
declare(
    Declaration(
        model=models.AppointmentMessage,
        data_kind="Termine",
        subject=("appointment__person",),
        retention="appointment",
        exported=("occasion", "channel", "contact_point", "state", "sent_at"),
        erasure=Erasure.DELETE,
        merging=Merging.STAY,
    )
)
declare(
    Declaration(
        model=models.LeadCapture,
        data_kind="Leadzettel",
        subject=("person", "company"),
        retention="contact_history",
        exported=(
            "event",
            "captured_at",
            "name",
            "company_name",
            "function",
            "email",
            "phone",
            "mobile",
            "need",
            "note",
            "answers",
            "grade",
            "next_step",
            "next_step_on",
        ),
        erasure=Erasure.DELETE,
        merging=Merging.MOVE,
        rows=fairs.leads,
        signs=(("person", "captured_at"),),
        is_portable=True,
    )
)
declare(
    Declaration(
        model=models.LeadFile,
        data_kind="Leadzettel",
        subject=("lead__person", "lead__company"),
        retention="contact_history",
        exported=("kind", "name", "size", "stored", "recognised"),
        erasure=Erasure.DELETE,
        merging=Merging.STAY,
        rows=fairs.lead_files,
        is_portable=True,
    )
)
declare(
    Declaration(
        model=models.LeadOptIn,
        data_kind="Leadzettel",
        subject=("lead__person", "lead__company"),
        retention="contact_history",
        exported=("text", "channel", "answer"),
        erasure=Erasure.DELETE,
        merging=Merging.STAY,
        rows=fairs.lead_opt_ins,
    )
)
holds_none(models.Event, why="Eine Messe und was dort gefragt wird.")
holds_none(models.CaptureDevice, why="Womit jemand aus dem Haus am Stand erfasst.")
holds_none(models.AppointmentKind, why="Was sich vereinbaren lässt, in Worten des Hauses.")
holds_none(models.WorkingWeek, why="Wann jemand aus dem Haus arbeitet.")
holds_none(models.WorkingTime, why="Die Stunden eines Arbeitstags.")
holds_none(models.Absence, why="An welchen Tagen jemand aus dem Haus nicht da ist.")
holds_none(models.TelephoneSystem, why="Woher Anrufe gemeldet werden.")
holds_none(models.Extension, why="Unter welcher Nummer jemand aus dem Haus zu erreichen ist.")
holds_none(models.Category, why="Worum es bei Kontakten geht, in Worten des Hauses.")
holds_none(models.Pipeline, why="Der Weg, den Verkaufschancen gehen.")
holds_none(models.Stage, why="Eine Stufe auf diesem Weg.")
holds_none(models.CloseReason, why="Gründe für Gewinn und Verlust.")
holds_none(models.Competitor, why="Andere Anbieter, keine Personen.")
holds_none(models.CalendarFeed, why="Zugang eines Kalenderprogramms der Belegschaft.")
holds_none(models.RememberedColumns, why="Was die Spalten einer Datei bedeuten.")
