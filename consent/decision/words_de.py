"""The German words of an answer."""

from consent.decision.codes import Channel, Code, Doubt, Duty, Ground, Outcome, Remedy
from consent.decision.vocabulary import Reason, Words

GERMAN = Words(
    contact="Kontakt",
    date="%d.%m.%Y",
    headlines={
        Outcome.ALLOW: "{channel} erlaubt: {reason}",
        Outcome.ALLOW_IF: "{channel} unter Bedingungen erlaubt: {reason}",
        Outcome.REVIEW: "{channel} erst nach Prüfung: {reason}",
        Outcome.DENY: "Nicht erlaubt: {reason}",
    },
    since="{reason} vom {date}",
    dated=frozenset(
        {
            Ground.CONSENT,
            Ground.EXISTING_CUSTOMER_7_3,
            Ground.PRESUMED_CONSENT_7_2_1,
            Ground.NONE,
            Code.OBJECTION_ART21,
            Code.CONSENT_WITHDRAWN,
            Code.RESTRICTED_ART18,
            Code.SUPPRESSED,
        }
    ),
    channels={
        Channel.EMAIL: "E-Mail",
        Channel.SMS: "SMS",
        Channel.PHONE: "Anruf",
        Channel.ROBOCALL: "Automatischer Anruf",
        Channel.FAX: "Fax",
        Channel.POST: "Brief",
        Channel.MESSENGER: "Messenger-Nachricht",
        Channel.SOCIAL_DM: "Direktnachricht",
        Channel.VIDEO: "Videoanruf",
    },
    grounds={
        Ground.CONSENT: Reason("Einwilligung", "Die Person hat in genau das eingewilligt."),
        Ground.EXISTING_CUSTOMER_7_3: Reason(
            "Kauf als Bestandskunde",
            "Die Adresse stammt aus einem Kauf, beworben wird eigene ähnliche Ware, und auf das"
            " Widerspruchsrecht wurde hingewiesen.",
        ),
        Ground.PRESUMED_CONSENT_7_2_1: Reason(
            "Vermerk über mutmaßliches Interesse",
            "Bei Geschäftskunden genügt ein Interesse am Anruf, das sich aus festgehaltenen"
            " Umständen ergibt.",
        ),
        Ground.LEGITIMATE_INTEREST_POST: Reason(
            "Werbebrief ohne Widerspruch", "Briefe sind erlaubt, bis jemand widerspricht."
        ),
        Ground.CONTRACT: Reason(
            "gehört zu Vertrag oder Termin",
            "Die Nachricht gehört zu einem Vertrag oder Termin der Person.",
        ),
        Ground.REQUESTED_CONTACT: Reason(
            "von der Person gewünscht", "Die Person hat um diesen Kontakt gebeten."
        ),
        Ground.LEGAL_OBLIGATION: Reason(
            "gesetzliche Mitteilung", "Ein Gesetz verlangt diese Mitteilung."
        ),
        Ground.DOI_REQUEST: Reason(
            "Bestätigung einer Eintragung",
            "Eine einzige neutrale Nachricht darf um die Bestätigung bitten.",
        ),
        Ground.NONE: Reason(
            "Freigabe", "Jemand mit der Befugnis dazu hat den Kontakt freigegeben."
        ),
    },
    codes={
        Code.UNKNOWN_CHANNEL: Reason(
            "unbekannter Kanal", "Für diesen Kanal gibt es keine Regel, deshalb gilt nein."
        ),
        Code.UNKNOWN_PURPOSE: Reason(
            "unbekannter Zweck", "Für diesen Zweck gibt es keine Regel, deshalb gilt nein."
        ),
        Code.NO_CONTACT_POINT: Reason(
            "kein Kontaktweg dafür",
            "Die Person hat keinen Kontaktweg, über den dieser Kanal geht.",
        ),
        Code.CP_INACTIVE: Reason(
            "Kontaktweg nicht nutzbar",
            "Der Kontaktweg ist unzustellbar, abgelegt, neu vergeben oder passt nicht zum Kanal.",
        ),
        Code.CP_NOT_OWNED: Reason(
            "Kontaktweg gehört jemand anderem", "Der Kontaktweg gehört nicht zu dieser Person."
        ),
        Code.PERSON_DECEASED: Reason("Person verstorben", "Die Person ist verstorben."),
        Code.RESTRICTED_ART18: Reason(
            "Einschränkung der Verarbeitung",
            "Die Daten dürfen nur gespeichert werden, solange die Einschränkung gilt.",
        ),
        Code.NO_SERVICE_RELATION: Reason(
            "kein Vertrag, Termin oder Wunsch",
            "Es gibt keinen laufenden Vorgang, für den dieser Kontaktweg angegeben wurde.",
        ),
        Code.AD_CONTENT_IN_SERVICE: Reason(
            "Werbung in einer Servicenachricht",
            "Auch ein Zusatz mit Werbung macht die Nachricht zu Werbung.",
        ),
        Code.DOI_LIMIT: Reason(
            "Bestätigung schon erbeten", "Für diese Eintragung ging schon eine Nachricht hinaus."
        ),
        Code.DOI_PENDING: Reason(
            "Einwilligung nicht bestätigt",
            "Die Eintragung im Formular wurde nicht über diesen Kanal bestätigt.",
        ),
        Code.OBJECTION_ART21: Reason(
            "Werbewiderspruch", "Die Person hat der Werbung widersprochen; das gilt ohne Abwägung."
        ),
        Code.SUPPRESSED: Reason(
            "Eintrag auf der Sperrliste", "Der Kontaktweg steht auf einer Sperrliste."
        ),
        Code.CONSENT_MISSING: Reason(
            "keine Einwilligung", "Für Person, Kontaktweg, Kanal und Zweck gilt keine Einwilligung."
        ),
        Code.CONSENT_WITHDRAWN: Reason("Widerruf", "Die Person hat ihre Einwilligung widerrufen."),
        Code.CONSENT_EXPIRED: Reason(
            "Einwilligung abgelaufen", "Die Einwilligung galt nur bis zu einem Tag, der vorbei ist."
        ),
        Code.CONSENT_STALE: Reason(
            "Einwilligung lange ungenutzt",
            "Die Einwilligung wurde so lange nicht genutzt, dass niemand mehr damit rechnet.",
        ),
        Code.CONSENT_NO_PROOF: Reason(
            "Einwilligung nicht belegt",
            "Wortlaut, Zeitpunkt oder Beleg der Einwilligung fehlen oder genügen nicht.",
        ),
        Code.CONSENT_TEXT_DEFECTIVE: Reason(
            "Einwilligungstext unvollständig",
            "Dem Text fehlt etwas, das eine wirksame Einwilligung nennen muss.",
        ),
        Code.CONSENT_PRETICKED: Reason(
            "Häkchen war vorbelegt", "Ein vorbelegtes Häkchen ist keine Einwilligung."
        ),
        Code.CONSENT_COUPLED: Reason(
            "Einwilligung war Bedingung",
            "Die Einwilligung wurde zur Bedingung für etwas anderes gemacht.",
        ),
        Code.CONSENT_TAINTED: Reason(
            "Einwilligung unzulässig erlangt",
            "Die Einwilligung stammt aus einem unerlaubten Anruf oder wurde für ungültig erklärt.",
        ),
        Code.CONSENT_MINOR: Reason(
            "bei der Einwilligung unter 16",
            "Unter 16 Jahren müssen die Eltern zustimmen, und das muss geprüft sein.",
        ),
        Code.CONSENT_OTHER_CHANNEL: Reason(
            "Einwilligung für einen anderen Kanal",
            "Es gibt eine Einwilligung, aber nicht für diesen Kanal.",
        ),
        Code.CONSENT_OTHER_PURPOSE: Reason(
            "Einwilligung für einen anderen Zweck",
            "Es gibt eine Einwilligung, aber nicht für diesen Zweck.",
        ),
        Code.CONSENT_OTHER_CP: Reason(
            "Einwilligung für einen anderen Kontaktweg",
            "Es gibt eine Einwilligung, aber für eine andere Nummer oder Adresse.",
        ),
        Code.CONSENT_OTHER_PERSON: Reason(
            "Einwilligung einer anderen Person",
            "Über diesen Kontaktweg hat jemand anderes eingewilligt.",
        ),
        Code.CONSENT_OTHER_CONTROLLER: Reason(
            "Einwilligung gegenüber einem anderen Unternehmen",
            "Es gibt eine Einwilligung, aber gegenüber einem anderen Unternehmen.",
        ),
        Code.CONSENT_OTHER_CRITERION: Reason(
            "Einwilligung in eine andere Angabe",
            "Es gibt eine Einwilligung, aber nicht in genau diese Angabe.",
        ),
        Code.NOT_EFFECTIVE_YET: Reason(
            "Einwilligung noch nicht erteilt",
            "Zu dem Zeitpunkt, nach dem gefragt ist, war noch nicht eingewilligt.",
        ),
        Code.PHONE_PROOF_WEAK: Reason(
            "Nummer nicht bestätigt",
            "Dass die Nummer der Person gehört, ist nicht bestätigt; eine E-Mail beweist es nicht.",
        ),
        Code.MERGE_CONFLICT: Reason(
            "widersprüchliche Angaben zweier Einträge",
            "Zusammengeführte Einträge sagen Verschiedenes; bis die Identität belegt ist, gilt das"
            " Nein.",
        ),
        Code.UNKNOWN_RECIPIENT_TYPE: Reason(
            "privat oder geschäftlich unbekannt",
            "Solange das niemand weiß, gilt der Schutz für Verbraucher.",
        ),
        Code.PRESUMED_NOT_DOCUMENTED: Reason(
            "kein Interesse festgehalten",
            "Vor dem Anruf wurde nichts Konkretes festgehalten, woraus ein Interesse folgt.",
        ),
        Code.VIDEO_B2B_UNSETTLED: Reason(
            "Videoanruf ohne Einwilligung",
            "Ob mutmaßliches Interesse für einen Videoanruf genügt, hat kein Gericht entschieden.",
        ),
        Code.SEC7_3_NO_SALE: Reason(
            "Adresse nicht aus einem Kauf",
            "Der Kunde hat diese Adresse nicht bei einem Kauf angegeben.",
        ),
        Code.SEC7_3_FREE_ACCOUNT: Reason(
            "nur ein kostenloses Konto",
            "Ein kostenloses Konto ist nur unter Umständen ein Verkauf.",
        ),
        Code.SEC7_3_NOT_EMAIL: Reason(
            "Bestandskunde, aber keine E-Mail",
            "Ob die Ausnahme für Bestandskunden über E-Mails hinausreicht, ist offen.",
        ),
        Code.SEC7_3_NOT_OWN_SIMILAR: Reason(
            "keine eigene ähnliche Ware",
            "Bestandskunden darf nur eigene ähnliche Ware oder Leistung angeboten werden.",
        ),
        Code.SEC7_3_NO_NOTICE_AT_COLLECTION: Reason(
            "Hinweis beim Kauf fehlt",
            "Beim Kauf wurde nicht auf das Widerspruchsrecht hingewiesen.",
        ),
        Code.SEC7_3_NO_NOTICE_IN_MESSAGE: Reason(
            "Hinweis in der Nachricht fehlt",
            "Die Nachricht weist nicht auf das Widerspruchsrecht hin.",
        ),
        Code.ART14_NOT_PROVIDED: Reason(
            "nicht über die Herkunft informiert",
            "Die Adresse stammt nicht von der Person, und niemand hat sie darüber informiert.",
        ),
    },
    duties={
        Duty.IDENTIFY_SENDER: "Sagen Sie deutlich, wer wirbt.",
        Duty.OFFER_WITHDRAWAL: "Bieten Sie den Widerruf so einfach an wie die Einwilligung.",
        Duty.SHOW_CALLER_ID: "Unterdrücken Sie die Rufnummer nicht.",
        Duty.IDENTIFY_AT_START: "Nennen Sie zu Beginn Firma, Namen und den geschäftlichen Zweck.",
        Duty.LOG_USE_7A: "Der Anruf wird als Nutzung der Einwilligung festgehalten (fünf Jahre).",
        Duty.INCLUDE_OPT_OUT_NOTICE: "Weisen Sie auf das jederzeitige Widerspruchsrecht hin.",
        Duty.INCLUDE_OBJECTION_NOTICE_21_4: "Weisen Sie deutlich und getrennt vom übrigen Text auf"
        " das Widerspruchsrecht hin.",
        Duty.PROVIDE_ART14_NOW: "Legen Sie die Informationen nach Art. 14 DSGVO diesem Brief bei.",
        Duty.NO_AD_CONTENT: "Ohne jede Werbung, auch nicht in der Signatur.",
        Duty.SCOPE_LIMITED_TO_REQUEST: "Nur das, worum gebeten wurde.",
    },
    doubts={
        Doubt.CALLBACK_AS_NARROW_CONSENT: "Ein gewünschter Rückruf, der verkauft, kann wie eine"
        " enge Einwilligung zu dokumentieren sein.",
        Doubt.CONFIRMATION_AS_ADVERTISING: "Das OLG München hielt schon die Bestätigungsmail für"
        " Werbung; andere Gerichte widersprechen.",
        Doubt.CONSENT_DOES_NOT_LAPSE: "Nach dem BGH erlischt eine Einwilligung nicht allein durch"
        " Zeit; ein Amtsgericht sah es nach vier Jahren anders.",
        Doubt.CONSENT_FOLLOWS_THE_ADDRESS: "Ob eine Einwilligung auch für eine neue Adresse"
        " derselben Person gilt, lässt sich kaum beweisen.",
        Doubt.CONSENT_FOR_A_SHARED_NUMBER: "Ob die Einwilligung eines Menschen für alle am selben"
        " Anschluss reicht, ist nicht entschieden.",
        Doubt.CONTEST_MAY_BE_FREE: "Das OLG Frankfurt ließ die Einwilligung als Gegenleistung für"
        " ein Gewinnspiel bei wenigen genannten Partnern zu.",
        Doubt.DOUBLE_OPT_IN_IS_PROOF: "Die Bestätigung ist keine gesetzliche Bedingung, sondern"
        " der Beweis, wer sich eingetragen hat.",
        Doubt.EXISTING_CUSTOMER_BEYOND_EMAIL: "§ 7 Abs. 3 UWG spricht von elektronischer Post; ob"
        " SMS und Messenger dazugehören, ist umstritten.",
        Doubt.FREE_ACCOUNT_AS_SALE: "Nach dem EuGH (C-654/23) kann ein kostenloses Konto ein"
        " Verkauf sein, wenn es mittelbar vergütet wird.",
        Doubt.LETTERS_TO_HEIRS: "Ob und wie Angehörige in einem laufenden Vorgang angeschrieben"
        " werden, ist eine Frage des Einzelfalls.",
        Doubt.MINOR_BY_INSIGHT: "Die Grenze von 16 Jahren gilt für Online-Dienste; sonst kommt es"
        " auf die Einsichtsfähigkeit an.",
        Doubt.OBJECTION_FOR_A_SHARED_NUMBER: "Ob der Widerspruch eines Menschen alle am selben"
        " Anschluss bindet, ist nicht entschieden.",
        Doubt.OBJECTION_TO_ONE_CHANNEL: "Die Person hat anderer Werbung widersprochen; lesen Sie"
        " nach, ob sie alle meinte.",
        Doubt.ONE_TICK_FOR_SEVERAL_CHANNELS: "Der BGH lässt eine Erklärung für mehrere genannte"
        " Kanäle zu; vorsichtiger ist eine je Kanal.",
        Doubt.PRESUMPTION_IS_CASE_BY_CASE: "Ob das Interesse reicht, entscheiden Gerichte nach den"
        " Umständen des Einzelfalls.",
        Doubt.REACH_OF_RESTRICTION: "Wie weit eine Einschränkung reicht (ältere Einwilligung,"
        " laufender Vertrag), ist nicht abschließend geklärt.",
        Doubt.ROBINSON_IS_VOLUNTARY: "Robinsonlisten sind freiwillig; sie zu übergehen, spricht"
        " in der Abwägung gegen den Absender.",
        Doubt.SALE_LONG_AGO: "Der Kauf liegt lange zurück; eine Frist nennt das Gesetz nicht.",
        Doubt.SURVEY_AS_OWN_SIMILAR: "Ob eine Umfrage Werbung für ähnliche Ware ist, ist nicht"
        " entschieden.",
        Doubt.TAINT_IS_DISPUTED: "Der erste Anruf war unerlaubt; ob die Einwilligung für spätere"
        " trotzdem gilt, ist umstritten.",
        Doubt.TEXT_MAY_SUFFICE: "Manche Gerichte könnten den Text noch genügen lassen.",
        Doubt.TWO_RECORDS_ONE_PERSON: "Sind beide Einträge nachweislich dieselbe Person, gilt die"
        " zeitliche Reihenfolge.",
        Doubt.UNKNOWN_COUNTS_AS_CONSUMER: "Wer unbekannt ist, gilt hier vorsorglich als"
        " Verbraucher.",
        Doubt.VIDEO_IS_UNSETTLED: "Ob ein Videoanruf ein Telefonanruf oder elektronische Post ist,"
        " ist nicht entschieden.",
        Doubt.WITHDRAWAL_AS_OBJECTION: "Der Widerruf wird zugleich als Widerspruch gegen Werbung"
        " auf diesem Weg gelesen.",
        Doubt.WITHDRAWAL_FROM_ONE_CHANNEL: "Die Person hat anderes widerrufen; lesen Sie nach, ob"
        " sie auch dies meinte.",
    },
    remedies={
        Remedy.NEW_CONSENT: "eine neue Einwilligung der Person",
        Remedy.CONSENT_FOR_CHANNEL: "eine Einwilligung für diesen Kanal",
        Remedy.CONSENT_FOR_PURPOSE: "eine Einwilligung für diesen Zweck",
        Remedy.CONSENT_FOR_POINT: "eine Einwilligung für diese Nummer oder Adresse",
        Remedy.CONSENT_FOR_CRITERION: "eine Einwilligung in genau diese Angabe",
        Remedy.RENEW_CONSENT: "eine erneuerte Einwilligung",
        Remedy.ADD_PROOF: "ein Beleg mit Wortlaut und Zeitpunkt",
        Remedy.NEW_TEXT: "eine Einwilligung mit vollständigem Text",
        Remedy.GUARDIAN: "die geprüfte Zustimmung der Eltern",
        Remedy.CONFIRM_POINT: "die Bestätigung über diesen Kanal",
        Remedy.NEW_REQUEST: "eine neue Eintragung durch die Person selbst",
        Remedy.CONFIRM_NUMBER: "die Bestätigung dieser Nummer mit einem Code",
        Remedy.OTHER_POINT: "ein Kontaktweg, der funktioniert",
        Remedy.OWN_POINT: "ein Kontaktweg dieser Person",
        Remedy.OWN_NEW_CONSENT: "eine neue Einwilligung, die die Person von sich aus gibt",
        Remedy.LIFT_RESTRICTION: "das Ende der Einschränkung",
        Remedy.DOCUMENT_IDENTITY: "der Nachweis, dass beide Einträge dieselbe Person sind",
        Remedy.SERVICE_RELATION: "ein Vertrag, Termin oder Wunsch, für den der Kontaktweg gilt",
        Remedy.WITHOUT_ADVERTISING: "dieselbe Nachricht ohne Werbung",
        Remedy.DOCUMENT_INTEREST: "ein Vermerk vor dem Anruf, woraus das Interesse folgt",
        Remedy.CLASSIFY_RECIPIENT: "die Einstufung als Geschäftskunde",
        Remedy.OPT_OUT_NOTICE: "der Hinweis auf das Widerspruchsrecht in der Nachricht",
        Remedy.ART14_NOTICE: "die Informationen nach Art. 14 DSGVO im selben Brief",
        Remedy.CLEARANCE: "die Freigabe durch jemanden mit der Befugnis dazu",
    },
)
