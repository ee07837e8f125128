"""What each model of this app holds about persons."""

from consent import forgetting, models
from crm.kernel.personal_data import Declaration, Erasure, Merging, declare, holds_none

declare(
    Declaration(
        model=models.Subject,
        data_kind="Einwilligungen",
        subject=("person",),
        retention="consent_proof",
        exported=("ref",),
        erasure=Erasure.DELETE,
        merging=Merging.MOVE,
    )
)
declare(
    Declaration(
        model=models.PointReference,
        data_kind="Einwilligungen",
        subject=("contact_point__holders__person",),
        retention="consent_proof",
        exported=("contact_point", "ref"),
        erasure=Erasure.DELETE,
        merging=Merging.STAY,
        rows=forgetting.point_references,
        shared=forgetting.are_of_shared_points,
        spare=forgetting.leave,
    )
)
declare(
    Declaration(
        model=models.EventPayload,
        data_kind="Einwilligungen",
        subject=(),
        retention="consent_proof",
        exported=("event", "body"),
        erasure=Erasure.DELETE,
        merging=Merging.STAY,
        rows=forgetting.payloads,
        is_portable=True,
    )
)
declare(
    Declaration(
        model=models.Evidence,
        data_kind="Nachweise",
        subject=(),
        retention="consent_proof",
        exported=("kind", "grade", "name", "media_type", "size", "sha256", "created_at"),
        erasure=Erasure.ANONYMISE,
        merging=Merging.STAY,
        rows=forgetting.evidence,
        spare=forgetting.leave,
    )
)
declare(
    Declaration(
        model=models.ContactDecision,
        data_kind="Kontaktentscheidungen",
        subject=(),
        retention="contact_decision",
        exported=("channel", "purpose", "outcome", "ground", "answer", "decided_at"),
        erasure=Erasure.DELETE,
        merging=Merging.STAY,
        rows=forgetting.decisions,
    )
)
declare(
    Declaration(
        model=models.OptInRequest,
        data_kind="Einwilligungen",
        subject=("person",),
        retention="unconfirmed_opt_in",
        exported=("text", "purposes", "requested_at", "address", "agent", "form"),
        erasure=Erasure.DELETE,
        merging=Merging.MOVE,
    )
)
declare(
    Declaration(
        model=models.OptInConfirmation,
        data_kind="Einwilligungen",
        subject=("request__person",),
        retention="unconfirmed_opt_in",
        exported=(
            "point",
            "channels",
            "kind",
            "sent_at",
            "message_id",
            "confirmed_at",
            "confirmed_address",
            "confirmed_agent",
        ),
        erasure=Erasure.DELETE,
        merging=Merging.STAY,
        rows=forgetting.confirmations,
    )
)
declare(
    Declaration(
        model=models.NoticeProvision,
        data_kind="Datenschutzhinweise",
        subject=(),
        retention="notice_provision",
        exported=("version", "items", "medium", "status", "language", "reason", "note", "given_at"),
        erasure=Erasure.DELETE,
        merging=Merging.STAY,
        rows=forgetting.provisions,
    )
)
declare(
    Declaration(
        model=models.SubjectRequest,
        data_kind="Anträge zu Betroffenenrechten",
        subject=("person",),
        retention="request_file",
        exported=(
            "number",
            "article",
            "channel",
            "requester",
            "wording",
            "received_at",
            "state",
            "closed_at",
        ),
        erasure=Erasure.ANONYMISE,
        merging=Merging.MOVE,
        spare=forgetting.empty_requests,
        signs=(("person", "received_at"),),
    )
)
declare(
    Declaration(
        model=models.Restriction,
        data_kind="Einschränkungen",
        subject=("person",),
        retention="master",
        exported=("event",),
        erasure=Erasure.DELETE,
        merging=Merging.MOVE,
    )
)
declare(
    Declaration(
        model=models.RetentionHold,
        data_kind="Gründe der Aufbewahrung",
        subject=("person",),
        retention="master",
        exported=("reason", "created_at"),
        erasure=Erasure.DELETE,
        merging=Merging.MOVE,
    )
)
declare(
    Declaration(
        model=models.VaultItem,
        data_kind="gesperrte Nachweise",
        subject=(),
        retention="vault",
        exported=(),
        erasure=Erasure.KEEP,
        merging=Merging.STAY,
    )
)
holds_none(models.RetentionPeriod, why="Fristen des Hauses.")
holds_none(models.ProcessingRecord, why="Zwecke, Empfänger und Fristen, niemand im Einzelnen.")
holds_none(models.RetentionRun, why="Zahlen eines Laufs.")
holds_none(models.ErasureRun, why="Zufällige Kennungen und Zahlen, damit sie wiederholbar ist.")
holds_none(models.LedgerEvent, why="Nur zufällige Verweise, Codes, Zeiten und Hashes.")
holds_none(models.Campaign, why="Eine Frage an viele; Beispiele nur als laufende Nummern.")
holds_none(models.CampaignExport, why="Wer wann wie viele Zeilen ausgeleitet hat.")
holds_none(models.SubjectDigest, why="Ein Hash und Zeiten aus der Kette, jederzeit neu gebildet.")
holds_none(models.DigestProgress, why="Zwei laufende Nummern.")
holds_none(models.PointKey, why="Ein Hash mit Schlüssel, der den Wert nicht verrät.")
holds_none(models.Checkpoint, why="Größe, Wurzel und Unterschrift der Kette.")
holds_none(models.SuppressionEntry, why="Ein Hash mit Schlüssel, der den Wert nicht verrät.")
holds_none(models.ConsentText, why="Texte, denen zugestimmt wird.")
holds_none(models.Controller, why="Wer verantwortlich ist.")
holds_none(models.NoticeRecipient, why="Wer Daten bekommt, keine Kontakte.")
holds_none(models.NoticePurpose, why="Wie ein Zweck verarbeitet wird.")
holds_none(models.NoticeVersion, why="Fassungen der Datenschutzhinweise.")
holds_none(models.NoticeItem, why="Wortlaut der Datenschutzhinweise.")
holds_none(models.SignUpForm, why="Ob ein Formular offen ist; wer es nutzt, steht in der Anfrage.")
