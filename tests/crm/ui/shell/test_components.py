"""What the component tags render."""

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from crm.ui.components.marks import initials


def rendered(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context)).strip()


class SampleForm(forms.Form):
    name = forms.CharField(label="Name", help_text="wie im Ausweis")
    remark = forms.CharField(label="Bemerkung", required=False)
    agreed = forms.BooleanField(label="Einverstanden", required=False)
    way = forms.ChoiceField(label="Weg", choices=[("a", "Anruf"), ("b", "Brief")])


@pytest.mark.parametrize(
    ("name", "firm", "expected"),
    [
        ("Dr. Johannes Maier", False, "JM"),
        ("Prof. Dr. Änne von der Meier-Voß", False, "ÄV"),
        ("Siemens", True, "SI"),
        ("Brandt & Söhne KG", True, "BS"),
        ("Havelberg Anlagenbau GmbH", True, "HA"),
        ("", False, "?"),
        ("007", False, "?"),
    ],
)
def test_initials(name: str, firm: bool, expected: str) -> None:
    assert initials(name, firm=firm) == expected


def test_an_icon_is_silent_unless_it_has_a_label() -> None:
    assert rendered('{% icon "mail" "s" %}') == (
        '<svg class="icon icon--s" aria-hidden="true">'
        '<use href="/static/ui/icons.svg#i-mail"/></svg>'
    )
    assert 'role="img" aria-label="E-Mail"' in rendered('{% icon "mail" label="E-Mail" %}')


def test_a_button_is_a_link_where_it_leads_somewhere() -> None:
    assert rendered('{% button "Sichern" "primary" %}') == (
        '<button class="btn btn--primary" type="submit">Sichern</button>'
    )
    assert rendered('{% button "Neu" href="/neu/" key="n" %}') == (
        '<a class="btn" aria-keyshortcuts="n" data-key="n" href="/neu/">Neu <kbd>N</kbd></a>'
    )


def test_attributes_with_underscores_become_hyphens() -> None:
    source = '{% button "X" type="button" hx_get=url disabled=True %}'
    html = rendered(source, url="/a/?b=1&c=2")
    assert 'hx-get="/a/?b=1&amp;c=2"' in html
    assert " disabled" in html


def test_what_users_typed_is_escaped_everywhere() -> None:
    evil = '<img src=x onerror="alert(1)">'
    for tag in ("button v", "badge v", "chip v", "crumb v '/x/'", "tab v href='/x/'", "fact v v"):
        assert "<img" not in rendered("{% " + tag + " %}", v=evil)
    assert "<img" not in rendered("{% panel v note=v %}{{ v }}{% endpanel %}", v=evil)


def test_a_panel_has_slots_and_leaves_out_what_is_empty() -> None:
    html = rendered(
        '{% panel "Herkunft" %}{% slot "foot" %}{% if show %}Alle{% endif %}{% endslot %}ERP'
        "{% endpanel %}",
        show=False,
    )
    assert "<h2>Herkunft</h2>" in html
    assert '<div class="panel__body">ERP</div>' in html
    assert "panel__foot" not in html


def test_a_slot_must_stand_directly_in_its_component() -> None:
    with pytest.raises(TemplateSyntaxError, match="directly in a component"):
        rendered('{% slot "foot" %}x{% endslot %}')


def test_a_field_shows_label_hint_and_what_is_voluntary() -> None:
    form = SampleForm()
    html = rendered("{% field form.name %}{% field form.remark %}", form=form)
    assert '<label for="id_name">Name</label>' in html
    assert 'id="id_name_helptext">wie im Ausweis' in html
    assert 'Bemerkung <span class="opt">freiwillig</span>' in html
    assert 'aria-describedby="id_name_helptext"' in html


def test_a_refused_field_says_so_beside_the_input() -> None:
    form = SampleForm({"name": ""})
    html = rendered("{% field form.name %}", form=form)
    assert "field--error" in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_error"' in html
    assert "Dieses Feld ist zwingend erforderlich." in html


def test_a_segment_holds_real_radios() -> None:
    html = rendered('{% segment form.way icons="phone letter" %}', form=SampleForm({"way": "b"}))
    assert html.count('type="radio"') == 2
    assert 'value="b" id="id_way_1" checked' in html
    assert "#i-phone" in html


def test_unknown_is_shown_as_unknown() -> None:
    assert rendered('{% fact "Lizenz" "" %}') == (
        '<dt>Lizenz</dt><dd><span class="faint">unbekannt</span></dd>'
    )
    assert rendered('{% fact "Mitarbeiter" 0 %}') == "<dt>Mitarbeiter</dt><dd>0</dd>"


def test_sorting_turns_around_and_starts_paging_anew(rf: RequestFactory) -> None:
    request = rf.get("/personen/?sort=name&after=Maier&ort=Kiel")
    context = Context({"request": request})
    source = '{% load ui %}{% sort_header "Name" "name" current="name" %}'
    html = Template(source).render(context)
    assert 'aria-sort="ascending"' in html
    assert 'href="/personen/?sort=-name&amp;ort=Kiel"' in html


def test_the_pager_keeps_the_filter(rf: RequestFactory) -> None:
    context = Context({"request": rf.get("/personen/?ort=Kiel&before=Abel")})
    html = Template('{% load ui %}{% pager next="Maier, Änne" text="1–50" %}').render(context)
    assert 'rel="next" href="/personen/?ort=Kiel&amp;after=Maier%2C+%C3%84nne"' in html
    assert 'aria-label="Vorige Seite" disabled' in html


def test_a_job_tells_how_far_it_is() -> None:
    html = rendered('{% job "Lauf" done=612000 total=1000000 left="8 Sekunden" %}{% endjob %}')
    assert "612.000 von 1.000.000" in html
    assert 'value="61"' in html
    assert "noch 8 Sekunden" in html
    assert "value=" not in rendered('{% job "Lauf" %}{% endjob %}')


def test_steps_say_in_words_what_is_done() -> None:
    html = rendered("{% steps labels current=2 %}", labels=["Herkunft", "Zuordnen", "Probelauf"])
    assert html.count('class="is-done"') == 1
    assert 'aria-current="step"' in html
    assert "erledigt:" in html
