"""Code lists: channels, purposes, grounds, outcomes and every reason that a decision can give."""

from enum import StrEnum, auto


class Outcome(StrEnum):
    """ALLOW_IF binds the sender to conditions on the content; REVIEW is a no until cleared."""

    ALLOW = "ALLOW"
    ALLOW_IF = "ALLOW_IF"
    REVIEW = "REVIEW"
    DENY = "DENY"


class Channel(StrEnum):
    EMAIL = "email"
    SMS = "sms"
    PHONE = "phone"
    ROBOCALL = "robocall"
    FAX = "fax"
    POST = "post"
    MESSENGER = "messenger"
    SOCIAL_DM = "social_dm"
    VIDEO = "video"


class LegalClass(StrEnum):
    """What § 7 UWG takes a channel for."""

    ELECTRONIC_POST = "EPOST"
    LIVE = "LIVE"
    MACHINE = "MACHINE"
    POST = "POST"


LEGAL_CLASS = {
    Channel.EMAIL: LegalClass.ELECTRONIC_POST,
    Channel.SMS: LegalClass.ELECTRONIC_POST,
    Channel.MESSENGER: LegalClass.ELECTRONIC_POST,
    Channel.SOCIAL_DM: LegalClass.ELECTRONIC_POST,
    Channel.PHONE: LegalClass.LIVE,
    Channel.VIDEO: LegalClass.LIVE,
    Channel.ROBOCALL: LegalClass.MACHINE,
    Channel.FAX: LegalClass.MACHINE,
    Channel.POST: LegalClass.POST,
}


class PurposeClass(StrEnum):
    MARKETING = "marketing"
    SERVICE = "service"
    REQUESTED = "requested"
    LEGAL = "legal"
    DOUBLE_OPT_IN = "doi"
    RECORDING = "recording"
    PROFILE = "profile"


PURPOSES = {
    "newsletter": PurposeClass.MARKETING,
    "product_offer": PurposeClass.MARKETING,
    "partner_offer": PurposeClass.MARKETING,
    "satisfaction_survey": PurposeClass.MARKETING,
    "sales_call": PurposeClass.MARKETING,
    "appointment_acquisition": PurposeClass.MARKETING,
    "consent_request": PurposeClass.MARKETING,
    "appointment_confirm": PurposeClass.SERVICE,
    "appointment_reminder": PurposeClass.SERVICE,
    "contract_info": PurposeClass.SERVICE,
    "invoice": PurposeClass.SERVICE,
    "callback_requested": PurposeClass.REQUESTED,
    "legal_notice": PurposeClass.LEGAL,
    "doi_confirmation": PurposeClass.DOUBLE_OPT_IN,
    "call_recording": PurposeClass.RECORDING,
    "profile_attribute": PurposeClass.PROFILE,
}
"""The purposes of the installation by code. One that is not here is answered with a no."""


METHODS = frozenset({"web_form", "paper", "oral_inbound", "oral_outbound", "fair", "import"})
"""How a consent can be given. One given otherwise has no proof."""


class Ground(StrEnum):
    CONSENT = "CONSENT"
    EXISTING_CUSTOMER_7_3 = "EXISTING_CUSTOMER_7_3"
    PRESUMED_CONSENT_7_2_1 = "PRESUMED_CONSENT_7_2_1"
    LEGITIMATE_INTEREST_POST = "LEGITIMATE_INTEREST_POST"
    CONTRACT = "CONTRACT"
    REQUESTED_CONTACT = "REQUESTED_CONTACT"
    LEGAL_OBLIGATION = "LEGAL_OBLIGATION"
    DOI_REQUEST = "DOI_REQUEST"
    NONE = "NONE"


class Code(StrEnum):
    """Reasons that refuse or doubt."""

    UNKNOWN_CHANNEL = "UNKNOWN_CHANNEL"
    UNKNOWN_PURPOSE = "UNKNOWN_PURPOSE"
    NO_CONTACT_POINT = "NO_CONTACT_POINT"
    CP_INACTIVE = "CP_INACTIVE"
    CP_NOT_OWNED = "CP_NOT_OWNED"
    PERSON_DECEASED = "PERSON_DECEASED"
    RESTRICTED_ART18 = "RESTRICTED_ART18"
    NO_SERVICE_RELATION = "NO_SERVICE_RELATION"
    AD_CONTENT_IN_SERVICE = "AD_CONTENT_IN_SERVICE"
    DOI_LIMIT = "DOI_LIMIT"
    DOI_PENDING = "DOI_PENDING"
    OBJECTION_ART21 = "OBJECTION_ART21"
    SUPPRESSED = "SUPPRESSED"
    CONSENT_MISSING = "CONSENT_MISSING"
    CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN"
    CONSENT_EXPIRED = "CONSENT_EXPIRED"
    CONSENT_STALE = "CONSENT_STALE"
    CONSENT_NO_PROOF = "CONSENT_NO_PROOF"
    CONSENT_TEXT_DEFECTIVE = "CONSENT_TEXT_DEFECTIVE"
    CONSENT_PRETICKED = "CONSENT_PRETICKED"
    CONSENT_COUPLED = "CONSENT_COUPLED"
    CONSENT_TAINTED = "CONSENT_TAINTED"
    CONSENT_MINOR = "CONSENT_MINOR"
    CONSENT_OTHER_CHANNEL = "CONSENT_OTHER_CHANNEL"
    CONSENT_OTHER_PURPOSE = "CONSENT_OTHER_PURPOSE"
    CONSENT_OTHER_CP = "CONSENT_OTHER_CP"
    CONSENT_OTHER_PERSON = "CONSENT_OTHER_PERSON"
    CONSENT_OTHER_CONTROLLER = "CONSENT_OTHER_CONTROLLER"
    CONSENT_OTHER_CRITERION = "CONSENT_OTHER_CRITERION"
    NOT_EFFECTIVE_YET = "NOT_EFFECTIVE_YET"
    PHONE_PROOF_WEAK = "PHONE_PROOF_WEAK"
    MERGE_CONFLICT = "MERGE_CONFLICT"
    UNKNOWN_RECIPIENT_TYPE = "UNKNOWN_RECIPIENT_TYPE"
    PRESUMED_NOT_DOCUMENTED = "PRESUMED_NOT_DOCUMENTED"
    VIDEO_B2B_UNSETTLED = "VIDEO_B2B_UNSETTLED"
    SEC7_3_NO_SALE = "SEC7_3_NO_SALE"
    SEC7_3_FREE_ACCOUNT = "SEC7_3_FREE_ACCOUNT"
    SEC7_3_NOT_EMAIL = "SEC7_3_NOT_EMAIL"
    SEC7_3_NOT_OWN_SIMILAR = "SEC7_3_NOT_OWN_SIMILAR"
    SEC7_3_NO_NOTICE_AT_COLLECTION = "SEC7_3_NO_NOTICE_AT_COLLECTION"
    SEC7_3_NO_NOTICE_IN_MESSAGE = "SEC7_3_NO_NOTICE_IN_MESSAGE"
    ART14_NOT_PROVIDED = "ART14_NOT_PROVIDED"


class Duty(StrEnum):
    """Codes that oblige whoever makes the contact."""

    IDENTIFY_SENDER = "IDENTIFY_SENDER"
    OFFER_WITHDRAWAL = "OFFER_WITHDRAWAL"
    SHOW_CALLER_ID = "SHOW_CALLER_ID"
    IDENTIFY_AT_START = "IDENTIFY_AT_START"
    LOG_USE_7A = "LOG_USE_7A"
    INCLUDE_OPT_OUT_NOTICE = "INCLUDE_OPT_OUT_NOTICE"
    INCLUDE_OBJECTION_NOTICE_21_4 = "INCLUDE_OBJECTION_NOTICE_21_4"
    PROVIDE_ART14_NOW = "PROVIDE_ART14_NOW"
    NO_AD_CONTENT = "NO_AD_CONTENT"
    SCOPE_LIMITED_TO_REQUEST = "SCOPE_LIMITED_TO_REQUEST"


class Doubt(StrEnum):
    """Where a court or an authority might see it otherwise."""

    CALLBACK_AS_NARROW_CONSENT = auto()
    CONFIRMATION_AS_ADVERTISING = auto()
    CONSENT_DOES_NOT_LAPSE = auto()
    CONSENT_FOLLOWS_THE_ADDRESS = auto()
    CONSENT_FOR_A_SHARED_NUMBER = auto()
    CONTEST_MAY_BE_FREE = auto()
    DOUBLE_OPT_IN_IS_PROOF = auto()
    EXISTING_CUSTOMER_BEYOND_EMAIL = auto()
    FREE_ACCOUNT_AS_SALE = auto()
    LETTERS_TO_HEIRS = auto()
    MINOR_BY_INSIGHT = auto()
    OBJECTION_FOR_A_SHARED_NUMBER = auto()
    OBJECTION_TO_ONE_CHANNEL = auto()
    ONE_TICK_FOR_SEVERAL_CHANNELS = auto()
    PRESUMPTION_IS_CASE_BY_CASE = auto()
    REACH_OF_RESTRICTION = auto()
    ROBINSON_IS_VOLUNTARY = auto()
    SALE_LONG_AGO = auto()
    SURVEY_AS_OWN_SIMILAR = auto()
    TAINT_IS_DISPUTED = auto()
    TEXT_MAY_SUFFICE = auto()
    TWO_RECORDS_ONE_PERSON = auto()
    UNKNOWN_COUNTS_AS_CONSUMER = auto()
    VIDEO_IS_UNSETTLED = auto()
    WITHDRAWAL_AS_OBJECTION = auto()
    WITHDRAWAL_FROM_ONE_CHANNEL = auto()


class Remedy(StrEnum):
    """What would turn a no."""

    NEW_CONSENT = auto()
    CONSENT_FOR_CHANNEL = auto()
    CONSENT_FOR_PURPOSE = auto()
    CONSENT_FOR_POINT = auto()
    CONSENT_FOR_CRITERION = auto()
    RENEW_CONSENT = auto()
    ADD_PROOF = auto()
    NEW_TEXT = auto()
    GUARDIAN = auto()
    CONFIRM_POINT = auto()
    NEW_REQUEST = auto()
    CONFIRM_NUMBER = auto()
    OTHER_POINT = auto()
    OWN_POINT = auto()
    OWN_NEW_CONSENT = auto()
    LIFT_RESTRICTION = auto()
    DOCUMENT_IDENTITY = auto()
    SERVICE_RELATION = auto()
    WITHOUT_ADVERTISING = auto()
    DOCUMENT_INTEREST = auto()
    CLASSIFY_RECIPIENT = auto()
    OPT_OUT_NOTICE = auto()
    ART14_NOTICE = auto()
    CLEARANCE = auto()
