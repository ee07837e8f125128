"""Who reaches what: every address of screens and API, asked by everybody.

An address without a row fails the test, and so does a method of the API. All objects belong to
the team of the five users; a write sends what a form sends that nobody filled in, and is taken
back at once. 404 for what lies outside of one's sight is tested in test_unseen_records.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from consent import campaigns, controllers, links, starters
from consent.models import NoticeRecipient
from consent.requests import cases
from contacts import (
    addresses,
    companies,
    contact_points,
    criteria,
    employments,
    external_ids,
    merging,
    persons,
    saved_views,
    sources,
)
from contacts.duplicates import decisions
from contacts.importing import imports
from contacts.listing import ListName, ListQuery
from contacts.models import ContactPointHolder, MatchingKind, PairDecision
from crm.accounts import tokens
from crm.accounts.models import RoleCode
from crm.kernel import clock
from history import activities, categories, telephony, touchpoints
from history.appointments import booking, kinds, slots, weeks
from history.appointments import links as appointment_links
from history.attachments import Upload
from history.commerce import takeovers
from history.fairs import devices, visitor_links
from history.fairs import starters as fair_starters
from history.models import Call, CloseReason, Event, LeadFile, StoredFile
from history.opportunities import competitors, deals, stakeholders
from tests import fair_cast, notice_cast
from tests.crm.suspects import made_results, suspected

ROLES = (
    RoleCode.SALES,
    RoleCode.SERVICE,
    RoleCode.TEAM_LEAD,
    RoleCode.PRIVACY,
    RoleCode.ADMIN,
)
PARTS = 6  # in which the table is asked, so that processes share what takes longer than all else
# method and name; the objects of the address in its order (or the words themselves); the status
# for nobody, sales, service, team lead, privacy, administration
TABLE = """
GET api:schema                                                          401 200 200 200 200 200
GET api:docs                                                            401 200 200 200 200 200
GET api:me                                                              401 200 200 200 200 200
GET api:users                                                           401 200 200 200 200 200
GET api:teams                                                           401 200 200 200 200 200
GET api:sources                                                         401 200 200 200 200 200
POST api:sources                                                        401 403 403 400 403 400
GET api:source                       source                             401 200 200 200 200 200
PATCH api:source                     source                             401 403 403 200 403 200
GET api:criteria                                                        401 200 200 200 200 200
POST api:criteria                                                       401 403 403 403 403 400
PATCH api:criterion                  budget                             401 403 403 403 403 200
GET api:campaigns                                                       401 403 403 200 200 200
POST api:campaigns                                                      401 403 403 400 403 400
GET api:campaign                     campaign                           401 403 403 404 200 200
POST api:campaign-check              campaign                           401 403 403 404 403 403
POST api:campaign-export             campaign                           401 403 403 404 403 403
GET api:requests                                                        401 403 403 403 200 200
POST api:requests                                                       401 400 400 400 400 400
GET api:request                      request                            401 403 403 403 200 200
POST api:request-identity            request                            401 403 403 403 400 400
POST api:request-extension           request                            401 403 403 403 400 400
POST api:request-refusal             request                            401 403 403 403 400 400
GET api:request-plan                 request                            401 403 403 403 200 200
POST api:request-erasure             request                            401 403 403 403 400 400
GET api:sign-up-forms                                                   401 200 200 200 200 200
POST api:sign-up-form                newsletter                         401 400 400 400 400 400
PATCH api:sign-up-form               newsletter                         401 403 403 403 400 400
GET api:audit                                                           401 403 403 403 200 200
GET api:opportunities                                                   401 200 200 200 403 200
POST api:opportunities                                                  401 400 400 400 403 400
GET api:pipelines                                                       401 200 200 200 403 200
POST api:pipelines                                                      401 403 403 400 403 400
PATCH api:pipeline               pipeline                               401 403 403 200 403 200
POST api:stages                  pipeline                               401 403 403 400 403 400
PATCH api:stage                  stage                                  401 403 403 200 403 200
DELETE api:stage                 stage                                  401 403 403 409 403 409
GET api:close-reasons                                                   401 200 200 200 403 200
POST api:close-reasons                                                  401 403 403 400 403 400
PATCH api:close-reason           close_reason                           401 403 403 200 403 200
GET api:opportunity                  deal                               401 200 200 200 403 200
PATCH api:opportunity                deal                               401 200 200 200 403 200
POST api:opportunity-move            deal                               401 400 400 400 403 400
POST api:opportunity-win             deal                               401 400 400 400 403 400
POST api:opportunity-lose            deal                               401 400 400 400 403 400
POST api:opportunity-reopen          deal                               401 200 200 200 403 200
POST api:stakeholders                deal                               401 400 400 400 403 400
PATCH api:stakeholder                deal stakeholder                   401 200 200 200 403 200
DELETE api:stakeholder               deal stakeholder                   401 204 204 204 403 204
POST api:competitors                 deal                               401 400 400 400 403 400
PATCH api:competitor                 deal competitor                    401 200 200 200 403 200
DELETE api:competitor                deal competitor                    401 204 204 204 403 204
POST api:touchpoints                                                    401 400 400 400 403 400
GET api:touchpoint                   contact                            401 200 200 200 200 200
POST api:touchpoint-correct          contact                            401 200 200 200 403 200
GET api:person-line                  person                             401 200 200 200 200 200
GET api:company-line                 company                            401 200 200 200 200 200
GET api:opportunity-line             deal                               401 200 200 200 404 200
GET api:report                       follow-ups                         401 403 403 200 403 200
GET api:events                                                          401 200 200 200 200 200
POST api:events                                                         401 403 403 400 403 400
GET api:event                        event                              401 200 200 200 200 200
PATCH api:event                      event                              401 403 403 200 403 200
DELETE api:event                     event                              401 403 403 409 403 409
POST api:event-close                 event                              401 403 403 200 403 200
POST api:event-reopen                event                              401 403 403 200 403 200
GET api:event-figures                event                              401 200 200 200 200 200
GET api:leads                                                           401 400 400 400 400 400
GET api:lead                         lead                               401 200 200 200 200 200
PATCH api:lead                       lead                               401 200 200 200 403 200
POST api:lead-take-over              lead                               401 200 200 200 403 200
POST api:lead-drop                   lead                               401 400 400 400 403 400
POST api:lead-take-up                lead                               401 200 200 200 403 200
POST api:lead-merge                  lead                               401 400 400 400 403 400
GET api:categories                                                      401 200 200 200 200 200
POST api:categories                                                     401 403 403 400 403 400
PATCH api:category               category                               401 403 403 200 403 200
GET api:contact-file             file                                   401 200 200 200 200 200
POST api:orders                                                         401 403 403 400 403 400
GET api:person-orders                person                             401 200 200 200 200 200
GET api:company-orders               company                            401 200 200 200 200 200
GET api:quality                                                         401 200 200 200 200 200
GET api:appointment-kinds                                               401 200 200 200 403 200
GET api:appointment-slots                                               401 400 400 400 403 400
GET api:appointment-script                                              401 200 200 200 403 200
POST api:appointments                                                   401 400 400 400 403 400
GET api:appointment                  agreed                             401 200 200 200 200 200
POST api:appointment-move            agreed                             401 400 400 400 403 400
POST api:appointment-cancel          agreed                             401 200 200 200 403 200
GET api:capture-events                                                  401 200 200 200 403 200
POST api:capture-devices                                                401 400 400 400 403 400
DELETE api:capture-device            capture_device                     401 404 404 204 404 204
POST api:capture-cards                                                  401 400 400 400 403 400
GET api:capture-kit                                                     401 401 401 401 401 401
GET api:capture-known                                                   401 401 401 401 401 401
GET api:capture-lead                 person                             401 401 401 401 401 401
PUT api:capture-lead                 person                             401 401 401 401 401 401
PATCH api:capture-lead-file          person x                           401 401 401 401 401 401
GET api:callers                                                         401 400 400 400 400 400
POST api:cti-events                                                     401 401 401 401 401 401
GET api:search                                                          401 400 400 400 400 400
GET api:imports                                                         401 403 403 200 403 200
POST api:import-uploads                                                 401 403 403 400 403 400
GET api:import                       run                                401 403 403 200 403 200
PATCH api:import                     run                                401 403 403 200 403 200
DELETE api:import                    run                                401 403 403 204 403 204
POST api:import-start                run                                401 403 403 202 403 202
POST api:import-cancel               run                                401 403 403 422 403 422
POST api:import-revert               run                                401 403 403 422 403 422
GET api:import-rows                  run                                401 403 403 200 403 200
GET api:duplicate-groups                                                401 200 200 200 200 200
GET api:duplicate-group              persons 1                          401 200 200 200 200 200
GET api:duplicate-runs                                                  401 403 403 200 403 200
POST api:duplicate-runs                                                 401 403 403 400 403 400
GET api:duplicate-run                matching_run                       401 403 403 200 403 200
POST api:duplicate-run-cancel        matching_run                       401 403 403 422 403 422
GET api:duplicate-decisions                                             401 200 200 200 200 200
POST api:duplicate-decisions                                            401 400 400 400 403 400
POST api:duplicate-decision-withdraw decision                           401 200 200 200 403 200
GET api:merges                                                          401 200 200 200 403 200
POST api:merges                                                         401 400 400 400 403 400
POST api:merge-preview                                                  401 400 400 400 403 400
GET api:merge                        merge                              401 200 200 200 403 200
GET api:merge-undo                   merge                              401 200 200 200 403 200
POST api:merge-undo                  merge                              401 200 200 200 403 200
POST api:merge-redo                  merge                              401 409 409 409 403 409
GET api:persons                                                         401 200 200 200 200 200
POST api:persons                                                        401 400 400 400 403 400
POST api:person-suspects                                                401 200 200 200 403 200
GET api:person-conditions                                               401 200 200 200 200 200
GET api:person                       person                             401 200 200 200 200 200
PATCH api:person                     person                             401 200 200 200 403 200
POST api:person-contact-points       person                             401 400 400 400 403 400
PATCH api:person-contact-point       person point                       401 200 200 200 403 200
DELETE api:person-contact-point      person point                       401 204 204 204 403 204
POST api:person-addresses            person                             401 400 400 400 403 400
PATCH api:person-address             person address                     401 200 200 200 403 200
POST api:person-external-ids         person                             401 400 400 400 403 400
DELETE api:person-external-id        person number                      401 204 204 204 403 204
PUT api:person-qualification         person budget                      401 400 400 400 403 400
POST api:person-confirmation         person                             401 204 204 204 403 204
GET api:person-permissions           person                             401 200 200 200 200 200
POST api:person-permission-ask       person                             401 400 400 400 400 400
GET api:person-consent-history       person                             401 200 200 200 200 200
POST api:person-employments          person                             401 400 400 400 403 400
PATCH api:person-employment          person employment                  401 200 200 200 403 200
GET api:consents                     person                             401 200 200 200 200 200
POST api:consents                    person                             401 400 400 400 400 400
POST api:consent-withdrawals         person                             401 400 400 400 400 400
POST api:consent-objections          person                             401 400 400 400 400 400
POST api:consent-requests            person                             401 400 400 400 400 400
GET api:notices                                                         401 200 200 200 200 200
GET api:notice-tasks                                                    401 403 403 403 200 200
GET api:person-notices               person                             401 200 200 200 200 200
POST api:person-notices              person                             401 400 400 400 400 400
GET api:person-notice-due            person                             401 400 400 400 400 400
POST api:consent-imports                                                401 403 403 403 400 400
GET api:companies                                                       401 200 200 200 200 200
POST api:companies                                                      401 400 400 400 403 400
POST api:company-suspects                                               401 200 200 200 403 200
GET api:company-conditions                                              401 200 200 200 200 200
GET api:company                      company                            401 200 200 200 200 200
PATCH api:company                    company                            401 200 200 200 403 200
POST api:company-contact-points      company                            401 400 400 400 403 400
PATCH api:company-contact-point      company company_point              401 200 200 200 403 200
DELETE api:company-contact-point     company company_point              401 204 204 204 403 204
POST api:company-addresses           company                            401 400 400 400 403 400
PATCH api:company-address            company company_address            401 200 200 200 403 200
POST api:company-external-ids        company                            401 400 400 400 403 400
DELETE api:company-external-id       company company_number             401 204 204 204 403 204
PUT api:company-qualification        company branche                    401 400 400 400 403 400
POST api:company-confirmation        company                            401 204 204 204 403 204
GET api:activities                                                      401 200 200 200 200 200
POST api:activities                                                     401 400 400 400 403 400
GET api:activity                     activity                           401 200 200 200 200 200
PATCH api:activity                   activity                           401 200 200 200 403 200
POST api:activity-complete           activity                           401 200 200 200 403 200
POST api:activity-reopen             activity                           401 200 200 200 403 200
POST api:activity-postpone           activity                           401 400 400 400 403 400
POST api:activity-cancel             activity                           401 200 200 200 403 200
POST api:activity-hand-over          activity                           401 400 400 400 403 400
GET api:nowhere                      x                                  401 404 404 404 404 404
GET account                                                             302 200 200 200 200 200
POST account-name                                                       302 422 422 422 422 422
POST account-preferences                                                302 422 422 422 422 422
POST account-theme                                                      302 303 303 303 303 303
POST account-password                                                   302 422 422 422 422 422
POST api-key-new                                                        302 422 422 422 422 422
POST api-key-revoke                  api_key                            302 404 404 404 404 404
GET keys                                                                302 200 200 200 200 200
GET user-list                                                           302 403 403 403 403 200
GET user-new                                                            302 403 403 403 403 200
GET user-detail                      admin                              302 403 403 403 403 200
POST user-name                       admin                              302 403 403 403 403 422
POST user-roles                      admin                              302 403 403 403 403 422
POST user-teams                      admin                              302 403 403 403 403 303
POST user-activity                   admin                              302 403 403 403 403 303
POST user-link                       admin                              302 403 403 403 403 303
GET role-list                                                           302 403 403 403 403 200
POST role-visibility                 SALES                              302 403 403 403 403 303
GET team-list                                                           302 403 403 403 403 200
GET team-edit                        team                               302 403 403 403 403 200
GET audit-log                                                           302 403 403 403 200 200
POST audit-export                                                       302 403 403 403 200 200
GET consent-text-list                                                   302 403 403 403 200 200
GET consent-text-new                                                    302 403 403 403 200 200
POST consent-text-new                                                   302 403 403 403 422 422
POST consent-text-start                                                 302 403 403 403 303 303
GET consent-text                     consent_text                       302 403 403 403 200 200
GET consent-text-next                consent_text                       302 403 403 403 200 200
POST consent-text-publish            consent_text                       302 403 403 403 303 303
POST consent-text-retire             consent_text                       302 403 403 403 409 409
POST consent-text-form               consent_text                       302 403 403 403 303 303
GET sign-up-list                                                        302 403 403 403 200 200
GET sign-up                          x                                  404 404 404 404 404 404
POST sign-up                         x                                  404 404 404 404 404 404
GET criterion-list                                                      302 403 403 403 403 200
GET criterion-new                                                       302 403 403 403 403 200
GET criterion-edit                   budget                             302 403 403 403 403 200
POST criterion-activity              budget                             302 403 403 403 403 303
GET deal-board                                                          302 200 200 200 403 200
GET deal-list                                                           302 200 200 200 403 200
POST deal-export                                                        302 403 403 200 403 200
GET deal-new                                                            302 200 200 200 403 200
POST deal-new                                                           302 422 422 422 403 422
GET deal-person-choices                                                 302 200 200 200 200 200
GET deal                             deal                               302 200 200 200 403 200
GET deal-head                        deal                               302 200 200 200 403 200
POST deal-head                       deal                               302 422 422 422 403 422
GET deal-need                        deal                               302 200 200 200 403 200
POST deal-need                       deal                               302 303 303 303 403 303
GET deal-keeper                      deal                               302 403 403 200 403 200
POST deal-keeper                     deal                               302 403 403 422 403 422
GET deal-move                        deal                               302 200 200 200 403 200
POST deal-move                       deal                               302 422 422 422 403 422
POST deal-reopen                     deal                               302 303 303 303 403 303
GET stakeholder-new                  deal                               302 200 200 200 403 200
POST stakeholder-new                 deal                               302 422 422 422 403 422
GET stakeholder                      deal stakeholder                   302 200 200 200 403 200
POST stakeholder                     deal stakeholder                   302 303 303 303 403 303
POST stakeholder-away                deal stakeholder                   302 303 303 303 403 303
GET competitor-new                   deal                               302 200 200 200 403 200
POST competitor-new                  deal                               302 422 422 422 403 422
GET competitor                       deal competitor                    302 200 200 200 403 200
POST competitor                      deal competitor                    302 422 422 422 403 422
POST competitor-away                 deal competitor                    302 303 303 303 403 303
GET deal-dossier                     deal                               302 200 200 200 403 200
GET deal-dossier-pdf                 deal                               302 200 200 200 403 200
GET pipeline-list                                                       302 403 403 200 403 200
GET pipeline-new                                                        302 403 403 200 403 200
POST pipeline-new                                                       302 403 403 422 403 422
GET pipeline-edit                    pipeline                           302 403 403 200 403 200
POST pipeline-edit                   pipeline                           302 403 403 422 403 422
GET stage-new                        pipeline                           302 403 403 200 403 200
POST stage-new                       pipeline                           302 403 403 422 403 422
GET stage-edit                       stage                              302 403 403 200 403 200
POST stage-edit                      stage                              302 403 403 422 403 422
POST stage-away                      stage                              302 403 403 303 403 303
GET reason-new                                                          302 403 403 200 403 200
POST reason-new                                                         302 403 403 422 403 422
GET reason-edit                      close_reason                       302 403 403 200 403 200
POST reason-edit                     close_reason                       302 403 403 422 403 422
GET duplicate-list                                                      302 200 200 200 200 200
GET duplicate-list-of                firmen                             302 200 200 200 200 200
GET duplicate-group                  ansprechpartner 1                  302 200 200 200 200 200
GET duplicate-compare                ansprechpartner                    302 409 409 409 403 409
POST duplicate-merge                 ansprechpartner                    302 409 409 409 403 409
POST duplicate-apart                 ansprechpartner                    302 422 422 422 403 422
POST duplicate-later                 ansprechpartner 1                  302 303 303 303 303 303
GET duplicate-bulk                   ansprechpartner                    302 200 200 200 403 200
POST decision-undo                   decision                           302 409 409 409 403 409
POST settling-undo                   merge                              302 303 303 303 403 303
GET record-merge                     ansprechpartner person             302 200 200 200 403 200
GET merge-list                                                          302 200 200 200 403 200
GET merge-undo                       merge                              302 200 200 200 403 200
POST merge-redo                      merge                              302 409 409 409 403 409
POST merge-day-undo                  2026-03-17                         302 403 403 403 403 303
GET merge-automation                                                    302 403 403 403 403 200
GET duplicate-record                 ansprechpartner person             302 200 200 200 200 200
POST duplicate-decide                ansprechpartner person twin        302 422 422 422 403 422
GET decision-list                                                       302 200 200 200 200 200
POST decision-withdraw               decision                           302 303 303 303 403 303
GET matching-run-list                                                   302 403 403 200 403 200
POST matching-run-list                                                  302 403 403 422 403 422
GET matching-run                     matching_run                       302 403 403 200 403 200
POST matching-cancel                 matching_run                       302 403 403 409 403 409
GET matching-model                                                      302 403 403 403 403 200
GET matching-model-of                firmen                             302 403 403 403 403 200
GET fair-app                                                            200 200 200 200 200 200
GET fair-app-worker                                                     200 200 200 200 200 200
GET fair-app-manifest                                                   200 200 200 200 200 200
GET fair-app-session                                                    200 200 200 200 200 200
GET health-alive                                                        200 200 200 200 200 200
GET health-ready                                                        200 200 200 200 200 200
GET import-list                                                         302 403 403 200 403 200
GET import-new                                                          302 403 403 200 403 200
GET import-upload                                                       302 403 403 404 403 404
GET import-detail                    run                                302 403 403 302 403 302
GET import-file                      run                                302 403 403 200 403 200
GET import-mapping                   run                                302 403 403 200 403 200
POST import-start                    run                                302 403 403 303 403 303
POST import-cancel                   run                                302 403 403 409 403 409
GET import-revert                    run                                302 403 403 200 403 200
POST import-discard                  run                                302 403 403 303 403 303
GET import-again                     run                                302 403 403 200 403 200
GET import-rejected                  run                                302 403 403 200 403 200
GET person-list                                                         302 200 200 200 200 200
GET person-counts                                                       302 200 200 200 200 200
POST person-view-save                                                   302 422 422 422 422 422
POST person-view-overwrite           person_view                        302 403 403 403 403 403
POST person-view-remove              person_view                        302 403 403 403 403 403
POST person-export                                                      302 403 403 200 200 200
POST person-assign                                                      302 403 403 200 403 200
POST person-merge                                                         302 303 303 303 403 303
POST person-confirm                                                     302 200 200 200 403 200
POST person-answer                                                      302 200 200 200 403 200
GET company-list                                                        302 200 200 200 200 200
GET company-counts                                                      302 200 200 200 200 200
POST company-view-save                                                  302 422 422 422 422 422
POST company-view-overwrite          company_view                       302 403 403 403 403 403
POST company-view-remove             company_view                       302 403 403 403 403 403
POST company-export                                                     302 403 403 200 200 200
POST company-assign                                                     302 403 403 200 403 200
POST company-merge                                                        302 303 303 303 403 303
POST company-confirm                                                    302 200 200 200 403 200
POST company-answer                                                     302 200 200 200 403 200
GET login                                                               200 302 302 302 302 302
GET optin-confirm                    x                                  404 404 404 404 404 404
POST optin-confirm                   x                                  404 404 404 404 404 404
GET optin-code                       person                             404 404 404 404 404 404
GET fair-visitor                     token                              200 200 200 200 200 200
POST fair-visitor                    token                              200 200 200 200 200 200
GET fair-poster                      person                             302 404 404 404 404 404
GET preferences-ask                                                     200 200 200 200 200 200
GET preferences                      signed                             200 200 200 200 200 200
GET unsubscribe                      signed                             302 302 302 302 302 302
POST unsubscribe                     signed                             200 200 200 200 200 200
GET person-notices                   person                             302 200 200 200 200 200
POST person-notices                  person                             302 422 422 422 422 422
GET notices-left                                                        302 403 403 403 200 200
GET notice-list                                                         302 403 403 403 200 200
POST notice-start                                                       302 403 403 403 303 303
GET notice-controller                                                   302 403 403 403 200 200
POST notice-controller                                                  302 403 403 403 422 422
GET notice-recipient-new                                                302 403 403 403 200 200
POST notice-recipient-new                                               302 403 403 403 422 422
GET notice-recipient                 recipient                          302 403 403 403 200 200
POST notice-recipient-drop           recipient                          302 403 403 403 303 303
GET notice-purpose                   appointment                        302 403 403 403 200 200
POST notice-purpose                  appointment                        302 403 403 403 303 303
POST notice-draft                    appointment                        302 403 403 403 303 303
GET notice-edit                      notice                             302 403 403 403 200 200
GET notice-item                      notice de 13-1-a                   302 403 403 403 200 200
POST notice-item                     notice de 13-1-a                   302 403 403 403 422 422
POST notice-publish                  notice                             302 403 403 403 409 409
GET notice                           appointment                        200 200 200 200 200 200
GET notice-of                        appointment controller             200 200 200 200 200 200
GET notice-version                   notice                             200 200 200 200 200 200
GET notice-pdf                       notice                             200 200 200 200 200 200
GET consent-record                   person papier                      302 200 200 200 200 200
POST consent-record                  person papier                      302 422 422 422 422 422
GET consent-end                      person                             302 200 200 200 200 200
POST consent-end                     person                             302 422 422 422 422 422
GET logout                                                              302 200 200 200 200 200
GET set-language                                                        302 302 302 302 302 302
GET password-forgotten                                                  200 200 200 200 200 200
GET password-sent                                                       200 200 200 200 200 200
GET password-new                     MQ x-y                             200 200 200 200 200 200
GET quality                                                             302 200 200 200 200 200
GET quality-settled                                                     302 200 200 200 200 200
GET person-new                                                          302 200 200 200 403 200
GET company-new                                                         302 200 200 200 403 200
GET company-choices                                                     302 200 200 200 200 200
POST person-new-suspects                                                302 200 200 200 403 200
POST company-new-suspects                                               302 200 200 200 403 200
POST record-suspects                 ansprechpartner person weg         302 200 200 200 403 200
POST record-check                    contact-point                      302 200 200 200 200 200
GET person-declared                  person                             302 200 200 200 200 200
GET person-detail                    person                             302 200 200 200 200 200
GET company-detail                   company                            302 200 200 200 200 200
GET record-identity                  ansprechpartner person             302 200 200 200 403 200
GET record-remark                    ansprechpartner person             302 200 200 200 403 200
POST record-confirm                  ansprechpartner person             302 303 303 303 403 303
GET record-keeper                    ansprechpartner person             302 403 403 200 403 200
GET record-point-new                 ansprechpartner person             302 200 200 200 403 200
POST record-point-back               ansprechpartner person             302 409 409 409 403 409
GET record-point                     ansprechpartner person point       302 200 200 200 403 200
POST record-point-confirm            ansprechpartner person point       302 303 303 303 403 303
GET record-point-verify              ansprechpartner person point       302 200 200 200 403 200
POST record-point-status             ansprechpartner person point       302 422 422 422 403 422
POST record-point-prefer             ansprechpartner person point       302 303 303 303 403 303
POST record-point-away               ansprechpartner person point       302 303 303 303 403 303
GET record-place-new                 ansprechpartner person             302 200 200 200 403 200
GET record-place                     ansprechpartner person address     302 200 200 200 403 200
POST record-place-confirm            ansprechpartner person address     302 303 303 303 403 303
POST record-place-end                ansprechpartner person address     302 303 303 303 403 303
GET record-role-new                  ansprechpartner person             302 200 200 200 403 200
GET record-role                      ansprechpartner person employment  302 200 200 200 403 200
POST record-role-confirm             ansprechpartner person employment  302 303 303 303 403 303
POST record-role-end                 ansprechpartner person employment  302 303 303 303 403 303
GET record-answer                    ansprechpartner person budget      302 200 200 200 403 200
GET record-number-new                ansprechpartner person             302 200 200 200 403 200
POST record-number-back              ansprechpartner person             302 409 409 409 403 409
POST record-number-away              ansprechpartner person number      302 303 303 303 403 303
GET api:privacy-coverage                                                401 403 403 403 200 200
POST api:privacy-questions                                              401 403 403 403 400 400
GET api:privacy-findings                                                401 403 403 403 200 200
GET api:privacy-finding              stale                              401 403 403 403 200 200
GET api:privacy-samples                                                 401 403 403 403 200 200
POST api:privacy-dossiers                                               401 403 403 403 400 400
POST api:privacy-reports                                                401 403 403 403 200 200
GET api:privacy-receipt              person                             401 403 403 403 404 404
GET api:privacy-evidence             stale                              401 403 403 403 404 404
GET api:privacy-guarded-answers                                         401 403 403 403 200 200
POST api:privacy-guarded-answers                                        401 403 403 403 200 200
GET api:privacy-ledger                                                  401 403 403 403 200 200
POST api:privacy-ledger                                                 401 403 403 403 200 200
GET privacy-desk                                                        302 403 403 403 200 200
GET privacy-finding                  stale                              302 403 403 403 200 200
GET privacy-sample                                                      302 403 403 403 200 200
GET privacy-answers                                                     302 403 403 403 200 200
POST privacy-take-back                                                  302 403 403 403 303 303
GET privacy-import                                                      302 403 403 403 200 200
POST privacy-import                                                     302 403 403 403 422 422
POST privacy-verify                                                     302 403 403 403 303 303
POST privacy-dossier                                                    302 403 403 403 404 404
POST privacy-report                                                     302 403 403 403 200 200
GET privacy-receipt                  person                             302 403 403 403 404 404
GET privacy-evidence                 stale                              302 403 403 403 404 404
GET search                                                              302 200 200 200 200 200
GET source-list                                                         302 403 403 200 403 200
GET source-new                                                          302 403 403 200 403 200
GET source-edit                      source                             302 403 403 200 403 200
POST source-activity                 source                             302 403 403 303 403 303
GET styleguide                                                          302 200 200 200 200 200
GET root                                                                302 302 302 302 302 302
GET retention                                                           302 403 403 403 200 200
GET retention-period                 books                              302 403 403 403 200 200
POST retention-period                books                              302 403 403 403 422 422
POST retention-preview                                                  302 403 403 403 303 303
POST retention-record                                                   302 403 403 403 200 200
GET request-list                                                        302 403 403 403 200 200
GET request-new                                                         302 200 200 200 200 200
POST request-new                                                        302 422 422 422 422 422
GET request                          request                            302 403 403 403 200 200
POST request-ask                     request                            302 403 403 403 422 422
POST request-identify                request                            302 403 403 403 422 422
POST request-extend                  request                            302 403 403 403 422 422
POST request-refuse                  request                            302 403 403 403 422 422
POST request-answer                  request                            302 403 403 403 422 422
POST request-lift                    request                            302 403 403 403 422 422
POST request-erase                   request                            302 403 403 403 422 422
POST request-package                 request                            302 403 403 403 409 409
GET request-letter                   request received                   302 403 403 403 200 200
GET campaign-list                                                       302 403 403 200 200 200
GET campaign-new                                                        302 403 403 200 403 200
POST campaign-new                                                       302 403 403 422 403 422
GET campaign                         campaign                           302 403 403 404 200 200
POST campaign-check                  campaign                           302 403 403 404 403 403
POST campaign-export                 campaign                           302 403 403 404 403 403
POST campaign-remove                 campaign                           302 403 403 404 403 403
GET line                             ansprechpartner person             302 200 200 200 200 200
GET line-record                      ansprechpartner person             302 200 200 200 403 200
POST line-record                     ansprechpartner person             302 422 422 422 403 422
POST line-pin                        ansprechpartner person contact     302 303 303 303 403 303
GET contact                          contact                            302 200 200 200 200 200
GET contact-correct                  contact                            302 200 200 200 403 200
GET contact-file                     file                               302 200 200 200 200 200
GET takeover-list                                                       302 403 403 200 403 200
GET takeover-new                                                        302 403 403 200 403 200
POST takeover-new                                                       302 403 403 422 403 422
GET takeover                         takeover                           302 403 403 404 403 302
GET takeover-columns                 takeover                           302 403 403 404 403 200
GET takeover-refused                 takeover                           302 403 403 404 403 200
POST takeover-retry                                                     302 403 403 303 403 303
GET event-list                                                          302 200 200 200 200 200
GET event-new                                                           302 403 403 200 403 200
POST event-new                                                          302 403 403 422 403 422
GET event                            event                              302 200 200 200 200 200
POST lead-export                     event                              302 403 403 200 200 200
GET event-figures                    event                              302 200 200 200 200 200
GET event-devices                    event                              302 200 200 200 200 200
POST event-devices                   event                              302 404 404 404 404 404
GET event-edit                       event                              302 403 403 200 403 200
POST event-edit                      event                              302 403 403 422 403 422
POST event-close                     event                              302 403 403 303 403 303
POST event-reopen                    event                              302 403 403 303 403 303
POST event-remove                    event                              302 403 403 303 403 303
GET question-list                    event                              302 403 403 200 403 200
GET question-new                     event                              302 403 403 200 403 200
POST question-new                    event                              302 403 403 422 403 422
GET question-edit                    event 0                            302 403 403 200 403 200
POST question-edit                   event 0                            302 403 403 422 403 422
POST question-up                     event 1                            302 403 403 303 403 303
POST question-away                   event 0                            302 403 403 303 403 303
GET lead                             lead                               302 200 200 200 200 200
GET lead-next                        lead                               302 302 302 302 302 302
GET lead-edit                        lead                               302 200 200 200 403 200
POST lead-edit                       lead                               302 303 303 303 403 303
POST lead-proposal                   lead                               302 404 404 404 403 404
GET lead-take-over                   lead                               302 200 200 200 403 200
POST lead-take-over                  lead                               302 422 422 422 403 422
GET lead-drop                        lead                               302 200 200 200 403 200
POST lead-drop                       lead                               302 422 422 422 403 422
POST lead-take-up                    lead                               302 303 303 303 403 303
POST lead-join                       lead                               302 404 404 404 403 404
GET lead-file                        lead lead_file                     302 200 200 200 200 200
GET category-list                                                       302 403 403 200 403 200
GET category-new                                                        302 403 403 200 403 200
POST category-new                                                       302 403 403 422 403 422
GET category-edit                category                               302 403 403 200 403 200
POST category-edit               category                               302 403 403 422 403 422
GET report-home                                                         302 403 403 302 403 302
GET report                           verkaufschancen                    302 403 403 200 403 200
POST report-export                   verkaufschancen                    302 403 403 200 403 200
GET order-history                    ansprechpartner person             302 200 200 200 200 200
GET today                                                               302 200 200 200 200 200
GET activity-list                                                       302 200 200 200 200 200
GET activity-new                                                        302 200 200 200 403 200
POST activity-new                                                       302 422 422 422 403 422
GET activity-pot                                                        302 200 200 200 200 200
GET activity-team                                                       302 403 403 200 403 200
GET activity-substitute                                                 302 200 200 200 403 200
POST activity-substitute                                                302 422 422 422 403 422
GET activity-edit                    activity                           302 200 200 200 403 200
POST activity-edit                   activity                           302 422 422 422 403 422
POST activity-complete               activity                           302 303 303 303 403 303
POST activity-reopen                 activity                           302 303 303 303 403 303
POST activity-postpone               activity                           302 303 303 303 403 303
POST activity-cancel                 activity                           302 303 303 303 403 303
GET calendar                                                            302 200 200 200 200 200
GET calendar-feed                                                       302 200 200 200 200 200
POST calendar-feed-new                                                  302 200 200 200 200 200
POST calendar-feed-revoke                                               302 303 303 303 303 303
GET calendar-feed-file               x                                  404 404 404 404 404 404
GET call-look-up                                                        302 200 200 200 200 200
GET call-stream                                                         302 204 204 204 204 204
GET call-card                        call                               302 404 404 404 404 404
POST call-dial                                                          302 404 404 404 403 404
POST call-opening                                                       302 303 303 303 303 303
GET appointment-call                                                    302 200 200 200 403 200
POST appointment-call                                                   302 422 422 422 403 422
POST appointment-suspects                                               302 200 200 200 403 200
GET appointment                      agreed                             302 200 200 200 200 200
POST appointment-move                agreed                             302 422 422 422 403 422
POST appointment-cancel              agreed                             302 303 303 303 403 303
POST appointment-posted              agreed                             302 303 303 303 403 303
GET working-week                                                        302 200 200 200 403 200
POST working-week                                                       302 303 303 303 403 303
POST absence-new                                                        302 422 422 422 403 422
GET working-week-of                  admin                              302 403 403 200 403 200
POST working-week-of                 admin                              302 403 403 303 403 303
POST absence-new-of                  admin                              302 403 403 422 403 422
POST absence-remove                  absence                            302 404 404 303 403 303
GET appointment-kinds                                                   302 403 403 200 403 200
POST appointment-kinds                                                  302 403 403 422 403 422
GET appointment-kind                 appointment_kind                   302 403 403 200 403 200
POST appointment-kind                appointment_kind                   302 403 403 422 403 422
GET appointment-public               agreed_signed                      200 200 200 200 200 200
POST appointment-public              agreed_signed                      422 422 422 422 422 422
GET telephone-system-list                                               302 403 403 403 403 200
POST telephone-system-list                                              302 403 403 403 403 422
GET telephone-system                 telephones                         302 403 403 403 403 200
POST telephone-system-renew          telephones                         302 403 403 403 403 200
POST telephone-system-activity       telephones                         302 403 403 403 403 303
POST extension-new                   telephones                         302 403 403 403 403 422
POST extension-away                  telephones extension               302 403 403 403 403 303
"""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    method: str
    name: str
    objects: tuple[str, ...]
    statuses: tuple[int, ...]


def rows() -> list[Row]:
    found = []
    for line in TABLE.strip().splitlines():
        method, name, *rest = line.split()
        found.append(Row(method, name, tuple(rest[:-6]), tuple(map(int, rest[-6:]))))
    return found


def addresses_of(patterns: Any, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Name and pattern of every address there is."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", pattern
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from addresses_of(pattern.url_patterns, namespace + inner)


def methods_of(pattern: URLPattern) -> set[str]:
    """What a view of the API can do."""
    view: Any = getattr(pattern.callback, "cls", None)
    known = ("GET", "POST", "PUT", "PATCH", "DELETE")
    return {method for method in known if hasattr(view, method.lower())}


def test_every_address_is_in_the_table() -> None:
    told = {(row.method, row.name) for row in rows()}
    for name, pattern in addresses_of(get_resolver().url_patterns):
        assert pattern.name, pattern
        if name.startswith("api:"):
            assert {m for m, told_name in told if told_name == name} == methods_of(pattern), name
        else:
            assert any(told_name == name for _method, told_name in told), name


@pytest.fixture
def cast(make_user, team, source, admin, at, settings, tmp_path) -> dict[str, Any]:
    """One of everything, by the words of the table."""
    settings.MEDIA_ROOT, settings.CHECKPOINT_DIR = tmp_path, tmp_path / "checkpoints"
    cache.clear()  # nobody has tried links yet
    known: dict[str, Any] = {"actor": admin, "source": source, "at": at}
    place = {"street": "Am Speicher 14", "postal_code": "10997", "city": "Berlin"}
    company = companies.create(values={"name": "Havelberg GmbH"}, team=team, **known)
    person = persons.create(values={"surname": "Maier"}, team=team, **known)
    role = employments.add(person=person, company=company, values={}, **known)
    parts: dict[str, int | str] = {"employment": role.pk}
    for record, prefix in ((person, ""), (company, "company_")):
        point = contact_points.add(record=record, kind="EMAIL", value="m@h.example", **known)
        parts[f"{prefix}point"] = point.pk
        parts[f"{prefix}address"] = addresses.add(record=record, values=place, **known).pk
        number = external_ids.add(record=record, system="ERP", value="1", **known)
        parts[f"{prefix}number"] = number.pk
    for label, subject in (("Budget", "PERSON"), ("Branche", "COMPANY")):
        criteria.create(actor=admin, label=label, subject=subject, type="TEXT", at=at)
    views = {
        name: saved_views.save(
            actor=admin, list_name=name, name="Alle", query=ListQuery(), is_shared=True, at=at
        )
        for name in ListName
    }
    run = imports.upload(
        actor=admin, file=BytesIO(b"Nachname\nMaier\n"), file_name="l.csv", source=source,
        team=team, at=at,
    )  # fmt: skip
    twin = persons.create(values={"surname": "Mayer"}, team=team, **known)
    matching_run = made_results(at)[MatchingKind.PERSON]
    suspected(matching_run, [person, twin])
    decision = decisions.decide(
        actor=admin, first=person, second=twin, verdict=PairDecision.Verdict.SAME, at=at
    )
    thrice = persons.create(values={"surname": "Mayr"}, team=team, **known)
    fourth = persons.create(values={"surname": "Mayr"}, team=team, **known)
    merge = merging.merge(actor=admin, survivor=thrice, others=[fourth], at=at)
    contact = touchpoints.record(
        actor=admin, channel="EMAIL", happened_at=at, persons=[(person, "PARTNER")],
        files=[Upload(name="a.txt", content=b"a")], at=at,
    )  # fmt: skip
    key, _secret = tokens.create(actor=admin, user=admin, name="Webformular", at=at)
    device = device_of(admin)
    lead = lead_of(device, admin, team)
    named = {
        "company": company,
        "person": person,
        "run": run,
        "admin": admin,
        "team": team,
        "source": source,
        "api_key": key,
        "campaign": campaigns.create(
            actor=admin, name="Frühjahr", query="", channel="email", purpose="newsletter", at=at
        ),
        "consent_text": starters.create(actor=None, controller=controllers.default(), at=at)[0],
        "controller": controllers.default(),
        "notice": notice_cast.published(at),
        "recipient": NoticeRecipient.objects.get(),
        "person_view": views[ListName.PERSONS],
        "company_view": views[ListName.COMPANIES],
        "twin": twin,
        "matching_run": matching_run,
        "decision": decision,
        "merge": merge,
        "contact": contact,
        "file": contact.attachments.get(),
        **telephony_of(admin, at),
        "capture_device": device,
        "event": device.event,
        "lead": lead,
        "lead_file": lead.files.get(),
    }
    deal = deals.create(
        actor=admin, values={"title": "Halle 3", "company": company}, team=team, at=at
    )
    say = stakeholders.add(actor=admin, opportunity=deal, person=person, values={}, at=at)
    rival = competitors.add(actor=admin, opportunity=deal, values={"name": "Lumitrax"}, at=at)
    reason = CloseReason.objects.filter(state="LOST")[0]
    parts |= {
        "stakeholder": say.pk,
        "competitor": rival.pk,
        "pipeline": deal.pipeline_id,
        "stage": deal.stage_id,
        "close_reason": reason.pk,
        "category": categories.create(actor=admin, name="Beratung", at=at).pk,
    }
    named["deal"] = deal
    named["takeover"] = takeovers.upload(
        actor=admin, kind="ORDERS", file=BytesIO(b"Auftrag;Datum\n"), file_name="a.csv", at=at
    )
    named["request"] = cases.receive(
        actor=admin, article="17", channel="EMAIL", person=person, received_at=at, at=at
    )
    named["activity"] = activities.plan(
        actor=admin, values={"subject": "Nachfassen", "due_at": clock.now(), "team": team},
        at=clock.now(),
    )  # fmt: skip
    agreed = agreed_with(person, admin)
    named |= {
        "agreed": agreed,
        "appointment_kind": agreed.kind,
        "absence": weeks.add_absence(
            actor=admin, user=admin, first_on=clock.today(), last_on=clock.today(), at=clock.now()
        ),
    }
    parts["agreed_signed"] = appointment_links.sign(agreed)
    mailbox = ContactPointHolder.objects.get(pk=parts["point"]).contact_point
    parts["token"] = visitor_links.make(
        device=device,
        client_id=uuid4(),
        device_at=clock.now(),
        values={"name": "Hans Mayer"},
    )
    parts["signed"] = links.sign(links.Key(person, mailbox, controllers.default()))
    return {**parts, **{word: made.public_id for word, made in named.items()}}


def agreed_with(person: Any, admin: Any) -> Any:
    """The first free time of the administration."""
    kind, now = kinds.active()[0], clock.now()
    free = slots.next_ones(kind=kind, around=now, at=now, employee=admin)[0]
    return booking.book(
        actor=admin, person=person, kind=kind, employee=admin, starts_at=free.starts_at, at=now
    )


def device_of(admin: Any) -> Any:
    """A device of the administration at a fair that takes place today."""
    now, today = clock.now(), clock.today()
    fair = Event.objects.create(
        name="Raumlicht",
        starts_on=today,
        ends_on=today,
        delete_on=today + timedelta(days=90),
        controller=controllers.default(),
        source=sources.create(actor=None, kind="FAIR", name="Raumlicht", at=now),
        created_at=now,
        updated_at=now,
        form=fair_starters.form().stored(),
        follow_up=fair_starters.follow_up(),
    )
    return devices.register(actor=admin, event=fair, name="Tablet", at=now)[0]


def lead_of(device: Any, admin: Any, team: Any) -> Any:
    """A slip of a visitor whom everybody sees, with a photo."""
    lead = fair_cast.slip(device.event, by=admin, at=clock.now())
    lead.person.team = team
    lead.person.save()
    stored = StoredFile(sha256="0" * 64, media_type="image/png", size=1, created_at=clock.now())
    stored.file.save("karte.png", ContentFile(b"x"))
    LeadFile.objects.create(
        lead=lead, kind="CARD", name="karte.png", sha256="0" * 64, size=1, received=1, stored=stored
    )
    return lead


def telephony_of(admin: Any, at: Any) -> dict[str, Any]:
    """A system with an extension, and a call that the administration took."""
    system, _secret = telephony.create(actor=admin, name="sipgate", format="SIPGATE", at=at)
    extension = telephony.add_extension(
        actor=admin, system=system, user=admin, provider_id="w0", at=at
    )
    call = Call.objects.create(system=system, call_id="1", agent=admin, changed_at=at)
    return {"telephones": system, "extension": extension, "call": call}


@pytest.fixture
def everybody(make_user, team) -> list[Client]:
    """A browser without a log-in, then one for each role."""
    clients = [Client()]
    for role in ROLES:
        user = make_user(role, teams=[team])
        clients.append(Client())
        clients[-1].force_login(user)
        for event in Event.objects.all():
            event.team.add(user)
    return clients


@pytest.mark.parametrize("part", range(PARTS))
def test_everybody_reaches_what_the_table_says(cast, everybody, part: int) -> None:
    wrong = []
    for row in rows()[part::PARTS]:
        url = reverse(row.name, args=[cast.get(word, word) for word in row.objects])
        kind = "application/json" if row.name.startswith("api:") else "text/plain"
        found = tuple(status_of(client, row.method, url, kind) for client in everybody)
        if found != row.statuses:
            wrong.append(f"{row.method} {row.name}: {found} instead of {row.statuses}")
    assert wrong == [], "\n".join(wrong)


def status_of(client: Client, method: str, url: str, content_type: str) -> int:
    with transaction.atomic():
        answer = client.generic(method, url, content_type=content_type)
        transaction.set_rollback(True)
    return answer.status_code
