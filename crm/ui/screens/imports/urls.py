"""Addresses of imports."""

from django.urls import path

from crm.ui.screens.imports.views import mapping, origin, overview, reading, run, upload

urlpatterns = [
    path("import/", overview.import_list, name="import-list"),
    path("import/neu/", origin.import_new, name="import-new"),
    path("import/neu/datei/", upload.import_upload, name="import-upload"),
    path("import/<uuid:public_id>/", run.import_detail, name="import-detail"),
    path("import/<uuid:public_id>/datei/", reading.import_file, name="import-file"),
    path("import/<uuid:public_id>/zuordnen/", mapping.import_mapping, name="import-mapping"),
    path("import/<uuid:public_id>/uebernehmen/", run.import_start, name="import-start"),
    path("import/<uuid:public_id>/anhalten/", run.import_cancel, name="import-cancel"),
    path("import/<uuid:public_id>/zuruecknehmen/", run.import_revert, name="import-revert"),
    path("import/<uuid:public_id>/verwerfen/", run.import_discard, name="import-discard"),
    path("import/<uuid:public_id>/neue-datei/", upload.import_again, name="import-again"),
    path(
        "import/<uuid:public_id>/zurueckgewiesen.csv",
        run.import_rejected,
        name="import-rejected",
    ),
]
