"""Addresses of the administration of accounts."""

from django.urls import path

from crm.ui.screens.administration import roles, teams, users

urlpatterns = [
    path("verwaltung/konten/", users.user_list, name="user-list"),
    path("verwaltung/konten/neu/", users.user_new, name="user-new"),
    path("verwaltung/konten/<uuid:public_id>/", users.user_detail, name="user-detail"),
    path("verwaltung/konten/<uuid:public_id>/name/", users.save_name, name="user-name"),
    path("verwaltung/konten/<uuid:public_id>/rollen/", users.save_roles, name="user-roles"),
    path("verwaltung/konten/<uuid:public_id>/teams/", users.save_teams, name="user-teams"),
    path("verwaltung/konten/<uuid:public_id>/betrieb/", users.save_activity, name="user-activity"),
    path("verwaltung/konten/<uuid:public_id>/verweis/", users.issue_link, name="user-link"),
    path("verwaltung/rollen/", roles.role_list, name="role-list"),
    path("verwaltung/rollen/<str:code>/", roles.save_visibility, name="role-visibility"),
    path("verwaltung/teams/", teams.team_list, name="team-list"),
    path("verwaltung/teams/<uuid:public_id>/", teams.team_edit, name="team-edit"),
]
