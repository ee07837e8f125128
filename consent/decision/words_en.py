"""The English words of an answer."""

from consent.decision.codes import Channel, Code, Doubt, Duty, Ground, Outcome, Remedy
from consent.decision.vocabulary import Reason, Words
from consent.decision.words_de import GERMAN

ENGLISH = Words(
    contact="Contact",
    date="%d/%m/%Y",
    headlines={
        Outcome.ALLOW: "{channel} allowed: {reason}",
        Outcome.ALLOW_IF: "{channel} allowed on conditions: {reason}",
        Outcome.REVIEW: "{channel} only after a review: {reason}",
        Outcome.DENY: "Not allowed: {reason}",
    },
    since="{reason} of {date}",
    dated=GERMAN.dated,
    channels={
        Channel.EMAIL: "E-mail",
        Channel.SMS: "Text message",
        Channel.PHONE: "Call",
        Channel.ROBOCALL: "Automated call",
        Channel.FAX: "Fax",
        Channel.POST: "Letter",
        Channel.MESSENGER: "Messenger message",
        Channel.SOCIAL_DM: "Direct message",
        Channel.VIDEO: "Video call",
    },
    grounds={
        Ground.CONSENT: Reason("consent", "The person consented to exactly this."),
        Ground.EXISTING_CUSTOMER_7_3: Reason(
            "purchase as an existing customer",
            "The address came with a purchase, the advertising is for own similar goods, and the"
            " right to object was pointed out.",
        ),
        Ground.PRESUMED_CONSENT_7_2_1: Reason(
            "note on a presumed interest",
            "For business contacts an interest in the call is enough if it follows from"
            " circumstances that were noted.",
        ),
        Ground.LEGITIMATE_INTEREST_POST: Reason(
            "advertising letter without objection", "Letters are allowed until somebody objects."
        ),
        Ground.CONTRACT: Reason(
            "part of a contract or appointment",
            "The message belongs to a contract or an appointment of the person.",
        ),
        Ground.REQUESTED_CONTACT: Reason(
            "requested by the person", "The person asked for this contact."
        ),
        Ground.LEGAL_OBLIGATION: Reason("statutory notice", "A law demands this notice."),
        Ground.DOI_REQUEST: Reason(
            "confirmation of a sign-up",
            "A single neutral message may ask for the confirmation.",
        ),
        Ground.NONE: Reason("clearance", "Somebody entitled to do so cleared this contact."),
    },
    codes={
        Code.UNKNOWN_CHANNEL: Reason(
            "unknown channel", "There is no rule for this channel, so the answer is no."
        ),
        Code.UNKNOWN_PURPOSE: Reason(
            "unknown purpose", "There is no rule for this purpose, so the answer is no."
        ),
        Code.NO_CONTACT_POINT: Reason(
            "no contact point for it",
            "The person has no contact point that this channel could use.",
        ),
        Code.CP_INACTIVE: Reason(
            "contact point not usable",
            "The contact point bounces, is retired, was reassigned or does not fit the channel.",
        ),
        Code.CP_NOT_OWNED: Reason(
            "contact point of somebody else", "The contact point is not this person's."
        ),
        Code.PERSON_DECEASED: Reason("person deceased", "The person has died."),
        Code.RESTRICTED_ART18: Reason(
            "restriction of processing",
            "The data may only be stored as long as the restriction is in force.",
        ),
        Code.NO_SERVICE_RELATION: Reason(
            "no contract, appointment or request",
            "There is nothing going on for which this contact point was given.",
        ),
        Code.AD_CONTENT_IN_SERVICE: Reason(
            "advertising in a service message",
            "Even an addition that advertises turns the message into advertising.",
        ),
        Code.DOI_LIMIT: Reason(
            "confirmation already asked for", "A message already went out for this sign-up."
        ),
        Code.DOI_PENDING: Reason(
            "consent not confirmed",
            "What was entered in the form was not confirmed over this channel.",
        ),
        Code.OBJECTION_ART21: Reason(
            "objection to advertising",
            "The person objected to advertising; that counts without any balancing.",
        ),
        Code.SUPPRESSED: Reason(
            "entry on the suppression list", "The contact point is on a suppression list."
        ),
        Code.CONSENT_MISSING: Reason(
            "no consent", "No consent covers this person, contact point, channel and purpose."
        ),
        Code.CONSENT_WITHDRAWN: Reason("withdrawal", "The person withdrew the consent."),
        Code.CONSENT_EXPIRED: Reason(
            "consent expired", "The consent was given until a day that has passed."
        ),
        Code.CONSENT_STALE: Reason(
            "consent long unused",
            "The consent was unused for so long that nobody reckons with it any more.",
        ),
        Code.CONSENT_NO_PROOF: Reason(
            "consent not proven",
            "Wording, time or evidence of the consent are missing or not enough.",
        ),
        Code.CONSENT_TEXT_DEFECTIVE: Reason(
            "consent text incomplete",
            "The text lacks something that a valid consent has to name.",
        ),
        Code.CONSENT_PRETICKED: Reason("box was pre-ticked", "A pre-ticked box is no consent."),
        Code.CONSENT_COUPLED: Reason(
            "consent was a condition", "The consent was made a condition for something else."
        ),
        Code.CONSENT_TAINTED: Reason(
            "consent obtained unlawfully",
            "The consent came from an unlawful call or was declared invalid.",
        ),
        Code.CONSENT_MINOR: Reason(
            "under 16 when consenting",
            "Under the age of 16 a guardian has to authorise it, and that has to be verified.",
        ),
        Code.CONSENT_OTHER_CHANNEL: Reason(
            "consent for another channel", "There is a consent, but not for this channel."
        ),
        Code.CONSENT_OTHER_PURPOSE: Reason(
            "consent for another purpose", "There is a consent, but not for this purpose."
        ),
        Code.CONSENT_OTHER_CP: Reason(
            "consent for another contact point",
            "There is a consent, but for another number or address.",
        ),
        Code.CONSENT_OTHER_PERSON: Reason(
            "consent of another person", "Somebody else consented for this contact point."
        ),
        Code.CONSENT_OTHER_CONTROLLER: Reason(
            "consent towards another company",
            "There is a consent, but towards another company.",
        ),
        Code.CONSENT_OTHER_CRITERION: Reason(
            "consent to another detail",
            "There is a consent, but not to exactly this detail.",
        ),
        Code.NOT_EFFECTIVE_YET: Reason(
            "consent not given yet", "At the time asked about the consent was not given yet."
        ),
        Code.PHONE_PROOF_WEAK: Reason(
            "number not confirmed",
            "Nothing confirms that the number is the person's; an e-mail does not prove it.",
        ),
        Code.MERGE_CONFLICT: Reason(
            "two records contradict each other",
            "Merged records say different things; until the identity is proven, the no counts.",
        ),
        Code.UNKNOWN_RECIPIENT_TYPE: Reason(
            "private or business unknown",
            "As long as nobody knows that it is a business call, consumers' protection applies.",
        ),
        Code.PRESUMED_NOT_DOCUMENTED: Reason(
            "no interest noted",
            "Nothing concrete from which an interest follows was noted before the call.",
        ),
        Code.VIDEO_B2B_UNSETTLED: Reason(
            "video call without consent",
            "No court has decided whether a presumed interest is enough for a video call.",
        ),
        Code.SEC7_3_NO_SALE: Reason(
            "address not from a purchase",
            "The customer did not give this address with a purchase.",
        ),
        Code.SEC7_3_FREE_ACCOUNT: Reason(
            "only a free account", "A free account is a sale only in some circumstances."
        ),
        Code.SEC7_3_NOT_EMAIL: Reason(
            "existing customer, but not e-mail",
            "Whether the exception for existing customers goes beyond e-mail is open.",
        ),
        Code.SEC7_3_NOT_OWN_SIMILAR: Reason(
            "not own similar goods",
            "Existing customers may only be offered own similar goods or services.",
        ),
        Code.SEC7_3_NO_NOTICE_AT_COLLECTION: Reason(
            "no notice with the purchase",
            "The right to object was not pointed out with the purchase.",
        ),
        Code.SEC7_3_NO_NOTICE_IN_MESSAGE: Reason(
            "no notice in the message", "The message does not point out the right to object."
        ),
        Code.ART14_NOT_PROVIDED: Reason(
            "not informed about the source",
            "The address did not come from the person, and nobody told them so.",
        ),
    },
    duties={
        Duty.IDENTIFY_SENDER: "Say clearly who is advertising.",
        Duty.OFFER_WITHDRAWAL: "Make withdrawing as easy as consenting was.",
        Duty.SHOW_CALLER_ID: "Do not suppress the number.",
        Duty.IDENTIFY_AT_START: "Begin with company, name and the commercial purpose.",
        Duty.LOG_USE_7A: "The call is recorded as a use of the consent (five years).",
        Duty.INCLUDE_OPT_OUT_NOTICE: "Point out the right to object at any time.",
        Duty.INCLUDE_OBJECTION_NOTICE_21_4: "Point out the right to object, clearly and apart from"
        " the other text.",
        Duty.PROVIDE_ART14_NOW: "Enclose the information of Art. 14 GDPR with this letter.",
        Duty.NO_AD_CONTENT: "No advertising at all, not even in the signature.",
        Duty.SCOPE_LIMITED_TO_REQUEST: "Only what was asked for.",
    },
    doubts={
        Doubt.CALLBACK_AS_NARROW_CONSENT: "A requested call that sells may have to be documented"
        " like a narrow consent.",
        Doubt.CONFIRMATION_AS_ADVERTISING: "The Munich court of appeal took even the confirmation"
        " mail for advertising; other courts disagree.",
        Doubt.CONSENT_DOES_NOT_LAPSE: "The Federal Court of Justice says that time alone does not"
        " end a consent; a local court saw it otherwise after four years.",
        Doubt.CONSENT_FOLLOWS_THE_ADDRESS: "Whether a consent covers a new address of the same"
        " person can hardly be proven.",
        Doubt.CONSENT_FOR_A_SHARED_NUMBER: "Whether the consent of one is enough for everybody"
        " behind the same number is undecided.",
        Doubt.CONTEST_MAY_BE_FREE: "The Frankfurt court of appeal accepted consent in return for a"
        " prize draw with few named partners.",
        Doubt.DOUBLE_OPT_IN_IS_PROOF: "The confirmation is no condition of the law but the proof of"
        " who signed up.",
        Doubt.EXISTING_CUSTOMER_BEYOND_EMAIL: "§ 7(3) UWG says electronic mail; whether text and"
        " messenger messages belong to it is disputed.",
        Doubt.FREE_ACCOUNT_AS_SALE: "The CJEU (C-654/23) says that a free account can be a sale if"
        " it is paid for indirectly.",
        Doubt.LETTERS_TO_HEIRS: "Whether and how relatives are written to about something under way"
        " depends on the case.",
        Doubt.MINOR_BY_INSIGHT: "The limit of 16 years is for online services; elsewhere it depends"
        " on the ability to understand.",
        Doubt.OBJECTION_FOR_A_SHARED_NUMBER: "Whether the objection of one binds everybody behind"
        " the same number is undecided.",
        Doubt.OBJECTION_TO_ONE_CHANNEL: "The person objected to other advertising; read whether all"
        " of it was meant.",
        Doubt.ONE_TICK_FOR_SEVERAL_CHANNELS: "The Federal Court of Justice allows one declaration"
        " for several named channels; one for each is more careful.",
        Doubt.PRESUMPTION_IS_CASE_BY_CASE: "Whether the interest is enough depends on the case.",
        Doubt.REACH_OF_RESTRICTION: "How far a restriction reaches (older consent, running"
        " contract) is not finally settled.",
        Doubt.ROBINSON_IS_VOLUNTARY: "Robinson lists are voluntary; passing over them weighs"
        " against the sender.",
        Doubt.SALE_LONG_AGO: "The purchase was long ago; the law names no limit.",
        Doubt.SURVEY_AS_OWN_SIMILAR: "Whether a survey advertises similar goods is undecided.",
        Doubt.TAINT_IS_DISPUTED: "The first call was unlawful; whether the consent holds for later"
        " ones is disputed.",
        Doubt.TEXT_MAY_SUFFICE: "Some courts might still accept the text.",
        Doubt.TWO_RECORDS_ONE_PERSON: "If both records are proven to be the same person, the order"
        " of time counts.",
        Doubt.UNKNOWN_COUNTS_AS_CONSUMER: "Whoever is unknown counts as a consumer here, to be on"
        " the safe side.",
        Doubt.VIDEO_IS_UNSETTLED: "Whether a video call is a telephone call or electronic mail is"
        " undecided.",
        Doubt.WITHDRAWAL_AS_OBJECTION: "The withdrawal is read as an objection to advertising over"
        " this contact point, too.",
        Doubt.WITHDRAWAL_FROM_ONE_CHANNEL: "The person withdrew something else; read whether this"
        " was meant, too.",
    },
    remedies={
        Remedy.NEW_CONSENT: "a new consent of the person",
        Remedy.CONSENT_FOR_CHANNEL: "a consent for this channel",
        Remedy.CONSENT_FOR_PURPOSE: "a consent for this purpose",
        Remedy.CONSENT_FOR_POINT: "a consent for this number or address",
        Remedy.CONSENT_FOR_CRITERION: "a consent to exactly this detail",
        Remedy.RENEW_CONSENT: "a renewed consent",
        Remedy.ADD_PROOF: "evidence with wording and time",
        Remedy.NEW_TEXT: "a consent with a complete text",
        Remedy.GUARDIAN: "the verified authorisation of a guardian",
        Remedy.CONFIRM_POINT: "the confirmation over this channel",
        Remedy.NEW_REQUEST: "a new sign-up by the person",
        Remedy.CONFIRM_NUMBER: "the confirmation of this number with a code",
        Remedy.OTHER_POINT: "a contact point that works",
        Remedy.OWN_POINT: "a contact point of this person",
        Remedy.OWN_NEW_CONSENT: "a new consent that the person gives of their own accord",
        Remedy.LIFT_RESTRICTION: "the end of the restriction",
        Remedy.DOCUMENT_IDENTITY: "the proof that both records are the same person",
        Remedy.SERVICE_RELATION: "a contract, appointment or request that covers the contact point",
        Remedy.WITHOUT_ADVERTISING: "the same message without advertising",
        Remedy.DOCUMENT_INTEREST: "a note before the call from which the interest follows",
        Remedy.CLASSIFY_RECIPIENT: "the classification as a business contact",
        Remedy.OPT_OUT_NOTICE: "the notice of the right to object in the message",
        Remedy.ART14_NOTICE: "the information of Art. 14 GDPR in the same letter",
        Remedy.CLEARANCE: "a clearance by somebody entitled to it",
    },
)
