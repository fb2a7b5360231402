"""The data files keep their rules, and a file that breaks one is refused with its row and a remedy."""

from __future__ import annotations

import datetime as dt
import time
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import knowledge
from extract.errors import KnowledgeError
from extract.knowledge import DATA, FILES, Knowledge, fold, load_knowledge, parse_knowledge


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="module")
def meaning(known):
    """What a spelling of a place means: folded alias -> site id."""
    return {fold(alias.alias): alias.site_id for alias in known.site_aliases}


@pytest.fixture(scope="module")
def who(known):
    return {fold(alias.alias): alias.actor_id for alias in known.actor_aliases}


# --- the data as they stand -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spelling", "site_id"),
    [
        ("Ain Al-Asad", "ain_al_asad"),
        ("Ayn al‑Assad airbase", "ain_al_asad"),
        ("قاعدة عين الاسد", "ain_al_asad"),
        ("Green Village", "green_village"),
        ("al-Omar oil field", "green_village"),
        ("Conoco gas field", "mss_euphrates"),
        ("Mission Support Site Euphrates", "mss_euphrates"),
        ("Rumalyn Landing Zone", "rumalyn"),
        ("Kharab al-Jir", "rumalyn"),
        ("Erbil International Airport", "erbil_air_base"),
        ("Erbil", "erbil"),
        ("U.S. consulate in Erbil", "us_consulate_erbil"),
        ("Victoria Base", "camp_victory"),
        ("BDSC", "bdsc"),
        ("H2", "h2_outpost"),
        ("Tower 22", "tower_22"),
        ("Red Sea", "red_sea"),
        ("ConocoPhillips", ""),
        ("Bashar al-Assad", ""),
        ("Baghdad Today", ""),
    ],
)
def test_a_spelling_means_its_place(meaning, spelling, site_id):
    assert meaning[fold(spelling)] == site_id


@pytest.mark.parametrize(
    ("spelling", "actor_id"),
    [
        ("Kataib Hezbollah", "kataib_hezbollah"),
        ("Hezbollah", "lebanese_hezbollah"),
        ("Ansar Allah", "houthis"),
        ("Ansar Allah al-Awfiya", "ansar_allah_al_awfiya"),
        ("Iran-backed militias", "iran_backed_militias"),
        ("Saudi-led coalition", "saudi_led_coalition"),
        ("US-led coalition", "cjtf_oir"),
        ("أصحاب الكهف", "ashab_al_kahf"),
        ("سورة الكهف", ""),
        ("خلية الإعلام الأمني", "security_media_cell"),
    ],
)
def test_a_spelling_means_its_actor(who, spelling, actor_id):
    assert who[fold(spelling)] == actor_id


@pytest.mark.parametrize(
    "word",
    ["Erbil", "Balad", "Mosul", "Raqqa", "Baghdad", "H2", "IZ", "TQ", "Conoco", "Victory", "حرير", "العمر"],
)
def test_everyday_words_and_bare_cities_need_a_military_word_near(known, word):
    assert [a.needs for a in known.site_aliases if fold(a.alias) == fold(word)] == ["context"]


@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        ("green_zone", "union_iii"),
        ("green_zone", "us_embassy_baghdad"),
        ("baghdad", "us_embassy_baghdad"),
        ("baghdad_airport", "bdsc"),
        ("baghdad_airport", "camp_victory"),
        ("rumalyn", "kharab_al_jir"),
        ("kurdistan_region", "harir"),
        ("iraq", "iraq"),
        ("syria", "al_tanf"),
    ],
)
def test_a_place_lies_within_those_around_it(known, outer, inner):
    assert known.contains(outer, inner)


def test_neighbours_do_not_contain_each_other(known):
    assert not known.contains("erbil_air_base", "us_consulate_erbil")
    assert not known.contains("harir", "erbil")
    assert not known.contains("erbil", "harir")


def test_every_place_of_a_watched_country_leads_up_to_it(known):
    for site in known.sites:
        if site.watched and site.precision != "country":
            assert known.around(site.site_id)[-1] == site.country.lower()


def test_every_place_and_actor_can_be_named_in_a_text(known):
    named = {alias.site_id for alias in known.site_aliases}
    assert {site.site_id for site in known.sites} <= named
    named = {alias.actor_id for alias in known.actor_aliases}
    assert {actor.actor_id for actor in known.actors} <= named


def test_a_place_outside_the_watched_countries_has_no_us_presence_of_ours(known):
    assert {site.us_presence for site in known.sites if not site.watched} == {"no"}


def test_a_site_knows_whether_a_day_lies_within_its_years_of_use(known):
    taji, tower = known.site("camp_taji"), known.site("tower_22")
    assert taji.in_use_on(dt.date(2020, 3, 11))
    assert not taji.in_use_on(dt.date(2025, 6, 24))
    assert tower.in_use_on(dt.date(2026, 1, 1))


def test_the_lexicon_has_every_kind_in_english_and_in_arabic(known):
    for language in ("en", "ar"):
        kinds = {term.kind for term in known.lexicon if term.language == language}
        assert kinds == set(get_args(knowledge.TermKind)) - ({"number"} if language == "en" else set())


def test_terms_are_picked_by_kind_and_language(known):
    drones = {term.term for term in known.terms("weapon", "tr") if term.value == "drone"}
    assert "İHA" in drones
    assert "drone" not in drones


def test_loading_takes_tens_of_milliseconds():
    contents = {name: (DATA / name).read_bytes() for name in FILES}
    fold.cache_clear()
    began = time.process_time()
    parse_knowledge(contents)
    assert time.process_time() - began < 0.5  # measured: 0.04 s; the margin is for a loaded machine


# --- folding ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ain Al-Asad", "ain al asad"),
        ("Kata'ib", "Kata’ib"),
        ("Kataʿib", "Kataib"),
        ("U.S. Embassy", "US embassy"),
        ("Al Asad", "al–Asad"),
        ("عين الأسد", "عين الاسد"),
        ("القنصليّة", "القنصلية"),
        ("Şeddadi", "seddadi"),
        ("Tell\u00a0Baydar", "Tell Baydar"),
    ],
)
def test_spellings_that_differ_in_marks_fold_alike(one, other):
    assert fold(one) == fold(other)


def test_spellings_that_differ_in_letters_stay_apart():
    assert fold("Ain al-Asad") != fold("Ayn al-Asad")
    assert fold("K-1") != fold("K-2")


def test_folding_twice_changes_nothing(known):
    for alias in known.site_aliases:
        assert fold(fold(alias.alias)) == fold(alias.alias)


# --- files that break a rule ------------------------------------------------------------------------

IRAQ = "iraq,Iraq,العراق,Iraq,,33.0,43.7,country,yes,,,,country,other,map"
ERBIL = "erbil,Erbil,,Iraq,Erbil,36.2,44.0,city,yes,,,iraq,city,other,map"


def erbil(old: str, new: str) -> dict[str, str]:
    """places.csv with one thing changed in Erbil's row, which is row 2."""
    assert old in ERBIL
    return {"places": f"{ERBIL.replace(old, new, 1)}\n{IRAQ}\n"}


def files(**changed: str | bytes) -> dict[str, bytes]:
    """The smallest data that load, with some of the files' bodies changed (bytes: header and all)."""
    bodies: dict[str, str | bytes] = {
        "places": f"{ERBIL}\n{IRAQ}\n",
        "place_aliases": "Erbil,erbil,en,context,\nIraq,iraq,en,context,\n",
        "actors": "irgc,IRGC,,state_force,,attacker,,,map\n",
        "actor_aliases": "IRGC,irgc,en,,\n",
        "lexicon": "rocket,en,weapon,rocket,\n",
    } | changed
    return {f"{name}.csv": with_header(f"{name}.csv", body) for name, body in bodies.items()}


def with_header(file: str, body: str | bytes) -> bytes:
    return body if isinstance(body, bytes) else f"{','.join(knowledge.COLUMNS[file])}\n{body}".encode()


def test_the_smallest_data_load():
    assert parse_knowledge(files()).around("erbil") == ("iraq",)


YEMEN = "yemen,Yemen,,Yemen,,,,country,yes,,,,country,other,map"
PROVINCE = "x,X,,Iraq,,,,province,no,,,erbil,province,other,map"
BROKEN = {
    "latitude and longitude exchanged": (erbil("36.2,44.0", "44.0,36.2"), "places.csv", 2, "correct lat"),
    "only a latitude": (erbil("44.0", ""), "places.csv", 2, "both or neither"),
    "degrees that are words": (erbil("36.2", "north"), "places.csv", 2, "write degrees"),
    "degrees that are no number": (erbil("36.2", "nan"), "places.csv", 2, "write degrees"),
    "years of use the wrong way round": (
        erbil("yes,,", "yes,2021-01-01,2020-01-01"), "places.csv", 2, "used_until is before used_from"),
    "a day that does not exist": (erbil("yes,,", "yes,2021-02-30,"), "places.csv", 2, "write a date as"),
    "within an unknown place": (erbil("iraq,city", "irak,city"), "places.csv", 2, "unknown: add it to"),
    "within itself": (erbil("iraq,city", "erbil,city"), "places.csv", 2, "break the circle"),
    "within something smaller": (
        {"places": f"{ERBIL}\n{IRAQ}\n{PROVINCE}\n"}, "places.csv", 4, "name something larger"),
    "within nothing": (erbil("iraq,city", ",city"), "places.csv", 2, "within is empty"),
    "within another country": (
        {"places": f"{IRAQ}\nx,X,,Syria,,,,city,no,,,iraq,city,other,map\n"}, "places.csv", 3, "in Iraq"),
    "a presence where we do not watch": (
        {"places": f"{ERBIL}\n{IRAQ}\n{YEMEN}\n"}, "places.csv", 4, "must be 'no'"),
    "rows not in order": ({"places": f"{IRAQ}\n{ERBIL}\n"}, "places.csv", 3, "sort the file"),
    "an id twice": ({"places": f"{ERBIL}\n{ERBIL}\n{IRAQ}\n"}, "places.csv", 3, "is there twice"),
    "an id that is no slug": (erbil("erbil", "Erbil-X"), "places.csv", 2, "slug"),
    "an unknown kind": (erbil("city,yes", "town,yes"), "places.csv", 2, "use one of"),
    "no source": (erbil("map", ""), "places.csv", 2, "source is empty"),
    "an alias of an unknown place": (
        {"place_aliases": "Arbil,arbil,en,,\n"}, "place_aliases.csv", 2, "site_id 'arbil' is unknown"),
    "two aliases that read the same": (
        {"place_aliases": "Al Erbil,erbil,en,,\nAl-Erbil,erbil,en,,\n"},
        "place_aliases.csv", 3, "reads the same"),
    "one alias with two meanings": (
        {"place_aliases": "Al Erbil,erbil,en,,\nal-erbil,iraq,en,,\n"},
        "place_aliases.csv", 3, "decide for one"),
    "an alias that is only marks": (
        {"place_aliases": "-,erbil,en,,\n"}, "place_aliases.csv", 2, "nothing is left"),
    "a space at the end": ({"place_aliases": "Erbil ,erbil,en,,\n"}, "place_aliases.csv", 2, "stray ' '"),
    "two spaces": ({"place_aliases": "Er  bil,erbil,en,,\n"}, "place_aliases.csv", 2, "stray"),
    "a direction mark": (
        {"place_aliases": "\u200fأربيل,erbil,ar,,\n"}, "place_aliases.csv", 2, r"stray '\u200f'"),
    "letters in pieces": ({"place_aliases": "S\u0327ir,erbil,tr,,\n"}, "place_aliases.csv", 2, "NFC"),
    "a missing cell": ({"place_aliases": "Erbil,erbil,en\n"}, "place_aliases.csv", 2, "there are 5 columns"),
    "a language by name": ({"place_aliases": "Erbil,erbil,English,,\n"}, "place_aliases.csv", 2, "a code"),
    "a need nobody knows": (
        {"place_aliases": "Erbil,erbil,en,care,\n"}, "place_aliases.csv", 2, "nothing, context"),
    "an open quote": ({"place_aliases": 'Erbil,"erbil,en,,\n'}, "place_aliases.csv", 2, "not CSV"),
    "an actor under itself": (
        {"actors": "irgc,IRGC,,state_force,irgc,attacker,,,map\n"}, "actors.csv", 2, "break the circle"),
    "an actor of no side": (
        {"actors": "irgc,IRGC,,state_force,,foe,,,map\n"}, "actors.csv", 2, "use one of attacker"),
    "a weapon that is none": ({"lexicon": "cake,en,weapon,cake,\n"}, "lexicon.csv", 2, "for kind 'weapon'"),
    "a number in words": ({"lexicon": "two,en,number,two,\n"}, "lexicon.csv", 2, "for kind 'number'"),
    "a kind of term that is none": ({"lexicon": "a,en,verb,,\n"}, "lexicon.csv", 2, "use one of attack"),
    "another encoding": (
        {"lexicon": b"term,language,kind,value,note\nf\xfcze,tr,weapon,missile,\n"},
        "lexicon.csv", 2, "save the file as UTF-8"),
    "a byte order mark": (
        {"lexicon": b"\xef\xbb\xbfterm,language,kind,value,note\n"}, "lexicon.csv", 1, "byte order"),
    "a wrong header": ({"lexicon": b"term,lang,kind,value,note\n"}, "lexicon.csv", 1, "make them"),
    "no header": ({"lexicon": b""}, "lexicon.csv", 1, "make them"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_file_that_breaks_a_rule_is_refused_with_its_row_and_a_remedy(case):
    changed, file, row, remedy = BROKEN[case]
    with pytest.raises(KnowledgeError) as caught:
        parse_knowledge(files(**changed))
    assert (caught.value.file, caught.value.row) == (file, row)
    assert remedy in caught.value.problem


def test_a_circle_of_three_is_found():
    rows = "".join(f"{a},X,,Iraq,,,,city,no,,,{b},city,other,map\n" for a, b in ("ab", "bc", "ca"))
    with pytest.raises(KnowledgeError, match="break the circle"):
        parse_knowledge(files(places=rows))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(KnowledgeError, match=r"places\.csv: cannot be read"):
        load_knowledge(tmp_path)


def test_the_version_changes_with_any_file():
    versions = {
        parse_knowledge(files()).version,
        parse_knowledge(files(lexicon="rocket,en,weapon,rocket,x\n")).version,
        parse_knowledge(files(actors="irgc,IRGC,,state_force,,attacker,,,book\n")).version,
    }
    assert len(versions) == 3
    assert parse_knowledge(files()).version in versions


def test_knowledge_is_hashable_and_read_once():
    assert load_knowledge() is load_knowledge()
    assert hash(parse_knowledge(files())) == hash(parse_knowledge(files()))


@settings(deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=80).map(lambda text: with_header("lexicon.csv", text)))
def test_whatever_a_file_holds_it_is_read_or_refused_as_data(content):
    """No other exception escapes, whatever an editor or a broken disk left in a file."""
    try:
        parse_knowledge(files(lexicon=content))
    except KnowledgeError as error:
        assert error.file == "lexicon.csv"


@settings(deadline=None)
@given(st.text(max_size=60))
def test_folding_is_settled_after_one_time(text):
    assert fold(fold(text)) == fold(text)
