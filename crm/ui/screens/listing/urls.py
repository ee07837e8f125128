"""Addresses of the lists."""

from django.urls import URLPattern, path

from contacts.listing import ListName
from crm.ui.screens.listing import exports, saving, selections, views


def _list(path_: str, prefix: str, name: ListName) -> list[URLPattern]:
    given = {"name": name}
    return [
        path(f"{path_}/", views.show, given, name=f"{prefix}-list"),
        path(f"{path_}/anzahlen/", views.counts, given, name=f"{prefix}-counts"),
        path(f"{path_}/ansichten/", saving.save, given, name=f"{prefix}-view-save"),
        path(
            f"{path_}/ansichten/<uuid:public_id>/sichern/",
            saving.overwrite,
            given,
            name=f"{prefix}-view-overwrite",
        ),
        path(
            f"{path_}/ansichten/<uuid:public_id>/loeschen/",
            saving.remove,
            given,
            name=f"{prefix}-view-remove",
        ),
        path(f"{path_}/ausleiten/", exports.export, given, name=f"{prefix}-export"),
        path(f"{path_}/zuweisen/", selections.assign, given, name=f"{prefix}-assign"),
        path(f"{path_}/bestaetigen/", selections.confirm, given, name=f"{prefix}-confirm"),
        path(f"{path_}/zusammenfuehren/", selections.merge, given, name=f"{prefix}-merge"),
        path(f"{path_}/einordnen/", selections.answer, given, name=f"{prefix}-answer"),
    ]


urlpatterns = [
    *_list("ansprechpartner", "person", ListName.PERSONS),
    *_list("firmen", "company", ListName.COMPANIES),
]
