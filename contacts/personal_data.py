"""What each model of this app holds about persons."""

from contacts import forgetting, models
from contacts.models import suspect_triggers
from crm.kernel import removing
from crm.kernel.personal_data import (
    Declaration,
    Erasure,
    Merging,
    Single,
    Uniting,
    declare,
    holds_none,
)

_NEWER = ("confirmed_on DESC NULLS LAST", "created_at DESC")

declare(
    Declaration(
        model=models.Person,
        data_kind="Stammdaten",
        subject=(),
        retention="master",
        exported=(
            "salutation",
            "title",
            "given_name",
            "particle",
            "surname",
            "birth_date",
            "language",
            "remark",
            "source",
            "confirmed_on",
            "field_sources",
            "created_at",
        ),
        erasure=Erasure.DELETE,
        merging=Merging.SURVIVE,
        links={"merged_into": Merging.MOVE},
        is_portable=True,
    )
)
declare(
    Declaration(
        model=models.Company,
        data_kind="Stammdaten",
        subject=(),
        retention="master",
        exported=("name", "legal_form", "vat_id", "erp_number", "website", "remark", "source"),
        erasure=Erasure.KEEP,
        merging=Merging.SURVIVE,
        links={"merged_into": Merging.MOVE, "parent": Merging.MOVE},
    )
)
declare(
    Declaration(
        model=models.Employment,
        data_kind="Funktionen",
        subject=("person", "company"),
        retention="master",
        exported=("company", "function", "department", "started_on", "ended_on", "source"),
        erasure=Erasure.DELETE,
        merging=Merging.UNITE,
        uniting=(
            Uniting(
                # who works there today does so once; former roles differ by what they were
                equal=(
                    "person_id",
                    "company_id",
                    "ended_on",
                    "CASE WHEN ended_on IS NOT NULL THEN started_on END",
                    "CASE WHEN ended_on IS NOT NULL THEN function END",
                    "CASE WHEN ended_on IS NOT NULL THEN department END",
                ),
                better=("is_primary DESC", "(function <> '') DESC", *_NEWER),
                singles=(
                    Single(
                        where="is_primary",
                        column="is_primary",
                        otherwise="false",
                        per=("person_id",),
                    ),
                ),
                own=("person_id", "company_id"),
            ),
        ),
        is_portable=True,
    )
)
declare(
    Declaration(
        model=models.ContactPointHolder,
        data_kind="Kontaktwege",
        subject=("person", "company"),
        retention="master",
        exported=(
            "contact_point",
            "label",
            "purpose",
            "status",
            "verified_on",
            "verified_how",
            "source",
        ),
        erasure=Erasure.DELETE,
        merging=Merging.UNITE,
        uniting=(
            Uniting(
                equal=("contact_point_id",),
                better=(
                    "(status <> 'REASSIGNED') DESC",
                    "verified_on DESC NULLS LAST",
                    "is_preferred DESC",
                    *_NEWER,
                ),
                singles=(
                    Single(
                        where="is_preferred",
                        column="is_preferred",
                        otherwise="false",
                        per=(
                            "(SELECT p.kind FROM contacts_contactpoint p"
                            " WHERE p.id = contact_point_id)",
                        ),
                    ),
                ),
                own=("contact_point_id",),
            ),
        ),
        is_portable=True,
    )
)
declare(
    Declaration(
        model=models.ContactPoint,
        data_kind="Kontaktwege",
        subject=("holders__person", "holders__company"),
        retention="master",
        exported=("kind", "display"),
        erasure=Erasure.DELETE,
        merging=Merging.STAY,
        rows=forgetting.points,
        shared=forgetting.are_shared_points,
        spare=forgetting.leave,
        is_portable=True,
    )
)
declare(
    Declaration(
        model=models.Address,
        data_kind="Anschriften",
        subject=("person", "company"),
        retention="master",
        exported=(
            "kind",
            "street",
            "house_number",
            "extra",
            "po_box",
            "postal_code",
            "city",
            "country",
            "valid_from",
            "valid_to",
            "source",
            "confirmed_on",
        ),
        erasure=Erasure.DELETE,
        merging=Merging.UNITE,
        uniting=(
            Uniting(
                equal=("contact_point_id", "kind", "valid_to"),
                better=_NEWER,
                own=("contact_point_id",),
            ),
        ),
        is_portable=True,
    )
)
declare(
    Declaration(
        model=models.ExternalId,
        data_kind="Nummern in anderen Systemen",
        subject=("person", "company"),
        retention="master",
        exported=("system", "value", "source"),
        erasure=Erasure.DELETE,
        merging=Merging.MOVE,
    )
)
declare(
    Declaration(
        model=models.CriterionValue,
        data_kind="Qualifizierungsdaten",
        subject=("person", "company"),
        retention="qualification",
        exported=("criterion", "value", "source", "created_at", "superseded_at"),
        erasure=Erasure.DELETE,
        merging=Merging.UNITE,
        uniting=(
            Uniting(
                equal=("criterion_id", "value", "superseded_at"),
                better=_NEWER,
                singles=(
                    Single(
                        where="superseded_at IS NULL",
                        column="superseded_at",
                        otherwise="%(at)s",
                        per=("criterion_id",),
                        first=("(value IS NOT NULL) DESC", *_NEWER),
                    ),
                ),
                own=("criterion_id", "value"),
                restored=("superseded_at",),
            ),
        ),
        is_portable=True,
    )
)
declare(
    Declaration(
        model=models.ImportRow,
        data_kind="Importprotokoll",
        subject=("person", "company"),
        retention="import",
        exported=("run", "number", "outcome", "reason", "raw"),
        erasure=Erasure.ANONYMISE,
        merging=Merging.MOVE,
        rows=forgetting.import_rows,
        spare=forgetting.empty_import_rows,
    )
)
declare(
    Declaration(
        model=models.ImportRun,
        data_kind="Importdateien",
        subject=("rows__person", "rows__company"),
        retention="import",
        exported=("file_name", "source", "created_at"),
        erasure=Erasure.ANONYMISE,
        merging=Merging.STAY,
        rows=forgetting.import_runs,
        spare=forgetting.drop_import_files,
    )
)
for signature, subject in (
    (models.PersonSignature, "person"),
    (models.CompanySignature, "company"),
):
    declare(
        Declaration(
            model=signature,
            data_kind="Merkmale für den Dublettenabgleich",
            subject=(subject,),
            retention="master",
            exported=(),
            erasure=Erasure.DELETE,
            merging=Merging.STAY,
        )
    )
declare(
    Declaration(
        model=models.PairDecision,
        data_kind="Entscheidungen über Dubletten",
        subject=("first_person", "second_person", "first_company", "second_company"),
        retention="master",
        exported=("verdict", "decided_at", "withdrawn_at"),
        erasure=Erasure.DELETE,
        merging=Merging.UNITE,
        uniting=tuple(
            Uniting(
                # one decision holds for two records; "different" is the cautious one
                equal=("CASE WHEN withdrawn_at IS NULL THEN 0 ELSE id END",),
                better=("(verdict = 'DIFFERENT') DESC", "decided_at DESC"),
                pair=(f"first_{kind}", f"second_{kind}"),
            )
            for kind in ("person", "company")
        ),
        rows=forgetting.decisions,
    )
)
declare(
    Declaration(
        model=models.MergeMember,
        data_kind="Zusammenführungen",
        subject=("person", "company"),
        retention="master",
        exported=("merge", "label", "is_survivor"),
        erasure=Erasure.DELETE,
        merging=Merging.STAY,
        rows=forgetting.merge_members,
    )
)
for journal, path, found, shown in (
    (models.Merge, "members", forgetting.merges, ("merged_at", "reason")),
    (models.MergeEntry, "merge__members", forgetting.merge_entries, ()),
):
    declare(
        Declaration(
            model=journal,
            data_kind="Zusammenführungen",
            subject=(f"{path}__person", f"{path}__company"),
            retention="master",
            exported=shown,
            erasure=Erasure.DELETE,
            merging=Merging.STAY,
            rows=found,
        )
    )
for listed, found, kind, read in (
    (models.MatchName, forgetting.names_of_nobody_else, "Wörterbuch der Namen", ("text",)),
    (models.SavedView, forgetting.views, "gespeicherte Ansichten", ("name", "query")),
):
    declare(
        Declaration(
            model=listed,
            data_kind=kind,
            subject=(),
            retention="master",
            exported=read,
            erasure=Erasure.DELETE,
            merging=Merging.STAY,
            rows=found,
        )
    )
holds_none(models.AutomaticMerging, why="A switch and a threshold.")
holds_none(models.MatchingModel, why="Probabilities.")
holds_none(models.MatchingRun, why="Figures about the batch.")
holds_none(models.MatchingShard, why="Parts of a run; their results go with it.")
holds_none(models.MatchingSnapshot, why="Copies of signatures while a run lasts.")
holds_none(models.SuspectPair, why="Derived from records, gone with them, rewritten by each run.")
holds_none(models.SuspectGroup, why="Derived from records, gone with them, rewritten by each run.")
holds_none(models.Source, why="Names systems and suppliers.")
holds_none(models.Criterion, why="Questions, not answers.")
holds_none(models.CriterionChoice, why="Possible answers, not given ones.")
removing.at_once(
    models.Person, suspect_triggers.NAME, lambda ids: suspect_triggers.forget("PERSON", ids)
)
