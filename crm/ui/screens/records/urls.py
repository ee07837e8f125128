"""Addresses of the pages of persons and companies and of their parts."""

from django.urls import path

from crm.ui.screens.records import (
    answers,
    checks,
    choices,
    identity,
    keeping,
    new_records,
    numbers,
    pages,
    places,
    point_states,
    points,
    removals,
    roles,
    suspects,
)

_ONE = "<records:kind>/<uuid:public_id>"

urlpatterns = [
    path("ansprechpartner/neu/", new_records.person_new, name="person-new"),
    path("firmen/neu/", new_records.company_new, name="company-new"),
    path("ansprechpartner/neu/aehnliche/", suspects.person_suspects, name="person-new-suspects"),
    path("firmen/neu/aehnliche/", suspects.company_suspects, name="company-new-suspects"),
    path("firmen/auswahl/", choices.company_choices, name="company-choices"),
    path("pruefen/<slug:what>/", checks.check, name="record-check"),
    path("ansprechpartner/<uuid:public_id>/", pages.person_detail, name="person-detail"),
    path("firmen/<uuid:public_id>/", pages.company_detail, name="company-detail"),
    path(
        "ansprechpartner/<uuid:public_id>/einwilligungen/", pages.declared, name="person-declared"
    ),
    path(f"{_ONE}/stammdaten/", identity.identity, name="record-identity"),
    path(f"{_ONE}/aehnliche/<slug:part>/", suspects.record_suspects, name="record-suspects"),
    path(f"{_ONE}/bemerkung/", identity.remark, name="record-remark"),
    path(f"{_ONE}/bestaetigen/", keeping.confirm_all, name="record-confirm"),
    path(f"{_ONE}/zustaendigkeit/", keeping.keeper, name="record-keeper"),
    path(f"{_ONE}/wege/neu/", points.point_new, name="record-point-new"),
    path(f"{_ONE}/wege/zurueck/", removals.point_back, name="record-point-back"),
    path(f"{_ONE}/wege/<int:pk>/", points.point, name="record-point"),
    path(f"{_ONE}/wege/<int:pk>/bestaetigen/", point_states.confirm, name="record-point-confirm"),
    path(f"{_ONE}/wege/<int:pk>/geprueft/", point_states.verify, name="record-point-verify"),
    path(f"{_ONE}/wege/<int:pk>/status/", point_states.status, name="record-point-status"),
    path(f"{_ONE}/wege/<int:pk>/vorzug/", point_states.prefer, name="record-point-prefer"),
    path(f"{_ONE}/wege/<int:pk>/entfernen/", removals.point_away, name="record-point-away"),
    path(f"{_ONE}/anschriften/neu/", places.place_new, name="record-place-new"),
    path(f"{_ONE}/anschriften/<int:pk>/", places.place, name="record-place"),
    path(f"{_ONE}/anschriften/<int:pk>/bestaetigen/", places.confirm, name="record-place-confirm"),
    path(f"{_ONE}/anschriften/<int:pk>/ende/", places.end, name="record-place-end"),
    path(f"{_ONE}/rollen/neu/", roles.role_new, name="record-role-new"),
    path(f"{_ONE}/rollen/<int:pk>/", roles.role, name="record-role"),
    path(f"{_ONE}/rollen/<int:pk>/bestaetigen/", roles.confirm, name="record-role-confirm"),
    path(f"{_ONE}/rollen/<int:pk>/ende/", roles.end, name="record-role-end"),
    path(f"{_ONE}/antworten/<slug:code>/", answers.answer, name="record-answer"),
    path(f"{_ONE}/nummern/neu/", numbers.number_new, name="record-number-new"),
    path(f"{_ONE}/nummern/zurueck/", removals.number_back, name="record-number-back"),
    path(f"{_ONE}/nummern/<int:pk>/entfernen/", removals.number_away, name="record-number-away"),
]
