"""Addresses below ``/api/v1/``."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerView
from rest_framework.permissions import IsAuthenticated

from crm.api.nowhere import Nowhere
from crm.api.resources import (
    accounts,
    activities,
    appointments,
    audit,
    callers,
    campaigns,
    capture,
    capture_cards,
    categories,
    companies,
    consents,
    criteria,
    cti,
    duplicates,
    events,
    imports,
    leads,
    merging,
    notices,
    opportunities,
    opportunity_parts,
    opportunity_ways,
    orders,
    permissions,
    persons,
    privacy,
    quality,
    record_lists,
    record_parts,
    reports,
    requests,
    search,
    sign_ups,
    sources,
    suspects,
    touchpoints,
)

app_name = "api"


def parts(prefix: str, kind: str) -> list[object]:
    """The addresses of what hangs on a record of one kind."""
    views: list[tuple[str, type[record_parts.PartView], str]] = [
        ("contact-points", record_parts.ContactPoints, "contact-points"),
        ("contact-points/<int:part_id>", record_parts.ContactPointDetail, "contact-point"),
        ("addresses", record_parts.Addresses, "addresses"),
        ("addresses/<int:part_id>", record_parts.AddressDetail, "address"),
        ("external-ids", record_parts.ExternalIds, "external-ids"),
        ("external-ids/<int:part_id>", record_parts.ExternalIdDetail, "external-id"),
        ("qualification/<slug:code>", record_parts.Qualification, "qualification"),
        ("confirmation", record_parts.Confirmation, "confirmation"),
    ]
    return [
        path(f"{prefix}/<uuid:public_id>/{tail}", view.as_view(kind=kind), name=f"{kind}-{name}")
        for tail, view, name in views
    ]


urlpatterns = [
    path(
        "openapi.json",
        SpectacularJSONAPIView.as_view(permission_classes=[IsAuthenticated]),
        name="schema",
    ),
    path(
        "",
        SpectacularSwaggerView.as_view(url_name="api:schema", permission_classes=[IsAuthenticated]),
        name="docs",
    ),
    path("me", accounts.Me.as_view(), name="me"),
    path("users", accounts.Users.as_view(), name="users"),
    path("teams", accounts.Teams.as_view(), name="teams"),
    path("sources", sources.SourceList.as_view(), name="sources"),
    path("sources/<uuid:public_id>", sources.SourceDetail.as_view(), name="source"),
    path("criteria", criteria.CriterionList.as_view(), name="criteria"),
    path("criteria/<slug:code>", criteria.CriterionDetail.as_view(), name="criterion"),
    path("audit", audit.AuditLog.as_view(), name="audit"),
    path("reports/<slug:name>", reports.Reports.as_view(), name="report"),
    path("quality", quality.Quality.as_view(), name="quality"),
    path("touchpoint-categories", categories.Categories.as_view(), name="categories"),
    path("touchpoint-categories/<int:pk>", categories.CategoryDetail.as_view(), name="category"),
    path(
        "contact-files/<uuid:public_id>", touchpoints.TouchpointFile.as_view(), name="contact-file"
    ),
    path("orders", orders.Orders.as_view(), name="orders"),
    path(
        "persons/<uuid:public_id>/orders",
        orders.RecordOrders.as_view(kind="person"),
        name="person-orders",
    ),
    path(
        "companies/<uuid:public_id>/orders",
        orders.RecordOrders.as_view(kind="company"),
        name="company-orders",
    ),
    path("search", search.Search.as_view(), name="search"),
    re_path(r"^callers/?$", callers.Callers.as_view(), name="callers"),
    re_path(r"^cti/events/?$", cti.CallEvents.as_view(), name="cti-events"),
    path("imports", imports.ImportList.as_view(), name="imports"),
    path("imports/uploads", imports.ImportUploads.as_view(), name="import-uploads"),
    path("imports/<uuid:public_id>", imports.ImportDetail.as_view(), name="import"),
    path("imports/<uuid:public_id>/start", imports.ImportStarting.as_view(), name="import-start"),
    path(
        "imports/<uuid:public_id>/cancel", imports.ImportCancelling.as_view(), name="import-cancel"
    ),
    path(
        "imports/<uuid:public_id>/revert", imports.ImportReverting.as_view(), name="import-revert"
    ),
    path("imports/<uuid:public_id>/rows", imports.ImportRows.as_view(), name="import-rows"),
    path("duplicates/groups", duplicates.Groups.as_view(), name="duplicate-groups"),
    path(
        "duplicates/groups/<slug:kind>/<int:number>",
        duplicates.GroupDetail.as_view(),
        name="duplicate-group",
    ),
    path("duplicates/runs", duplicates.Runs.as_view(), name="duplicate-runs"),
    path("duplicates/runs/<uuid:public_id>", duplicates.RunDetail.as_view(), name="duplicate-run"),
    path(
        "duplicates/runs/<uuid:public_id>/cancel",
        duplicates.RunCancelling.as_view(),
        name="duplicate-run-cancel",
    ),
    path("duplicates/decisions", duplicates.Decisions.as_view(), name="duplicate-decisions"),
    path(
        "duplicates/decisions/<uuid:public_id>/withdraw",
        duplicates.DecisionWithdrawing.as_view(),
        name="duplicate-decision-withdraw",
    ),
    path("requests", requests.RequestList.as_view(), name="requests"),
    path("requests/<uuid:public_id>", requests.RequestDetail.as_view(), name="request"),
    path(
        "requests/<uuid:public_id>/identity",
        requests.RequestIdentity.as_view(),
        name="request-identity",
    ),
    path(
        "requests/<uuid:public_id>/extension",
        requests.RequestExtension.as_view(),
        name="request-extension",
    ),
    path(
        "requests/<uuid:public_id>/refusal",
        requests.RequestRefusal.as_view(),
        name="request-refusal",
    ),
    path("requests/<uuid:public_id>/plan", requests.RequestPlan.as_view(), name="request-plan"),
    path(
        "requests/<uuid:public_id>/erasure",
        requests.RequestErasure.as_view(),
        name="request-erasure",
    ),
    path("privacy/coverage", privacy.Coverage.as_view(), name="privacy-coverage"),
    path("privacy/questions", privacy.Questions.as_view(), name="privacy-questions"),
    path("privacy/findings", privacy.Findings.as_view(), name="privacy-findings"),
    path("privacy/findings/<slug:kind>", privacy.FindingCases.as_view(), name="privacy-finding"),
    path("privacy/samples", privacy.Samples.as_view(), name="privacy-samples"),
    path("privacy/dossiers", privacy.Dossiers.as_view(), name="privacy-dossiers"),
    path("privacy/reports", privacy.AuditReports.as_view(), name="privacy-reports"),
    path("privacy/receipts/<uuid:public_id>", privacy.Receipt.as_view(), name="privacy-receipt"),
    path("privacy/evidence/<slug:sha256>", privacy.EvidenceFile.as_view(), name="privacy-evidence"),
    path(
        "privacy/guarded-answers",
        privacy.GuardedAnswers.as_view(),
        name="privacy-guarded-answers",
    ),
    path("privacy/ledger", privacy.LedgerState.as_view(), name="privacy-ledger"),
    path("campaigns", campaigns.CampaignList.as_view(), name="campaigns"),
    path("campaigns/<uuid:public_id>", campaigns.CampaignDetail.as_view(), name="campaign"),
    path(
        "campaigns/<uuid:public_id>/check",
        campaigns.CampaignCheck.as_view(),
        name="campaign-check",
    ),
    path(
        "campaigns/<uuid:public_id>/export",
        campaigns.CampaignExports.as_view(),
        name="campaign-export",
    ),
    path("merges", merging.Merges.as_view(), name="merges"),
    path("merges/preview", merging.Previews.as_view(), name="merge-preview"),
    path("merges/<uuid:public_id>", merging.MergeDetail.as_view(), name="merge"),
    path("merges/<uuid:public_id>/undo", merging.Undoing.as_view(), name="merge-undo"),
    path("merges/<uuid:public_id>/redo", merging.Redoing.as_view(), name="merge-redo"),
    path("opportunities", opportunities.OpportunityList.as_view(), name="opportunities"),
    path("opportunities/pipelines", opportunity_ways.Pipelines.as_view(), name="pipelines"),
    path(
        "opportunities/pipelines/<int:pk>",
        opportunity_ways.PipelineDetail.as_view(),
        name="pipeline",
    ),
    path(
        "opportunities/pipelines/<int:pk>/stages", opportunity_ways.Stages.as_view(), name="stages"
    ),
    path("opportunities/stages/<int:pk>", opportunity_ways.StageDetail.as_view(), name="stage"),
    path(
        "opportunities/close-reasons", opportunity_ways.CloseReasons.as_view(), name="close-reasons"
    ),
    path(
        "opportunities/close-reasons/<int:pk>",
        opportunity_ways.CloseReasonDetail.as_view(),
        name="close-reason",
    ),
    path(
        "opportunities/<uuid:public_id>",
        opportunities.OpportunityDetail.as_view(),
        name="opportunity",
    ),
    *(
        path(f"opportunities/<uuid:public_id>/{act}", view.as_view(), name=f"opportunity-{act}")
        for act, view in (
            ("move", opportunities.OpportunityMoving),
            ("win", opportunities.OpportunityWinning),
            ("lose", opportunities.OpportunityLosing),
            ("reopen", opportunities.OpportunityReopening),
        )
    ),
    path(
        "opportunities/<uuid:public_id>/stakeholders",
        opportunity_parts.Stakeholders.as_view(),
        name="stakeholders",
    ),
    path(
        "opportunities/<uuid:public_id>/stakeholders/<int:part_id>",
        opportunity_parts.StakeholderDetail.as_view(),
        name="stakeholder",
    ),
    path(
        "opportunities/<uuid:public_id>/competitors",
        opportunity_parts.Competitors.as_view(),
        name="competitors",
    ),
    path(
        "opportunities/<uuid:public_id>/competitors/<int:part_id>",
        opportunity_parts.CompetitorDetail.as_view(),
        name="competitor",
    ),
    path("touchpoints", touchpoints.Touchpoints.as_view(), name="touchpoints"),
    path("touchpoints/<uuid:public_id>", touchpoints.TouchpointDetail.as_view(), name="touchpoint"),
    path(
        "touchpoints/<uuid:public_id>/correct",
        touchpoints.Correcting.as_view(),
        name="touchpoint-correct",
    ),
    *(
        path(
            f"{prefix}/<uuid:public_id>/touchpoints",
            touchpoints.Line.as_view(kind=kind),
            name=f"{kind}-line",
        )
        for prefix, kind in (
            ("persons", "person"),
            ("companies", "company"),
            ("opportunities", "opportunity"),
        )
    ),
    path("persons", record_lists.PersonList.as_view(), name="persons"),
    path(
        "persons/conditions",
        record_lists.Conditions.as_view(name=record_lists.ListName.PERSONS),
        name="person-conditions",
    ),
    path("persons/suspects", suspects.PersonSuspects.as_view(), name="person-suspects"),
    path("persons/<uuid:public_id>", persons.PersonDetail.as_view(), name="person"),
    *parts("persons", "person"),
    path(
        "persons/<uuid:public_id>/permissions",
        permissions.Permissions.as_view(),
        name="person-permissions",
    ),
    path(
        "persons/<uuid:public_id>/permissions/ask",
        permissions.Asking.as_view(),
        name="person-permission-ask",
    ),
    path(
        "persons/<uuid:public_id>/consent-history",
        permissions.ConsentHistory.as_view(),
        name="person-consent-history",
    ),
    path(
        "persons/<uuid:public_id>/employments",
        record_parts.Employments.as_view(),
        name="person-employments",
    ),
    path(
        "persons/<uuid:public_id>/employments/<int:part_id>",
        record_parts.EmploymentDetail.as_view(),
        name="person-employment",
    ),
    path("persons/<uuid:public_id>/consents", consents.Consents.as_view(), name="consents"),
    path(
        "persons/<uuid:public_id>/consents/withdrawals",
        consents.Withdrawals.as_view(),
        name="consent-withdrawals",
    ),
    path(
        "persons/<uuid:public_id>/consents/objections",
        consents.Objections.as_view(),
        name="consent-objections",
    ),
    path(
        "persons/<uuid:public_id>/consents/requests",
        consents.OptInRequests.as_view(),
        name="consent-requests",
    ),
    path(
        "persons/<uuid:public_id>/notices",
        notices.PersonNotices.as_view(),
        name="person-notices",
    ),
    path(
        "persons/<uuid:public_id>/notices/due",
        notices.PersonNoticeDue.as_view(),
        name="person-notice-due",
    ),
    path("notices", notices.Notices.as_view(), name="notices"),
    path("notices/tasks", notices.NoticeTasks.as_view(), name="notice-tasks"),
    path("sign-up-forms", sign_ups.SignUpForms.as_view(), name="sign-up-forms"),
    path("sign-up-forms/<slug:code>", sign_ups.SignUpFormDetail.as_view(), name="sign-up-form"),
    path("consents/imports", consents.ConsentImports.as_view(), name="consent-imports"),
    path("companies", record_lists.CompanyList.as_view(), name="companies"),
    path(
        "companies/conditions",
        record_lists.Conditions.as_view(name=record_lists.ListName.COMPANIES),
        name="company-conditions",
    ),
    path("companies/suspects", suspects.CompanySuspects.as_view(), name="company-suspects"),
    path("companies/<uuid:public_id>", companies.CompanyDetail.as_view(), name="company"),
    *parts("companies", "company"),
    path("activities", activities.ActivityList.as_view(), name="activities"),
    path("activities/<uuid:public_id>", activities.ActivityDetail.as_view(), name="activity"),
    *(
        path(f"activities/<uuid:public_id>/{act}", view.as_view(), name=f"activity-{act}")
        for act, view in (
            ("complete", activities.ActivityCompleting),
            ("reopen", activities.ActivityReopening),
            ("postpone", activities.ActivityPostponing),
            ("cancel", activities.ActivityCancelling),
            ("hand-over", activities.ActivityHandingOver),
        )
    ),
    path("appointments", appointments.Appointments.as_view(), name="appointments"),
    path("appointments/kinds", appointments.AppointmentKinds.as_view(), name="appointment-kinds"),
    path("appointments/slots", appointments.FreeSlots.as_view(), name="appointment-slots"),
    path("appointments/script", appointments.Script.as_view(), name="appointment-script"),
    path(
        "appointments/<uuid:public_id>",
        appointments.AppointmentDetail.as_view(),
        name="appointment",
    ),
    path(
        "appointments/<uuid:public_id>/move",
        appointments.AppointmentMoving.as_view(),
        name="appointment-move",
    ),
    path(
        "appointments/<uuid:public_id>/cancel",
        appointments.AppointmentCancelling.as_view(),
        name="appointment-cancel",
    ),
    path("events", events.EventList.as_view(), name="events"),
    path("events/<uuid:public_id>", events.EventDetail.as_view(), name="event"),
    path("events/<uuid:public_id>/close", events.EventClosing.as_view(), name="event-close"),
    path("events/<uuid:public_id>/reopen", events.EventReopening.as_view(), name="event-reopen"),
    path(
        "events/<uuid:public_id>/figures", events.EventFiguresView.as_view(), name="event-figures"
    ),
    path("leads", leads.LeadList.as_view(), name="leads"),
    path("leads/<uuid:public_id>", leads.LeadDetail.as_view(), name="lead"),
    *(
        path(f"leads/<uuid:public_id>/{act}", view.as_view(), name=f"lead-{act}")
        for act, view in (
            ("take-over", leads.LeadTakingOver),
            ("drop", leads.LeadDropping),
            ("take-up", leads.LeadTakingUp),
            ("merge", leads.LeadJoining),
        )
    ),
    path("capture/events/", capture.CaptureEvents.as_view(), name="capture-events"),
    path("capture/devices/", capture.CaptureDevices.as_view(), name="capture-devices"),
    path(
        "capture/devices/<uuid:public_id>/",
        capture.CaptureDeviceDetail.as_view(),
        name="capture-device",
    ),
    path("capture/cards/", capture_cards.CaptureCards.as_view(), name="capture-cards"),
    path("capture/kit/", capture.Kit.as_view(), name="capture-kit"),
    path("capture/known/", capture.Known.as_view(), name="capture-known"),
    path("capture/leads/<uuid:client_id>/", capture.Lead.as_view(), name="capture-lead"),
    path(
        "capture/leads/<uuid:client_id>/files/<slug:sha256>/",
        capture.LeadFilePiece.as_view(),
        name="capture-lead-file",
    ),
    path("<path:rest>", Nowhere.as_view(), name="nowhere"),
]
