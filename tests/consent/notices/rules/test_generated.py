"""Whatever is configured: the notice is complete, or it is said exactly what it lacks."""

from hypothesis import given, settings

from consent.notices.rules import contents, flaws, items, wording
from consent.notices.rules.contents import Content
from consent.notices.rules.facts import LANGUAGES, Configuration
from tests.consent.notices.rules.strategies import CONFIGURATIONS


def parts(configuration: Configuration) -> list[flaws.Part]:
    return [
        flaws.Part(
            item=each.item,
            is_applicable=each.facts is not None,
            reason=each.reason,
            gap=each.gap,
            texts=said(each, configuration),
        )
        for each in contents.contents_of(configuration)
    ]


def said(content: Content, configuration: Configuration) -> dict[str, str]:
    if content.facts is None:
        return {}
    return {lang: wording.in_full(content.item, configuration, lang) for lang in LANGUAGES}


def holes(given: Configuration) -> set[str]:
    """What the configuration does not tell, item by item, written down a second time."""
    who, bases = given.controller, set(given.legal_bases)
    told = {
        "13.1.a": who.name and who.street and (who.email or who.phone),
        "13.1.b": not who.officer or who.officer_contact,
        "13.1.c": bases,
        "13.1.d": "6.1.f" not in bases or given.interests,
        "13.1.e": not given.unnamed,
        "13.1.f": all(r.safeguard for r in given.recipients if r.country in ("US", "CH", "ZZ")),
        "13.2.a": given.periods,
        "13.2.f": not given.is_automated or (len(given.logic) == 3 == len(given.consequences)),
    }
    if given.purpose in ("bought_addresses", "referral"):
        told |= {"14.1.d": given.data, "14.2.f": given.sources}
    else:
        told |= {"13.2.e": given.obligation}
    return {topic for topic, is_told in told.items() if not is_told}


def lacking(made: list[flaws.Part], configuration: Configuration) -> list[tuple[str, str]]:
    return flaws.lacking(
        made,
        conditions=contents.conditions_of(configuration),
        recipients=[each.name for each in configuration.recipients],
    )


@settings(max_examples=1000, deadline=None)
@given(CONFIGURATIONS)
def test_it_is_complete_or_names_what_is_not_told_and_names_all_who_receive(
    configuration: Configuration,
) -> None:
    made = parts(configuration)
    missing = {items.topic(item) for item, _gap in lacking(made, configuration)}
    assert missing == holes(configuration)
    told = [p.texts for p in made if items.topic(p.item) == "13.1.e" and p.is_applicable]
    assert bool(told) == bool(configuration.recipients and not configuration.unnamed)
    for text in told:
        for recipient in configuration.recipients:
            assert all(recipient.name in text[language] for language in LANGUAGES)


@settings(max_examples=200, deadline=None)
@given(CONFIGURATIONS)
def test_every_item_is_there_or_has_a_reason_or_a_gap(configuration: Configuration) -> None:
    made = contents.contents_of(configuration)
    plain = [each.item for each in made if each.item != items.OBJECTION]
    assert plain == list(items.of(configuration.article))
    for each in made:
        assert [each.facts is not None, bool(each.reason), bool(each.gap)].count(True) == 1


@settings(max_examples=200, deadline=None)
@given(CONFIGURATIONS)
def test_a_text_has_no_hole_and_no_brace(configuration: Configuration) -> None:
    for part in parts(configuration):
        for text in part.texts.values():
            assert text.strip()
            assert "{" not in text
            assert "  " not in text


@settings(max_examples=200, deadline=None)
@given(CONFIGURATIONS)
def test_the_right_to_object_stands_apart_where_it_is_due(configuration: Configuration) -> None:
    made = {each.item for each in contents.contents_of(configuration)}
    conditions = contents.conditions_of(configuration)
    assert (items.OBJECTION in made) == conditions.needs_objection
