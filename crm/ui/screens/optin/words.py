"""What the public pages say, in German, English and plain German (einfache Sprache).

Plain German was written by us and not tried by its readers, so it is not called "Leichte Sprache".
"""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consent.optin import renewing

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
    "code_sent_again": _("Ein neuer Code ist unterwegs. Der alte gilt nicht mehr."),
    "again_lead": _("Keine SMS angekommen?"),
    "again_sms_code": _("Neuen Code senden"),
    "again_email_link": _("Neuen Verweis senden"),
    **{f"again_{why}": sentence for why, sentence in renewing.SAID.items()},
    "again_SUPPRESSED": _("Dorthin senden wir keine Nachrichten mehr: Das wurde so gewünscht."),
    "again_FAILED": _(
        "Die Nachricht konnte nicht gesendet werden. Bitte versuchen Sie es später noch einmal."
    ),
    "sent_again_title": _("Sehen Sie in Ihr Postfach"),
    "sent_again": _(
        "Eine neue E‑Mail mit einem neuen Verweis ist unterwegs. Eine weitere senden wir nicht."
    ),
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
    "visitor_hello": _("Guten Tag"),
    "visitor_ask": _("Dürfen wir uns bei Ihnen melden? Sie entscheiden für jeden Weg einzeln."),
    "visitor_check": _("Prüfzeichen"),
    "visitor_check_why": _("Am Stand steht neben dem Code dasselbe."),
    "visitor_name": _("Ihr Name"),
    "visitor_email": _("Ihre E‑Mail-Adresse"),
    "visitor_mobile": _("Ihre Mobilnummer"),
    "visitor_phone": _("Ihre Festnetznummer"),
    "visitor_company_name": _("Ihre Firma"),
    "visitor_wrong": _("Eine Angabe stimmt nicht"),
    "visitor_take": _("Angaben übernehmen"),
    "visitor_none": _("Noch ist nichts gewählt. Was Sie wählen, steht hier im genauen Wortlaut."),
    "visitor_chosen": _("Angekreuzt:"),
    "visitor_landline": _(
        "Festnetz kann keinen Code empfangen. Dafür unterschreiben Sie bitte am Stand den Zettel."
    ),
    "visitor_proof": _(
        "Danach senden wir Ihnen an jede Adresse einen Verweis und an jede Nummer einen Code. Erst "
        "wenn Sie damit bestätigen, gilt Ihr Ja."
    ),
    "visitor_withdraw": _(
        "Sie können jederzeit widerrufen, ohne Gründe und so leicht wie Sie zustimmen: auf dieser "
        "Seite, über den Verweis in jeder Nachricht"
    ),
    "visitor_yes": _("Ja, ich willige ein"),
    "visitor_no": _("Nein, bitte keine Werbung"),
    "visitor_free": _(
        "Ein Nein hat keine Nachteile. Ihre Anfrage vom Stand beantworten wir in jedem Fall."
    ),
    "visitor_nothing": _(
        "Zurzeit fragen wir hier um keine Einwilligung. Ihre Anfrage vom Stand beantworten wir in "
        "jedem Fall."
    ),
    "visitor_stored": _("Was wir über Sie speichern"),
    "visitor_stored_lead": _("Am Stand wurde notiert:"),
    "visitor_stored_more": _(
        "Dazu Notizen zum Gespräch. Wofür wir das brauchen, wie lange wir es speichern und welche "
        "Rechte Sie haben, steht in den Datenschutzhinweisen."
    ),
    "visitor_notice": _("Datenschutzhinweise des Stands"),
    "visitor_asked_title": _("Fast fertig: bitte noch bestätigen"),
    "visitor_asked": _("Ihr Ja gilt erst, wenn Sie es über die Nachricht bestätigen."),
    "visitor_confirmed_title": _("Vielen Dank, das ist bestätigt"),
    "visitor_confirmed": _("So dürfen wir uns bei Ihnen melden:"),
    "visitor_refused_title": _("Notiert: keine Werbung"),
    "visitor_refused": _(
        "Sie haben Nein gesagt, und daran halten wir uns. Ihre Anfrage vom Stand beantworten wir "
        "trotzdem."
    ),
    "visitor_over_title": _("Es gilt keine Einwilligung"),
    "visitor_over": _("Wenn Sie sie geben möchten, wählen Sie unten noch einmal."),
    "visitor_GRANTED": _("bestätigt"),
    "visitor_PENDING_email_link": _("Bitte öffnen Sie die E‑Mail und bestätigen Sie dort."),
    "visitor_PENDING_sms_code": _("Der Code ist per SMS unterwegs. Er gilt 10 Minuten."),
    "visitor_UNSENT": _(
        "Die Nachricht konnte nicht gesendet werden. Bitte wählen Sie noch einmal."
    ),
    "visitor_EXPIRED": _("nicht bestätigt und abgelaufen"),
    "visitor_PURGE": _("nicht bestätigt und abgelaufen"),
    "visitor_LOCKED": _("gesperrt nach zu vielen falschen Codes"),
    "visitor_WITHDRAWN": _("widerrufen"),
    "visitor_code": _("Code eingeben"),
    "visitor_end": _("Alles widerrufen"),
    "visitor_again": _("Anders entscheiden"),
    "visitor_more": _("Weitere Wege erlauben"),
    "visitor_bad_title": _("Dieser Code gilt nicht"),
    "visitor_bad": _(
        "Er stammt nicht von unserem Stand oder ist unvollständig. Bitte scannen Sie ihn am Stand "
        "noch einmal. Es wurde nichts gespeichert."
    ),
    "visitor_expired_title": _("Dieser Code gilt nicht mehr"),
    "visitor_expired": _(
        "Die Messe ist länger als zwei Wochen vorbei. Was Sie bestätigt haben, gilt weiter und "
        "lässt sich jederzeit widerrufen."
    ),
    "visitor_revoked_title": _("Dieser Code gilt nicht mehr"),
    "visitor_revoked": _(
        "Das Gerät, das ihn gezeigt hat, wurde abgemeldet. Bitte lassen Sie sich am Stand einen "
        "neuen zeigen. Es hat sich nichts geändert."
    ),
    "sign_up_email": _("E‑Mail-Adresse"),
    "sign_up_name": _("Name (freiwillig)"),
    "sign_up_read": _("Bitte lesen Sie, worin Sie einwilligen:"),
    "sign_up_agree": _("Ja, ich willige ein"),
    "sign_up_button": _("Eintragen"),
    "sign_up_free": _("Die Einwilligung ist freiwillig; ohne sie entsteht Ihnen kein Nachteil."),
    "sign_up_proof": _(
        "Sie bekommen danach eine E‑Mail. Erst wenn Sie darin bestätigen, gilt die Einwilligung."
    ),
    "sign_up_withdraw": _(
        "Sie können jederzeit widerrufen, ohne Gründe und so leicht wie Sie einwilligen: über den "
        "Verweis in jeder Nachricht"
    ),
    "sign_up_settings": _("oder auf der Seite mit Ihren Einstellungen"),
    "sign_up_notice": _("Was mit Ihren Daten geschieht (Datenschutzhinweise)"),
    "sign_up_trap": _("Bitte leer lassen"),
    "sign_up_asked_title": _("Sehen Sie in Ihr Postfach"),
    "sign_up_asked": _(
        "Wir haben eine E‑Mail an diese Adresse gesendet. Bitte bestätigen Sie darin. Der Verweis "
        "gilt sieben Tage; ohne Bestätigung wird alles gelöscht. Nichts gekommen? Sehen Sie bitte "
        "auch unter Spam nach."
    ),
    "sign_up_closed_title": _("Dieses Formular nimmt nichts an"),
    "sign_up_closed": _("Es wurde geschlossen, oder es gab es nie. Es wurde nichts gespeichert."),
    "granted_settings": _("Einstellungen ansehen, ändern, widerrufen"),
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
    "code_sent_again": "Sie bekommen eine neue SMS. Die alte Zahl gilt nicht mehr.",
    "again_lead": "Sie haben keine SMS bekommen?",
    "again_sms_code": "Neue Zahl schicken",
    "again_email_link": "Neue E-Mail schicken",
    "again_WAIT": "Wir haben gerade eine Nachricht geschickt. Bitte warten Sie eine Minute.",
    "again_LIMIT": "Wir haben schon oft geschickt. Mehr schicken wir nicht. Bitte versuchen Sie es "
    "an einem anderen Tag.",
    "again_NEVER": "Hier müssen Sie nichts mehr tun.",
    "again_SUPPRESSED": "Dorthin schicken wir nichts mehr. Das wollte jemand so.",
    "again_FAILED": "Wir konnten die Nachricht nicht schicken. Bitte versuchen Sie es später noch "
    "einmal.",
    "sent_again_title": "Bitte sehen Sie in Ihre E-Mails",
    "sent_again": "Sie bekommen eine neue E-Mail. Danach schicken wir keine mehr.",
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
    "visitor_hello": "Guten Tag",
    "visitor_ask": "Dürfen wir uns bei Ihnen melden? Sie dürfen auch Nein sagen.",
    "visitor_check": "Prüf-Zeichen",
    "visitor_check_why": "Am Stand steht das gleiche Zeichen.",
    "visitor_name": "Ihr Name",
    "visitor_email": "Ihre E-Mail-Adresse",
    "visitor_mobile": "Ihre Handy-Nummer",
    "visitor_phone": "Ihre Telefon-Nummer",
    "visitor_company_name": "Ihre Firma",
    "visitor_wrong": "Etwas ist falsch",
    "visitor_take": "So ist es richtig",
    "visitor_none": "Sie haben noch nichts angekreuzt. Den genauen Text lesen Sie hier.",
    "visitor_chosen": "Sie haben angekreuzt:",
    "visitor_landline": "An diese Nummer können wir keine Zahl schicken. Bitte unterschreiben Sie "
    "am Stand den Zettel.",
    "visitor_proof": "Sie bekommen danach eine E-Mail oder eine SMS. Dort müssen Sie noch einmal "
    "Ja sagen. Erst dann gilt es.",
    "visitor_withdraw": "Sie dürfen immer Nein sagen. Sie müssen nicht sagen, warum. Das geht hier "
    "auf der Seite oder in jeder Nachricht",
    "visitor_yes": "Ja, ich bin einverstanden",
    "visitor_no": "Nein, keine Werbung",
    "visitor_free": "Ein Nein ist auch gut. Wir antworten trotzdem auf Ihre Frage vom Stand.",
    "visitor_nothing": "Wir fragen Sie hier nichts. Wir antworten auf Ihre Frage vom Stand.",
    "visitor_stored": "Was wir über Sie aufschreiben",
    "visitor_stored_lead": "Das haben wir am Stand aufgeschrieben:",
    "visitor_stored_more": "Und Notizen zum Gespräch. Warum wir das tun und was Sie verlangen "
    "dürfen, lesen Sie hier:",
    "visitor_notice": "Datenschutz an unserem Stand",
    "visitor_asked_title": "Fast fertig",
    "visitor_asked": "Sie haben eine Nachricht bekommen. Bitte sagen Sie dort noch einmal Ja.",
    "visitor_confirmed_title": "Danke",
    "visitor_confirmed": "Das dürfen wir:",
    "visitor_refused_title": "Sie bekommen keine Werbung",
    "visitor_refused": "Sie haben Nein gesagt. Das gilt. Wir antworten trotzdem auf Ihre Frage vom "
    "Stand.",
    "visitor_over_title": "Wir dürfen Ihnen keine Werbung schicken",
    "visitor_over": "Wollen Sie doch Ja sagen? Dann wählen Sie unten noch einmal.",
    "visitor_GRANTED": "Sie haben Ja gesagt",
    "visitor_PENDING_email_link": "Bitte sehen Sie in Ihre E-Mails. Sagen Sie dort Ja.",
    "visitor_PENDING_sms_code": "Sie bekommen eine SMS mit einer Zahl. Sie gilt 10 Minuten.",
    "visitor_UNSENT": "Wir konnten die Nachricht nicht schicken. Bitte versuchen Sie es noch "
    "einmal.",
    "visitor_EXPIRED": "Die Zeit ist vorbei",
    "visitor_PURGE": "Die Zeit ist vorbei",
    "visitor_LOCKED": "Die Zahl war zu oft falsch",
    "visitor_WITHDRAWN": "Sie haben Nein gesagt",
    "visitor_code": "Zahl eingeben",
    "visitor_end": "Nein zu allem",
    "visitor_again": "Ich habe es mir anders überlegt",
    "visitor_more": "Noch mehr erlauben",
    "visitor_bad_title": "Der Code geht nicht",
    "visitor_bad": "Der Code ist nicht von uns, oder es fehlt etwas. Bitte machen Sie am Stand "
    "noch ein Foto vom Code. Wir haben nichts aufgeschrieben.",
    "visitor_expired_title": "Zu spät",
    "visitor_expired": "Die Messe ist schon lange vorbei. Haben Sie Ja gesagt? Das gilt weiter. "
    "Sie dürfen immer noch Nein sagen.",
    "visitor_revoked_title": "Der Code geht nicht mehr",
    "visitor_revoked": "Bitte fragen Sie am Stand nach einem neuen Code. Es ist alles so "
    "wie vorher.",
    "sign_up_email": "Ihre E-Mail-Adresse",
    "sign_up_name": "Ihr Name (Sie müssen nicht)",
    "sign_up_read": "Bitte lesen Sie den Text. Dazu sagen Sie Ja:",
    "sign_up_agree": "Ja, ich bin einverstanden",
    "sign_up_button": "Eintragen",
    "sign_up_free": "Sie müssen nicht Ja sagen. Ein Nein ist auch gut.",
    "sign_up_proof": "Sie bekommen danach eine E-Mail. Dort müssen Sie noch einmal Ja sagen. Erst "
    "dann gilt es.",
    "sign_up_withdraw": "Sie dürfen immer Nein sagen. Sie müssen nicht sagen, warum. Das geht in "
    "jeder Nachricht",
    "sign_up_settings": "oder auf dieser Seite",
    "sign_up_notice": "Was wir mit Ihren Daten machen",
    "sign_up_trap": "Bitte nichts schreiben",
    "sign_up_asked_title": "Bitte sehen Sie in Ihre E-Mails",
    "sign_up_asked": "Sie haben eine E-Mail bekommen. Bitte sagen Sie dort Ja. Sie haben 7 Tage "
    "Zeit. Sonst löschen wir alles. Keine E-Mail da? Bitte sehen Sie auch bei Spam nach.",
    "sign_up_closed_title": "Das geht hier nicht",
    "sign_up_closed": "Diese Seite gibt es nicht mehr. Wir haben nichts aufgeschrieben.",
    "granted_settings": "Hier können Sie Nein sagen",
    "firm": "Wer wir sind, und wo Sie sich beschweren können",
    "no_cookies": "Diese Seite merkt sich nichts über Sie.",
}


class Words:
    """``words.confirm_title`` in a template, ``words|…`` never: unknown names are errors."""

    def __init__(self, *, plain: bool) -> None:
        self._plain = plain

    def __getitem__(self, name: str) -> str:
        return PLAIN[name] if self._plain else str(SAYINGS[name])
