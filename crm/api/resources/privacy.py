"""``/privacy``: the desk of the data protection officer, as on its screens."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from consent import consents, evidences, recording, ungrounded
from consent.desk import (
    audits,
    coverage,
    dossiers,
    files,
    findings,
    questions,
    receipts,
    reports,
    samples,
    states,
)
from consent.desk.reports import Report
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.api.base import FileView, View, describe
from crm.api.resources.permissions import Before
from crm.api.resources.privacy_shapes import (
    AuditReportInput,
    CoverageSerializer,
    DeskAnswerSerializer,
    DeskQuestionInput,
    DossierInput,
    FindingPageSerializer,
    FindingSerializer,
    FindingsSerializer,
    LatencySerializer,
    LedgerStateSerializer,
    SampleQuery,
    SampleSerializer,
    UngroundedSerializer,
    answers_of,
    asked_of,
    drawn_of,
)
from crm.kernel import clock, errors

TAG = "Privacy desk"
FILES = {
    "application/pdf": OpenApiTypes.BINARY,
    "application/zip": OpenApiTypes.BINARY,
    "text/csv": OpenApiTypes.BINARY,
    "application/json": OpenApiTypes.OBJECT,
}
EVIDENCE = dict.fromkeys(evidences.MEDIA_TYPES, OpenApiTypes.BINARY)


class DeskView(View):
    """What all addresses of the desk share: the role must be allowed to audit."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Check who asks, before anything is read."""
        super().initial(request, *args, **kwargs)
        policy.require(self.user, Permission.CONSENT_AUDIT)

    def asked(self, serializer: type[serializers.Serializer]) -> dict[str, Any]:
        """The validated query; raises what becomes a 400."""
        query = serializer(data=self.request.query_params)
        query.is_valid(raise_exception=True)
        return dict(query.validated_data)


class DeskFileView(DeskView, FileView):
    """An address of the desk that gives a file."""


class Coverage(DeskView):
    """What is covered."""

    @describe(
        tag=TAG,
        returns=CoverageSerializer(many=True),
        refuses=(401, 403),
        operation_id="privacy_coverage",
    )
    def get(self, request: Request) -> Response:
        """Count declarations for each channel and purpose, with the grade of their proof."""
        return Response(CoverageSerializer(coverage.rows(at=clock.now()), many=True).data)


class Questions(DeskView):
    """The question box."""

    @describe(
        tag=TAG,
        body=DeskQuestionInput,
        returns=DeskAnswerSerializer(many=True),
        refuses=(400, 401, 403, 422),
        operation_id="privacy_ask",
    )
    def post(self, request: Request) -> Response:
        """Ask on what basis a value was contacted; nothing is recorded. One answer for each person
        who holds it, as known then and as known now, with the decision that was kept."""
        body = self.read(DeskQuestionInput)
        try:
            found = questions.ask(user=self.user, asked=asked_of(body), now=clock.now())
        except errors.Invalid as refusal:
            raise _named(refusal) from refusal
        told = answers_of(found, body["language"])
        return Response(DeskAnswerSerializer(told, many=True).data)


class Findings(DeskView):
    """What the desk found."""

    @describe(
        tag=TAG, returns=FindingsSerializer, refuses=(401, 403), operation_id="privacy_findings"
    )
    def get(self, request: Request) -> Response:
        """Count what is wrong, the worst first."""
        at = clock.now()
        return Response(
            {
                "latency": LatencySerializer(findings.latency(at=at)).data,
                "results": FindingSerializer(findings.all_of(at=at), many=True).data,
            }
        )


class FindingCases(DeskView):
    """One kind of finding."""

    @describe(
        tag=TAG,
        returns=FindingPageSerializer,
        parameters=[Before],
        operation_id="privacy_finding",
    )
    def get(self, request: Request, kind: str) -> Response:
        """Read the single cases, 50 at once."""
        before = self.asked(Before).get("before", 0)
        found = findings.one(kind, at=clock.now())
        page = found.page(before=before)
        shown = {
            **FindingSerializer(found).data,
            "names": found.names,
            "next": page.older or None,
            "results": page.entries,
        }
        return Response(FindingPageSerializer(shown).data)


class Samples(DeskView):
    """The sample drawer."""

    @describe(
        tag=TAG,
        returns=SampleSerializer,
        parameters=[SampleQuery],
        refuses=(400, 401, 403),
        operation_id="privacy_sample",
    )
    def get(self, request: Request) -> Response:
        """Draw contacts by chance, with all that speaks for each of them."""
        query = self.asked(SampleQuery)
        size = recording.size()
        seed = query.get("seed")
        drawn = samples.draw(
            count=query["count"],
            seed=samples.new_seed() if seed is None else seed,
            size=min(query.get("size", size), size),
        )
        shown = {
            "seed": drawn.seed,
            "size": drawn.size,
            "among": drawn.among,
            "results": [drawn_of(each, query["language"]) for each in drawn.drawn],
        }
        return Response(SampleSerializer(shown).data)


class Dossiers(DeskFileView):
    """The dossier of § 7a UWG."""

    @describe(
        tag=TAG,
        body=DossierInput,
        returns=FILES,
        refuses=(400, 401, 403, 422),
        operation_id="privacy_dossier",
    )
    def post(self, request: Request) -> HttpResponse:
        """Make the dossier of a number or address; the audit log tells it."""
        body = self.read(DossierInput)
        made = dossiers.make(
            actor=self.user, value=body["value"], channel=body["channel"], at=clock.now()
        )
        return _file(made, body["format"])


class AuditReports(DeskFileView):
    """The audit report."""

    @describe(
        tag=TAG,
        body=AuditReportInput,
        returns=FILES,
        refuses=(400, 401, 403),
        operation_id="privacy_report",
    )
    def post(self, request: Request) -> HttpResponse:
        """Make the audit report as things stand now; the audit log tells it."""
        wanted = self.read(AuditReportInput)["format"]
        return _file(audits.make(actor=self.user, at=clock.now()), wanted)


class Receipt(DeskView):
    """One consent as a receipt."""

    @describe(
        tag=TAG,
        returns=OpenApiTypes.OBJECT,
        refuses=(401, 403, 404),
        operation_id="privacy_receipt",
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        """Read a consent as a record after ISO/IEC TS 27560."""
        (found,) = files.of([consents.consent_for(public_id)])
        return Response(receipts.receipt(found))


class EvidenceFile(DeskFileView):
    """One piece of evidence."""

    @describe(
        tag=TAG,
        returns=EVIDENCE,
        refuses=(401, 403, 404),
        operation_id="privacy_evidence",
    )
    def get(self, request: Request, sha256: str) -> FileResponse:
        """Download a piece of evidence by its hash."""
        found = evidences.evidence_for(sha256)
        return FileResponse(
            found.file.open("rb"),
            as_attachment=True,
            filename=evidences.file_name(found),
            content_type=found.media_type,
        )


class LedgerState(DeskView):
    """Whether the ledger is what it was."""

    @describe(
        tag=TAG, returns=LedgerStateSerializer, refuses=(401, 403), operation_id="privacy_ledger"
    )
    def get(self, request: Request) -> Response:
        """Read what the last check found, and the last signed checkpoint."""
        return Response(LedgerStateSerializer(states.state()).data)

    @describe(
        tag=TAG,
        returns=LedgerStateSerializer,
        refuses=(401, 403),
        operation_id="privacy_ledger_check",
    )
    def post(self, request: Request) -> Response:
        """Sign the head and check everything now; the audit log tells what came of it."""
        states.check(actor=self.user, at=clock.now())
        return Response(LedgerStateSerializer(states.state()).data)


class GuardedAnswers(DeskView):
    """Stored answers to guarded criteria that have lost their ground."""

    writing = Permission.CONSENT_MANAGE

    @describe(
        tag=TAG,
        returns=UngroundedSerializer,
        refuses=(401, 403),
        operation_id="privacy_guarded_answers",
    )
    def get(self, request: Request) -> Response:
        """List them, without the answers themselves."""
        return Response(ungrounded.as_json(ungrounded.look(at=clock.now())))

    @describe(
        tag=TAG,
        returns=UngroundedSerializer,
        refuses=(401, 403),
        operation_id="privacy_guarded_answers_take_back",
    )
    def post(self, request: Request) -> Response:
        """Delete them with their history; the audit log tells that they went."""
        outcome = ungrounded.take_back(actor=self.user, at=clock.now())
        return Response(ungrounded.as_json(outcome))


def _named(refusal: errors.Invalid) -> errors.Invalid:
    """The refusal by the names of the body: day and time of the screen are one here."""
    return errors.Invalid(
        {"at" if name == "day" else name: told for name, told in refusal.errors.items()}
    )


def _file(made: Report, wanted: str) -> HttpResponse:
    file = reports.file_of(made, wanted)
    return HttpResponse(
        file.content,
        content_type=file.media_type,
        headers={"Content-Disposition": f'attachment; filename="{file.name}"'},
    )
