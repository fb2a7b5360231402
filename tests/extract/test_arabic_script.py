"""Plain Arabic, its way back to the stored text, clitics, and which language a text is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.languages.arabic import language_told, plain, stems

ARABIC = st.text(
    st.sampled_from("ابتثحخدذرزسشصضطظعغفقكلمنهويىةأإآءئؤپچگ ـًٌٍَُِّْ١٢۳٤4.،؛؟«»\u200f\u200e\u200c\ufefb\ufdf2\n"),
    max_size=60,
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("الأنبار إلى آخر", "الانبار الي اخر", id="forms of the alif and the last ya are one"),
        pytest.param("قاعدة أميركية", "قاعده اميركيه", id="the ta marbuta is a ha"),
        pytest.param("صــاروخٌ", "صاروخ", id="tatweel and vowel signs are left out"),
        pytest.param("١٤ و۱۲", "14 و12", id="Arabic and Persian digits are figures"),
        pytest.param("\u202bأربيل\u202c", "اربيل", id="marks of direction are left out"),
        pytest.param("ﻻ ﻗﺼﻒ", "لا قصف", id="presentation forms are letters"),
    ],
)
def test_one_spelling(written: str, expected: str) -> None:
    assert plain(written).text == expected


def test_the_way_back_covers_the_marks_of_the_last_letter() -> None:
    spelled = plain("سقط صاروخاً\u200f، أمس")
    at = spelled.text.index("صاروخا")
    start, end = spelled.full_span(at, at + 6)
    assert spelled.full[start:end] == "صاروخاً"


@given(ARABIC)
def test_plain_is_done_once(text: str) -> None:
    once = plain(text).text
    assert plain(once).text == once


@given(ARABIC, st.data())
def test_every_stretch_of_plain_text_is_a_stretch_of_the_stored_one(text: str, data: st.DataObject) -> None:
    """And its plain spelling holds the stretch: nothing is lost on the way back."""
    spelled = plain(text)
    start = data.draw(st.integers(0, len(spelled.text)))
    end = data.draw(st.integers(start, len(spelled.text)))
    low, high = spelled.full_span(start, end)
    assert 0 <= low <= high <= len(text)
    assert spelled.text[start:end] in plain(text[low:high]).text


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("وبالقاعده", "قاعده"),
        ("للتحالف", "التحالف"),
        ("باربيل", "اربيل"),
        ("فالسفاره", "السفاره"),
        ("كالقاعده", "القاعده"),
    ],
)
def test_clitics_come_off(word: str, stem: str) -> None:
    assert stem in stems(word)
    assert stems(word)[0] == word


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("قصف قاعدة عين الأسد", "ar"),
        ("حمله پهپادی به پایگاه آمریکا در عراق", "fa"),
        ("هێرشی درۆن بۆ سەر بنکەی ئەمریکا", "ckb"),
        ("ABD üssüne roketli saldırı düzenlendi", "tr"),
        ("Attaque de drone contre une base américaine en Irak", "fr"),
        ("Li Hewlêrê êrîşî bingeha Emerîkayê hat kirin", "ku"),
        ("Rockets fired at the base in Iraq", "en"),
        ("Ракетный удар по базе", "other"),
    ],
)
def test_headlines_give_their_language_away(text: str, language: str) -> None:
    assert language_told(text) == language


def test_presentation_forms_lead_back_to_one_sign() -> None:
    spelled = plain("ﻻ صاروخ")
    assert spelled.full_span(0, 2) == (0, 1)
