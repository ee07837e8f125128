"""What the public pages say, in German, English and plain German (einfache Sprache).

Plain German was written by us and not tried by its readers, so it is not called "Leichte Sprache".
"""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SAYINGS: Final[dict[str, str | Promise]] = {
    "confirm_title": _("Einwilligung bestätigen"),
    "confirm_lead": _(
        "Für diese Adresse wurde die folgende Einwilligung angefordert. Sie gilt erst, wenn Sie "
        "sie hier bestätigen."
    ),
    "confirm_button": _("Ja, ich bestätige"),
    "confirm_else": _(
        "Wenn Sie das nicht angefordert haben, schließen Sie diese Seite einfach. Dann geschieht "
        "nichts."
    ),
    "code_title": _("Code eingeben"),
    "code_lead": _("Wir haben einen Code mit sechs Ziffern per SMS gesendet, an"),
    "code_label": _("Code aus der SMS"),
    "code_button": _("Code bestätigen"),
    "code_wrong": _("Dieser Code stimmt nicht. Bitte prüfen Sie die SMS."),
    "granted_title": _("Vielen Dank, das ist bestätigt"),
    "granted": _("Ihre Einwilligung gilt jetzt."),
    "expired_title": _("Diese Anfrage ist abgelaufen"),
    "expired": _(
        "Es gilt keine Einwilligung. Wenn Sie sie geben möchten, fordern Sie sie bitte neu an."
    ),
    "locked_title": _("Zu viele falsche Codes"),
    "locked": _(
        "Dieser Code ist gesperrt, es gilt keine Einwilligung. Bitte fordern Sie sie neu an."
    ),
    "withdrawn_title": _("Diese Einwilligung ist widerrufen"),
    "withdrawn": _("Sie bleibt widerrufen, auch wenn der Verweis noch einmal geöffnet wird."),
    "unknown_title": _("Dieser Verweis gilt nicht"),
    "unknown": _(
        "Er ist abgelaufen oder unvollständig. Bitte öffnen Sie ihn noch einmal aus der "
        "Nachricht, ganz und unverändert."
    ),
    "refused_title": _("Das ging nicht"),
    "refused": _("Es hat sich nichts geändert."),
    "too_many_title": _("Zu viele Versuche"),
    "too_many": _("Bitte warten Sie eine Viertelstunde und versuchen Sie es dann noch einmal."),
    "asked_title": _("Sehen Sie in Ihr Postfach"),
    "asked": _(
        "Wenn wir diese Adresse kennen, liegt dort gleich eine E‑Mail mit dem Verweis zu Ihren "
        "Einstellungen."
    ),
    "ask_title": _("Einstellungen zu Werbung"),
    "ask_lead": _(
        "Geben Sie Ihre E‑Mail-Adresse ein. Wir senden Ihnen den Verweis, mit dem Sie "
        "Einwilligungen ansehen, widerrufen und geben können."
    ),
    "ask_button": _("Verweis senden"),
    "settings_title": _("Ihre Einwilligungen"),
    "settings_lead": _(
        "Hier sehen Sie, was Sie uns erlaubt haben. Was Sie ändern, gilt sofort, ohne Gründe und "
        "ohne Anmeldung."
    ),
    "has_title": _("Das haben Sie erlaubt"),
    "has_none": _("Sie haben uns nichts erlaubt."),
    "withdraw": _("Widerrufen"),
    "withdraw_all": _("Alles widerrufen"),
    "object": _("Keine Werbung mehr"),
    "object_lead": _(
        "Sie können aller Werbung widersprechen, auch der per Post. Nachrichten zu Verträgen und "
        "Terminen bekommen Sie weiterhin."
    ),
    "objected": _("Sie haben aller Werbung widersprochen. Daran halten wir uns."),
    "pending": _("wartet auf Ihre Bestätigung"),
    "offer_title": _("Das können Sie erlauben"),
    "offer_lead": _("Freiwillig, jeder Weg für sich. Ein Nein hat keine Nachteile."),
    "give": _("Ja, ich willige ein"),
    "done_withdrawn": _("Ist widerrufen und gilt ab sofort."),
    "done_objected": _("Wir senden Ihnen keine Werbung mehr, ab sofort."),
    "done_given": _("Ihre Einwilligung gilt jetzt."),
    "done_waiting": _("Fast fertig: Bitte bestätigen Sie es noch über die Nachricht, die kommt."),
    "appointment_title": _("Ihr Termin"),
    "appointment_other": _("Lieber zu einer anderen Zeit?"),
    "appointment_move": _("Termin verschieben"),
    "appointment_none": _(
        "In den nächsten Wochen ist keine andere Zeit frei. Bitte rufen Sie uns an."
    ),
    "appointment_not": _("Sie können gar nicht?"),
    "appointment_not_lead": _("Sagen Sie ab, dann ist die Zeit frei für andere. Ohne Gründe."),
    "appointment_cancel": _("Termin absagen"),
    "appointment_moved": _("Ihr Termin ist verschoben. Jetzt gilt die Zeit, die hier steht."),
    "appointment_cancelled": _("Ihr Termin ist abgesagt. Danke für die Nachricht."),
    "appointment_gone": _("Dieser Termin ist abgesagt."),
    "appointment_over": _("Dieser Termin hat schon begonnen und lässt sich nicht mehr ändern."),
    "firm": _("Wer verantwortlich ist, und wo Sie sich beschweren können"),
    "no_cookies": _("Diese Seite setzt keine Cookies und lädt nichts von Dritten."),
}
PLAIN: Final[dict[str, str]] = {
    "confirm_title": "Bitte sagen Sie Ja",
    "confirm_lead": "Jemand hat Ihre Adresse eingetragen. Waren Sie das? Dann lesen Sie bitte den "
    "Text. Der Text gilt erst, wenn Sie hier Ja sagen.",
    "confirm_button": "Ja, ich bin einverstanden",
    "confirm_else": "Waren Sie das nicht? Dann machen Sie nichts. Dann passiert auch nichts.",
    "code_title": "Bitte geben Sie die Zahl ein",
    "code_lead": "Sie haben eine SMS bekommen. In der SMS steht eine Zahl. Die SMS ging an",
    "code_label": "Die Zahl aus der SMS",
    "code_button": "Fertig",
    "code_wrong": "Die Zahl ist falsch. Bitte sehen Sie noch einmal in die SMS.",
    "granted_title": "Danke",
    "granted": "Sie haben Ja gesagt. Das gilt jetzt.",
    "expired_title": "Zu spät",
    "expired": "Die Zeit ist vorbei. Ihr Ja gilt nicht. Sie können es noch einmal versuchen.",
    "locked_title": "Zu oft falsch",
    "locked": "Die Zahl war 5 Mal falsch. Ihr Ja gilt nicht. Bitte fangen Sie neu an.",
    "withdrawn_title": "Sie haben Nein gesagt",
    "withdrawn": "Das Nein gilt weiter.",
    "unknown_title": "Die Seite geht nicht",
    "unknown": "Die Adresse ist alt oder es fehlt etwas. Bitte klicken Sie noch einmal in der "
    "E-Mail.",
    "refused_title": "Das ging nicht",
    "refused": "Es ist alles so wie vorher.",
    "too_many_title": "Bitte warten",
    "too_many": "Sie haben es zu oft versucht. Bitte warten Sie 15 Minuten.",
    "asked_title": "Bitte sehen Sie in Ihre E-Mails",
    "asked": "Kennen wir Ihre Adresse? Dann bekommen Sie gleich eine E-Mail.",
    "ask_title": "Werbung: Ja oder Nein",
    "ask_lead": "Schreiben Sie Ihre E-Mail-Adresse auf. Sie bekommen dann eine E-Mail. Damit "
    "können Sie Ja oder Nein sagen.",
    "ask_button": "E-Mail schicken",
    "settings_title": "Werbung: Ja oder Nein",
    "settings_lead": "Hier steht: Das haben Sie uns erlaubt. Sie können es ändern. Das gilt "
    "sofort. Sie müssen nicht sagen, warum.",
    "has_title": "Das dürfen wir",
    "has_none": "Wir dürfen keine Werbung schicken.",
    "withdraw": "Nein, nicht mehr",
    "withdraw_all": "Nein zu allem",
    "object": "Keine Werbung mehr",
    "object_lead": "Sie wollen gar keine Werbung? Auch keine Briefe? Dann klicken Sie hier. "
    "Briefe zu Ihrem Vertrag kommen trotzdem.",
    "objected": "Sie wollen keine Werbung. Das wissen wir.",
    "pending": "Sie müssen noch Ja sagen",
    "offer_title": "Das können Sie erlauben",
    "offer_lead": "Sie müssen nicht. Ein Nein ist auch gut.",
    "give": "Ja, ich bin einverstanden",
    "done_withdrawn": "Wir machen das nicht mehr. Das gilt ab jetzt.",
    "done_objected": "Sie bekommen keine Werbung mehr. Das gilt ab jetzt.",
    "done_given": "Sie haben Ja gesagt. Das gilt jetzt.",
    "done_waiting": "Fast fertig. Sie bekommen eine Nachricht. Bitte sagen Sie dort noch Ja.",
    "appointment_title": "Ihr Termin",
    "appointment_other": "Passt die Zeit nicht? Hier sind andere Zeiten:",
    "appointment_move": "Diese Zeit nehmen",
    "appointment_none": "Es gibt keine andere Zeit. Bitte rufen Sie uns an.",
    "appointment_not": "Sie können nicht kommen?",
    "appointment_not_lead": "Dann sagen Sie bitte ab. Sie müssen nicht sagen, warum.",
    "appointment_cancel": "Ich sage ab",
    "appointment_moved": "Fertig. Die neue Zeit steht hier.",
    "appointment_cancelled": "Fertig. Sie haben abgesagt. Danke.",
    "appointment_gone": "Der Termin ist abgesagt.",
    "appointment_over": "Der Termin hat schon angefangen. Sie können ihn nicht mehr ändern.",
    "firm": "Wer wir sind, und wo Sie sich beschweren können",
    "no_cookies": "Diese Seite merkt sich nichts über Sie.",
}


class Words:
    """``words.confirm_title`` in a template, ``words|…`` never: unknown names are errors."""

    def __init__(self, *, plain: bool) -> None:
        self._plain = plain

    def __getitem__(self, name: str) -> str:
        return PLAIN[name] if self._plain else str(SAYINGS[name])
