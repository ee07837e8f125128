"""What the scripts of the app say, as JSON in the page. ``{places}`` are filled there."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Final[dict[str, str | Promise]] = {
    "app_name": _("Einklang Messe"),
    "app_stand": _("Leadzettel am Stand"),
    "hour": _("{time} Uhr"),
    "never": _("noch nie"),
    "nothing": _("leer"),
    "version": _("Fassung {version}"),
    "version_unknown": _("Diese Seite ist noch nicht für die Zeit ohne Netz gesichert."),
    "pin_wrong": _("Diese PIN stimmt nicht. Der nächste Versuch geht in {seconds} Sekunden."),
    "pin_again": _("Sie können es jetzt noch einmal versuchen."),
    "pin_weak": _(
        "Bitte nehmen Sie mindestens 6 Ziffern, nicht alle gleich und nicht der Reihe nach."
    ),
    "pin_differs": _("Die beiden PINs sind verschieden."),
    "register_asking": _("Einen Moment, Einklang wird gefragt."),
    "register_offline": _(
        "Ohne Netz geht die Anmeldung nicht. Bitte melden Sie das Gerät an, bevor Sie in die "
        "Halle gehen."
    ),
    "register_failed": _("Einklang antwortet nicht, wie es soll: {message}"),
    "register_login": _(
        "Zum ersten Mal auf diesem Gerät brauchen Sie Ihr Passwort. Danach genügt Ihre PIN, "
        "auch ohne Netz."
    ),
    "register_no_event": _(
        "{user}, Sie gehören zu keinem Messeteam. Bitte fragen Sie Ihre Teamleitung."
    ),
    "register_as": _(
        "Angemeldet als {user}. Wählen Sie Messe und PIN; die PIN kennt nur dieses Gerät."
    ),
    "register_renew": _("Angemeldet als {user}. Alles, was auf dem Gerät liegt, bleibt."),
    "register_other": _(
        "Die Leadzettel hier gehören {user}. Bitte melden Sie sich bei Einklang mit diesem "
        "Namen an."
    ),
    "register_event": _("Die Leadzettel hier gehören zu „{event}“. Bitte wählen Sie diese Messe."),
    "renewed": _("Das Gerät ist wieder angemeldet."),
    "slip_new": _("Neuer Leadzettel"),
    "slip_edit": _("Leadzettel {n} ändern"),
    "slip_empty": _("Der Leadzettel ist noch leer. Ein Name, ein Foto oder ein Satz genügt."),
    "saved": _("Leadzettel {n} ist gesichert."),
    "discard_title": _("Leadzettel verwerfen?"),
    "discard_text": _("Was hier steht, samt Fotos und Diktat, wird gelöscht."),
    "discard_yes": _("Verwerfen"),
    "discard_edit_title": _("Änderung verwerfen?"),
    "discard_edit_text": _("Leadzettel {n} bleibt, wie er zuletzt gesichert wurde."),
    "discard_edit_yes": _("Änderung verwerfen"),
    "grade_proposed": _("Vorschlag"),
    "score": _("{score} von 100 aus {completeness} % der Fragen: {parts}"),
    "score_none": _("Ein Vorschlag kommt, sobald Sie oben etwas antippen."),
    "asks_AUTHORITY": _("Entscheidung"),
    "asks_NEED": _("Bedarf"),
    "asks_VOLUME": _("Volumen"),
    "asks_HORIZON": _("Zeitpunkt"),
    "asks_COMPETITOR": _("Wettbewerb"),
    "hours": _("{number} Std."),
    "week": _("1 Woche"),
    "weeks": _("{number} Wochen"),
    "note_address": _("Anschrift: {address}"),
    "note_web": _("Web: {web}"),
    "from_qr": _("vom Ausweis, bitte prüfen"),
    "from_card": _("vom Foto, bitte prüfen"),
    "camera_denied": _(
        "Die Kamera ist für diese Seite gesperrt. Erlauben Sie sie im Browser, oder nehmen "
        "Sie „Visitenkarte“."
    ),
    "camera_none": _(
        "Hier ist keine Kamera. Über „Visitenkarte“ können Sie ein Bild wählen, auch eines "
        "vom Code."
    ),
    "code_contact": _("Gelesen: {names}. Bitte prüfen."),
    "code_nothing_new": _("Gelesen. Alles, was im Code steht, haben Sie schon eingetragen."),
    "code_url": _(
        "Dieser Code führt nur auf eine Seite im Netz ({host}), Kontaktdaten stehen nicht "
        "darin. Bitte fotografieren Sie die Karte oder tippen Sie den Namen."
    ),
    "code_text": _(
        "In diesem Code steht nur eine Kennung. Sie ist in der Notiz gesichert; bitte tippen "
        "Sie den Namen."
    ),
    "code_empty": _("In diesem Code steht nichts, was auf den Leadzettel gehört."),
    "code_long": _(
        "Dieser Code enthält zu viel Text für eine Visitenkarte. Bitte fotografieren Sie die Karte."
    ),
    "code_cut": _("Überlange Angaben wurden gekürzt."),
    "code_photo": _("Das Bild im Code wurde nicht übernommen."),
    "photo_kept": _("Foto gesichert."),
    "photo_none": _(
        "Das ist kein Bild, das sich öffnen lässt. Bitte fotografieren Sie noch einmal."
    ),
    "file_too_big": _("Diese Datei ist größer als {number} MB und wurde nicht gesichert."),
    "card_reading": _("Foto gesichert. Die Karte wird gelesen."),
    "card_read": _("Foto gesichert. Vom Foto gelesen: {names}. Bitte prüfen."),
    "card_nothing": _(
        "Foto gesichert. Darauf war nichts sicher zu lesen; bitte tippen Sie den Namen."
    ),
    "card_later": _(
        "Foto gesichert. Die Texterkennung ist gerade nicht zu erreichen; bitte tippen Sie "
        "den Namen."
    ),
    "memo": _("Diktat"),
    "memo_stop": _("Beenden"),
    "memo_none": _(
        "Das Mikrofon ist gesperrt oder nicht da. Erlauben Sie es im Browser, oder tippen "
        "Sie die Notiz."
    ),
    "kind_CARD": _("Visitenkarte"),
    "kind_MEMO": _("Sprachnotiz"),
    "kind_PHOTO": _("Foto"),
    "kilobytes": _("{number} kB"),
    "file_remove": _("{kind} entfernen"),
    "visitor_code": _("QR-Code, führt zur Bestätigungsseite"),
    "visitor_none": _("Noch nicht geöffnet."),
    "visitor_opened": _("Geöffnet, noch ohne Antwort."),
    "visitor_asked": _("Hat Ja gesagt, die Bestätigung steht noch aus."),
    "visitor_refused": _("Hat Nein gesagt."),
    "visitor_confirmed": _("Vom Besucher selbst bestätigt."),
    "offline_title": _("Ohne Netz."),
    "offline_text": _("Alles liegt verschlüsselt auf diesem Gerät, zuletzt übertragen: {last}."),
    "login_title": _("Bitte neu anmelden."),
    "login_text": _(
        "Dieses Gerät darf nicht mehr übertragen. Nichts ist verloren: Unter „Übertragung“ "
        "können Sie es neu anmelden."
    ),
    "busy_title": _("Einklang antwortet gerade nicht."),
    "busy_text": _("Die Übertragung wird von allein wiederholt."),
    "fast_title": _("Die Uhr dieses Geräts geht vor."),
    "fast_text": _(
        "Um etwa {minutes} Minuten. Die Zeiten der Leadzettel werden beim Übertragen berichtigt."
    ),
    "slow_title": _("Die Uhr dieses Geräts geht nach."),
    "slow_text": _(
        "Um etwa {minutes} Minuten. Die Zeiten der Leadzettel werden beim Übertragen berichtigt."
    ),
    "short_title": _("Der Speicher wird knapp."),
    "short_text": _(
        "{percent} % sind belegt. Bitte übertragen Sie bald oder schaffen Sie Platz auf dem Gerät."
    ),
    "unwritten_title": _("Der Speicher ist voll."),
    "unwritten_text": _(
        "Der letzte Leadzettel liegt nur im Arbeitsspeicher. Schließen Sie diese Seite "
        "nicht; schaffen Sie Platz oder übertragen Sie jetzt."
    ),
    "closed_title": _("Diese Messe ist abgeschlossen."),
    "closed_text": _("Leadzettel kommen weiterhin an und gelten als nachgereicht."),
    "waits_none": _("Nichts wartet"),
    "waits_one": _("{number} wartet"),
    "waits_many": _("{number} warten"),
    "all_sent": _("übertragen"),
    "bar_offline": _("ohne Netz"),
    "bar_login": _("anmelden"),
    "bar_busy": _("gestört"),
    "now_idle": _("Es läuft keine Übertragung."),
    "now_running": _("Die Übertragung läuft."),
    "now_offline": _("Ohne Netz. Sobald es da ist, geht es von allein weiter."),
    "now_busy": _("Einklang antwortet gerade nicht, es wird wiederholt."),
    "now_login": _("Bitte neu anmelden, dann geht es weiter. Nichts ist verloren."),
    "now_refused": _("Mindestens ein Leadzettel wurde nicht angenommen."),
    "is_waiting": _("wartet"),
    "is_sent": _("übertragen"),
    "is_trouble": _("ging nicht"),
    "is_conflict": _("bitte entscheiden"),
    "files_wait_one": _("{number} Datei ist noch zu übertragen"),
    "files_wait_many": _("{number} Dateien sind noch zu übertragen"),
    "late": _("nachgereicht, die Messe war schon abgeschlossen"),
    "suspect": _("vielleicht schon bekannt: {name} {company}"),
    "nameless": _("ohne Namen"),
    "open_slip": _("Leadzettel {n} ändern: {name}"),
    "room": _("{percent} % belegt, {free} MB frei"),
    "room_unknown": _("Dieser Browser sagt nicht, wie viel Platz noch ist."),
    "forget_title": _("Von diesem Gerät entfernen?"),
    "forget_text": _("Ihre Leadzettel hier werden gelöscht. Übertragene bleiben in Einklang."),
    "forget_yes": _("Entfernen"),
    "forget_waiting_title": _("Es warten noch {number} Leadzettel"),
    "forget_waiting_text": _(
        "Sie sind noch nicht übertragen und wären verloren. Bitte übertragen Sie zuerst."
    ),
    "forget_waiting_yes": _("Trotzdem löschen"),
    "answer_YES": _("Ja"),
    "answer_NO": _("Nein"),
    "answer_NOT_ASKED": _("nicht gefragt"),
    "field_name": _("Name"),
    "field_company_name": _("Firma"),
    "field_function": _("Funktion"),
    "field_email": _("E‑Mail"),
    "field_phone": _("Telefon"),
    "field_mobile": _("Mobil"),
    "field_need": _("Bedarf"),
    "field_note": _("Notiz"),
    "field_answers": _("Fragen"),
    "field_origins": _("Herkunft"),
    "field_grade": _("Priorität"),
    "field_next_step": _("Nächster Schritt"),
    "field_next_step_on": _("bis"),
    "field_opt_ins": _("Dürfen wir uns melden?"),
}


def of_scripts() -> dict[str, str]:
    """All of them in the language that is active."""
    return {code: str(words) for code, words in WORDS.items()}
