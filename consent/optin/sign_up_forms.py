"""The public forms of consent texts: opened and closed by who manages the texts.

A form belongs to the text, not to one of its versions: it shows whatever is published now, in
each language that there is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent import channels, controllers, links
from consent.decision.codes import Channel
from consent.models import ConsentText, NoticeVersion, SignUpForm, TextForm, TextStatus
from consent.notices import versions
from contacts import sources
from contacts.models import Source, SourceKind
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit, errors

NOTICES: Final = ("advertising",)
"""The purposes whose notice tells what becomes of an entry (Art. 13 GDPR)."""


class Closed(errors.NotFound):
    """There is no such form, or it takes no entries."""

    code = "sign-up-closed"
    default_message = gettext_lazy("Dieses Formular gibt es nicht oder nicht mehr.")


@dataclass(frozen=True, slots=True)
class Offer:
    """What an open form shows."""

    form: SignUpForm
    text: ConsentText
    notice: NoticeVersion

    @property
    def channel_label(self) -> str:
        """What is agreed to here: of all channels of the text the one that a mail confirms."""
        return channels.label(Channel.EMAIL)

    @property
    def notice_url(self) -> str:
        """Where everybody reads what becomes of an entry."""
        return links.notice(self.notice.controller, self.notice.purpose)


def offer(code: str, *, language: str) -> Offer:
    """What the form shows: the text in the language if there is one, else in German, else in any.

    :raises Closed: no such form, closed, or nothing that it might show is in force
    """
    form, shown = _open(code)
    shown.sort(key=lambda each: (each.language == language, each.language == "de"))
    notice = _notice_of(shown[-1])
    if notice is None:
        raise Closed(code=code)
    return Offer(form, shown[-1], notice)


def offers() -> list[Offer]:
    """What all open forms show, in every language, by code."""
    forms = {each.code: each for each in SignUpForm.objects.filter(is_open=True)}
    return [
        Offer(forms[text.code], text, notice)
        for text in _published(forms)
        if (notice := _notice_of(text)) is not None
    ]


def version(code: str, public_id: object) -> ConsentText | None:
    """The version with this id; None if the form does not show it any more.

    :raises Closed: no such form, closed, or no text of it is in force
    """
    _form, shown = _open(code)
    return next((each for each in shown if str(each.public_id) == str(public_id)), None)


def newest(code: str) -> ConsentText:
    """The version of the text that is in force, else its newest.

    :raises Closed: there is no such text
    """
    rows = ConsentText.objects.filter(code=code).select_related("controller")
    published = rows.filter(status=TextStatus.PUBLISHED).order_by("language")
    found = published.first() or rows.order_by("-version").first()
    if found is None:
        raise Closed(code=code)
    return found


def state_of(text: ConsentText) -> SignUpForm | None:
    """The form of the text, open or closed; None if it never had one."""
    return SignUpForm.objects.filter(code=text.code).first()


def lacking(text: ConsentText) -> list[str]:
    """Sentences on what keeps the text from being offered on the web."""
    problems = []
    if text.form != TextForm.WEB_FORM:
        problems.append(_("Der Text ist nicht für ein Webformular freigegeben."))
    if text.status != TextStatus.PUBLISHED:
        problems.append(_("Der Text ist nicht veröffentlicht."))
    if Channel.EMAIL not in text.channels:
        problems.append(_("Der Text nennt die E‑Mail nicht; nur sie lässt sich so bestätigen."))
    if _notice_of(text) is None:
        problems.append(
            _(
                "Es ist kein Datenschutzhinweis zu Werbung veröffentlicht; ohne ihn darf das "
                "Formular nichts erheben (Art. 13 DSGVO)."
            )
        )
    return problems


@transaction.atomic
def open_for(*, actor: User | None, text: ConsentText, at: datetime) -> SignUpForm:
    """Let people sign themselves up for the text.

    :raises errors.NotPermitted: the role does not manage texts
    :raises errors.Invalid: the text may not be offered (field ``text``)
    """
    _require_manager(actor)
    if problems := lacking(text):
        raise errors.Invalid({"text": problems})
    form = SignUpForm.objects.select_for_update().filter(code=text.code).first()
    if form is not None and form.is_open:
        return form
    if form is None:
        form = SignUpForm(code=text.code, source=_source(text.code, at=at), created_at=at)
    form.is_open = True
    form.save()
    audit.record(actor=actor, action="consent-text.form-opened", target=text, at=at)
    return form


@transaction.atomic
def close(*, actor: User | None, text: ConsentText, at: datetime) -> None:
    """Take no more entries. What was sent off before can still be confirmed.

    :raises errors.NotPermitted: the role does not manage texts
    """
    _require_manager(actor)
    form = SignUpForm.objects.select_for_update().filter(code=text.code, is_open=True).first()
    if form is None:
        return
    form.is_open = False
    form.save(update_fields=["is_open"])
    audit.record(actor=actor, action="consent-text.form-closed", target=text, at=at)


def _open(code: str) -> tuple[SignUpForm, list[ConsentText]]:
    """The form, and the texts in force: one for each language."""
    form = SignUpForm.objects.filter(code=code, is_open=True).first()
    shown = _published([code]) if form else []
    if form is None or not shown:
        raise Closed(code=code)
    return form, shown


def _published(codes: Iterable[str]) -> list[ConsentText]:
    rows = ConsentText.objects.filter(
        code__in=codes,
        status=TextStatus.PUBLISHED,
        form=TextForm.WEB_FORM,
        channels__contains=[Channel.EMAIL],
        controller__in=controllers.active(),
    )
    return list(rows.select_related("controller").order_by("code", "language"))


def _notice_of(text: ConsentText) -> NoticeVersion | None:
    return versions.first_current(controller=text.controller, purposes=NOTICES)


def _source(code: str, *, at: datetime) -> Source:
    name = _("Webformular „%(code)s“") % {"code": code}
    known = Source.objects.filter(name__iexact=name, kind=SourceKind.WEB_FORM).first()
    return known or sources.create(actor=None, kind=SourceKind.WEB_FORM, name=name, at=at)


def _require_manager(actor: User | None) -> None:
    if actor is not None:
        policy.require(actor, policy.Permission.CONSENT_MANAGE)
