"""What the model is learned from, and when it is not believed."""

from datetime import date

import numpy as np
import pytest

from contacts.matching import chance, frequencies, training
from contacts.matching.columns import Columns
from contacts.matching.frequencies import Fillers
from contacts.matching.model import PERSONS, Model
from contacts.matching.signatures import SIGNATURE, Facts
from contacts.matching.stock import Stock
from tests.contacts.matching import stocks


@pytest.fixture(scope="module")
def stock() -> Stock:
    return stocks.stock_of(stocks.people(4000, seed=3))


@pytest.fixture(scope="module")
def model(stock: Stock) -> Model:
    return stocks.learned(stock, stocks.compared(stock))


def test_the_same_stock_teaches_the_same(stock: Stock, model: Model) -> None:
    assert stocks.learned(stock, stocks.compared(stock)).as_json() == model.as_json()


def test_a_stored_model_weighs_as_the_learned_one_does(stock: Stock, model: Model) -> None:
    patterns, _counts = stocks.compared(stock).counted()
    stored = Model.from_json(model.as_json(), PERSONS)
    assert stored.weights(patterns) == pytest.approx(model.weights(patterns), abs=1e-4)
    assert stored.as_json() == model.as_json()


def test_a_model_of_other_fields_is_refused(model: Model) -> None:
    stored = model.as_json()
    stored["fields"] = {**stored["fields"], "given": ["same"]}
    with pytest.raises(ValueError, match="other fields"):
        Model.from_json(stored, PERSONS)


def test_every_row_is_a_distribution(model: Model) -> None:
    joint = [PERSONS.span(name) for name in ("given", "surname")]
    for at, row in enumerate(model.table):
        for field in model.layout.fields:
            span = model.layout.span(field.name)
            levels = row[span][1:]
            if at in model.joint and span in joint:
                assert (levels == 1).all()
            else:
                assert levels.sum() == pytest.approx(1)
                assert (levels >= 0).all()
    for table in model.joint.values():
        assert table[1:, 1:].sum() == pytest.approx(1)
    assert model.shares.sum() == pytest.approx(1, abs=1e-6)


def test_what_is_drawn_depends_on_the_chunk_alone(stock: Stock) -> None:
    first = [chance.drawn(stock, PERSONS, chunk=chunk).tolist() for chunk in (1, 2)]
    again = [chance.drawn(stock, PERSONS, chunk=chunk).tolist() for chunk in (2, 1)]
    assert first == again[::-1]
    assert first[0] != first[1]


def test_a_model_that_makes_no_sense_is_doubted(stock: Stock, model: Model) -> None:
    row = chance.probabilities(stock, PERSONS, chance.drawn(stock, PERSONS, chunk=1))
    assert training.doubt(model, row) == ""
    everything = Model.from_json(model.as_json(), PERSONS)
    everything.shares[:] = [0.99, *[0.01 / (len(model.shares) - 1)] * (len(model.shares) - 1)]
    assert training.doubt(everything, row)
    strangers = Model.from_json(model.as_json(), PERSONS)
    strangers.table[0] = row
    assert training.doubt(strangers, row)


@pytest.mark.parametrize("dated", [1, 2, 3])
def test_birth_dates_that_are_all_the_same_are_no_trouble(dated: int) -> None:
    """A stock that knows two birth dates, of one person, once ended in weights that are no
    numbers."""
    people = [
        Facts(id=each.id, given_name=each.given_name, surname=each.surname, emails=each.emails,
              phones=each.phones, places=each.places)
        for each in stocks.people(4000, seed=3)[:1500]
    ]  # fmt: skip
    for each in people[:dated]:
        each.birth_date = date(1964, 4, 17)
    stock = stocks.stock_of(people)
    compared = stocks.compared(stock)
    model = stocks.learned(stock, compared)
    assert np.isfinite(model.table).all()
    assert np.isfinite(model.weights(compared.patterns)).all()


def rows(*facts: Facts) -> Columns:
    number, _texts = stocks.dictionary_of(facts)
    data = b"".join(stocks.signatures.packed(each, number) for each in facts)
    return Columns.of(np.frombuffer(data, dtype=SIGNATURE))


def many(count: int, **values: object) -> list[Facts]:
    return [Facts(given_name=f"A{n}", surname=f"B{n}", **values) for n in range(count)]  # type: ignore[arg-type]


@pytest.mark.parametrize(("count", "found"), [(19, 0), (20, 1)])
def test_a_mailbox_of_twenty_is_a_filler(count: int, found: int) -> None:
    told = frequencies.fillers(rows(*many(count, emails=["info@brandt.example"])))
    assert (len(told.mails), len(told.phones), len(told.births)) == (found, 0, 0)


@pytest.mark.parametrize(("count", "found"), [(29, 0), (30, 1)])
def test_a_number_of_thirty_is_a_filler(count: int, found: int) -> None:
    told = frequencies.fillers(rows(*many(count, phones=["+49431100"])))
    assert list(told.phones.items()) == [(49431100, count)][:found]


@pytest.mark.parametrize(("count", "found"), [(19, 0), (20, 1)])
def test_a_day_of_twenty_is_a_filler(count: int, found: int) -> None:
    told = frequencies.fillers(rows(*many(count, birth_date=date(1900, 1, 1))))
    assert list(told.births.items()) == [(19000101, count)][:found]


def test_a_day_of_two_in_a_thousand_is_a_filler_and_one_of_fewer_is_not() -> None:
    others = many(12_000)
    for number, each in enumerate(others):
        each.birth_date = date(1930 + number % 80, 1 + number // 80 % 12, 2 + number // 960)
    filler, common = (many(count, birth_date=date(1900, 1, 1)) for count in (26, 23))
    assert 19000101 in frequencies.fillers(rows(*others, *filler)).births
    assert 19000101 not in frequencies.fillers(rows(*others, *common)).births


def test_fillers_are_taken_out_and_nothing_else() -> None:
    shared = many(40, emails=["info@brandt.example"], phones=["+49431100"])
    own = Facts(given_name="Inge", surname="Abel", emails=["inge@abel.example"], phones=["+4930"])
    before = rows(*shared, own)
    after = frequencies.blanked(before, frequencies.fillers(before))
    assert not after["mail"][:40].any()
    assert not after["phone"][:40].any()
    assert (after["given"] == before["given"]).all()
    assert after["mail"][40].tolist() == before["mail"][40].tolist()
    assert after["domain"][:40].tolist() == before["domain"][:40].tolist()


def test_fillers_can_be_stored() -> None:
    told = Fillers({19000101: 20}, {7: 30}, {49431100: 40}, {(3, 4): 500})
    assert Fillers.from_json(told.as_json()) == told
