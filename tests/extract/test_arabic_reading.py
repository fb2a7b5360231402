"""Arabic articles in our own words, read to the contract of the English ones.

Published on Friday, 8 December 2023, at noon UTC, where a case does not say otherwise.
"""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.dedup import resolve
from extract.knowledge import load_knowledge
from extract.reading import read_article
from extract.records import Reported
from extract.scoring import load_corpus
from tests.extract.reading_builders import PUBLISHED, article, only, read

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.mark.parametrize(
    ("title", "site"),
    [
        pytest.param("طائرة مسيّرة تستهدف قاعدة عين الأسد", "ain_al_asad", id="agent, verb, patient"),
        pytest.param("استهدفت طائرة مسيّرة قاعدة عين الأسد", "ain_al_asad", id="verb, agent, patient"),
        pytest.param("استُهدفت قاعدة عين الأسد بطائرتين مسيّرتين", "ain_al_asad", id="passive, patient after"),
        pytest.param("قاعدة عين الأسد تُستهدف بصواريخ", "ain_al_asad", id="patient before the passive"),
        pytest.param("قاعدة حرير تتعرض لهجوم بطائرة مسيّرة", "harir", id="comes under attack"),
        pytest.param(
            "تعرّض قاعدة عين الأسد الجوية إلى قصف صاروخي", "ain_al_asad", id="a noun for coming under attack"
        ),
        pytest.param(
            "سقوط صاروخين قرب السفارة الأمريكية في بغداد", "us_embassy_baghdad", id="the fall of rockets"
        ),
        pytest.param("إسقاط طائرة مسيّرة فوق قاعدة حرير", "harir", id="shot down over"),
        pytest.param(
            "رشقة صاروخية على القاعدة الأمريكية في حقل كونيكو",
            "mss_euphrates",
            id="a weapon and where it went",
        ),
        pytest.param("قصف معسكر التاجي بصواريخ كاتيوشا", "camp_taji", id="a noun with its object"),
        pytest.param("هجوم بمسيّرة على قاعدة فيكتوريا قرب مطار بغداد", "camp_victory", id="attack on"),
    ],
)
def test_who_is_attacked(title: str, site: str) -> None:
    assert only(title).site_id == site


@pytest.mark.parametrize(
    ("title", "text"),
    [
        pytest.param("غارة أمريكية على مقر للحشد الشعبي في جرف الصخر", "", id="a US strike"),
        pytest.param("القوات الأمريكية تقصف مواقع لكتائب حزب الله غربي العراق", "", id="US forces shell"),
        pytest.param("مسيّرة تركية تستهدف سيارة في سنجار", "", id="a Turkish drone"),
        pytest.param("قصف إسرائيلي يستهدف مواقع قرب دمشق", "", id="Israeli fire"),
        pytest.param("كتائب حزب الله تهدد باستهداف القواعد الأمريكية في العراق", "", id="a threat"),
        pytest.param("خلية الإعلام الأمني تنفي سقوط صواريخ على السفارة الأمريكية", "", id="only denied"),
        pytest.param("معرض للحرير في أربيل", "افتتح في أربيل معرض لصناعة الحرير.", id="silk"),
        pytest.param(
            "مسيرة حاشدة في بغداد", "خرجت مسيرة حاشدة للمتظاهرين قرب السفارة الأمريكية.", id="a march"
        ),
        pytest.param(
            "التحالف يقصف صنعاء", "قصفت طائرات التحالف العربي صنعاء في اليمن بصواريخ.", id="another coalition"
        ),
        pytest.param("سورة الكهف", "قراءة في قصة أصحاب الكهف.", id="a chapter"),
        pytest.param("هجوم لداعش على نقطة للجيش العراقي في ديالى", "", id="somebody else's post"),
        pytest.param(
            "السفارة الأمريكية تهاجم قانوناً جديداً في بغداد", "", id="an embassy that attacks with words"
        ),
    ],
)
def test_no_attack_on_us(title: str, text: str) -> None:
    assert read(title, text).reports == ()


@pytest.mark.parametrize(
    ("words", "weapon", "low", "high"),
    [
        ("بصاروخ", "rocket", 1, 1),
        ("بصاروخين", "rocket", 2, 2),
        ("بأربعة عشر صاروخ كاتيوشا", "rocket", 14, 14),
        ("بعدة صواريخ", "rocket", None, None),
        ("برشقة صاروخية", "rocket", None, None),
        ("بطائرتين مسيّرتين مفخختين", "drone", 2, 2),
        ("بثلاث طائرات بدون طيار", "drone", 3, 3),
        ("بالطيران المسيّر", "drone", None, None),
        ("بما لا يقل عن ستة صواريخ باليستية", "ballistic_missile", 6, None),
        ("بقذيفتي هاون", "mortar", 2, 2),
    ],
)
def test_weapons_and_counts(words: str, weapon: str, low: int | None, high: int | None) -> None:
    report = only("", f"قال مصدر أمني إن قاعدة عين الأسد استهدفت فجر اليوم {words}.")
    assert (report.weapon, report.munitions_min, report.munitions_max) == (weapon, low, high)


@pytest.mark.parametrize(
    ("sentence", "toll"),
    [
        pytest.param("ولم تسجل أي إصابات.", (0, 0, 0, 0), id="none were recorded"),
        pytest.param("ولم يسفر الهجوم عن سقوط قتلى أو جرحى.", (0, 0, 0, 0), id="neither dead nor hurt"),
        pytest.param("ولم ترد أنباء عن وقوع إصابات.", (None, None, None, None), id="no word of any"),
        pytest.param(
            "ولا معلومات حتى الآن عن خسائر بشرية.", (None, None, None, None), id="nothing known yet"
        ),
        pytest.param("ولم يُصب أي جندي أميركي.", (None, None, 0, 0), id="no American"),
        pytest.param("وأصيب جنديان أميركيان بجروح طفيفة.", (None, 2, None, 2), id="a dual"),
        pytest.param("وأسفر الهجوم عن مقتل متعاقد أميركي.", (1, None, 1, None), id="a singular"),
        pytest.param("وأدى إلى مقتل شخص وإصابة تسعة آخرين.", (1, 9, None, None), id="killed and hurt"),
        pytest.param("وأصيب خمسة متعاقدين وجندي أميركي.", (None, 6, None, 1), id="one more in the list"),
        pytest.param("وأصيب ستة أشخاص بينهم جندي أميركي.", (None, 6, None, 1), id="one among them"),
    ],
)
def test_tolls(sentence: str, toll: tuple[int | None, ...]) -> None:
    report = only("هجوم صاروخي على قاعدة عين الأسد", sentence)
    assert (report.killed, report.wounded, report.us_killed, report.us_wounded) == toll


@pytest.mark.parametrize(
    ("sentence", "intercepted"),
    [
        ("وتمكنت الدفاعات الجوية من إسقاطهما.", "all"),
        ("وأسقطت الدفاعات إحداهما فيما سقطت الثانية داخل القاعدة.", "some"),
        ("ولم ترد تفاصيل.", None),
    ],
)
def test_interception(sentence: str, intercepted: str | None) -> None:
    assert only("طائرتان مسيّرتان تهاجمان قاعدة حرير", sentence).intercepted == intercepted


@pytest.mark.parametrize(
    ("sentence", "damage"),
    [
        ("واقتصر الأمر على أضرار مادية طفيفة.", "minor"),
        ("من دون وقوع خسائر بشرية أو مادية.", "none"),
        ("وألحق القصف أضراراً مادية بالمبنى.", "unspecified"),
        ("ويجري تقييم الأضرار.", None),
    ],
)
def test_damage(sentence: str, damage: str | None) -> None:
    assert only("هجوم صاروخي على قاعدة عين الأسد", sentence).damage == damage


@pytest.mark.parametrize(
    ("sentence", "claimed"),
    [
        pytest.param(
            'وتبنت "المقاومة الإسلامية في العراق" الهجوم في بيان.',
            "islamic_resistance_in_iraq",
            id="claims it",
        ),
        pytest.param(
            "وأعلنت حركة النجباء مسؤوليتها عن الهجوم.", "harakat_al_nujaba", id="says that it is responsible"
        ),
        pytest.param("ولم تتبنَّ أي جهة الهجوم.", None, id="nobody did"),
        pytest.param("ونفت كتائب حزب الله صلتها بالهجوم.", None, id="disowned"),
    ],
)
def test_claims(sentence: str, claimed: str | None) -> None:
    assert only("هجوم بطائرة مسيّرة على قاعدة حرير", sentence).claimed_by == claimed


@pytest.mark.parametrize(
    ("sentence", "by"),
    [
        ("وقال مسؤول عسكري أميركي إن الهجوم وقع فجراً.", "us"),
        ("وأكد المتحدث باسم التحالف الدولي وقوع الهجوم.", "coalition"),
        ("وذكرت خلية الإعلام الأمني أن الهجوم وقع فجراً.", "host_government"),
        ("وقال مصدر أمني إن الهجوم وقع فجراً.", "security_source"),
        ("وقال سكان إنهم سمعوا دوياً.", "none"),
    ],
)
def test_who_confirms(sentence: str, by: str) -> None:
    assert only("هجوم صاروخي على قاعدة عين الأسد", sentence).confirmed_by == by


def test_a_running_count_is_a_tally_and_no_attack() -> None:
    reading = read(
        "البنتاغون يحصي الهجمات",
        "قال البنتاغون إن القوات الأميركية تعرضت لـ78 هجوماً منذ 17 تشرين الأول، 37 منها في العراق و41 في سوريا.",
    )
    (tally,) = reading.stated_tallies
    assert (tally.total, tally.iraq, tally.syria, tally.since) == (78, 37, 41, dt.date(2023, 10, 17))
    assert reading.reports == ()
    assert reading.reason == "tally_only"


def test_a_list_of_bases_is_an_attack_each() -> None:
    reading = read(
        "", "استهدفت المقاومة الإسلامية في العراق قاعدة عين الأسد وقاعدة حرير والتنف بطائرات مسيّرة اليوم."
    )
    assert [report.site_id for report in reading.reports] == ["ain_al_asad", "harir", "al_tanf"]


def test_an_older_attack_is_background() -> None:
    reading = read(
        "وفد عسكري يزور قاعدة عين الأسد",
        "زار وفد قاعدة عين الأسد اليوم. وكانت القاعدة قد تعرضت في 8 كانون الثاني 2020 لهجوم بصواريخ باليستية.",
    )
    assert [(str(report.date), report.current) for report in reading.reports] == [("2020-01-08", False)]
    assert reading.reason == "attack_background"


def test_evidence_is_in_the_words_of_the_page_signs_and_all() -> None:
    """read() checks that every quote stands where it says; here with marks that plain text leaves out."""
    reading = read(
        "استـهـداف القـاعدة\u200f الأميركيـــة في كـونـيـكـو", "تعـرّضت لقصـفٍ بأربعـةِ صواريـخ فجـر اليـوم."
    )
    (report,) = reading.reports
    weapon = next(item for item in report.evidence if item.field == "munitions")
    assert "ـ" in weapon.quote
    assert report.munitions_min == 4


def test_an_incident_told_in_both_languages_is_one() -> None:
    """Arabic first, English seven hours later; another publisher each."""
    early = article(
        "صواريخ على السفارة الأمريكية في بغداد",
        "سقطت عدة صواريخ فجر اليوم الجمعة قرب السفارة الأمريكية في بغداد.",
        language="ar",
    )
    late = article(
        "Rockets hit near US embassy in Baghdad",
        "Rockets were fired at the US embassy in Baghdad early on Friday, an Iraqi official said.",
    )
    told = []
    for number, page in enumerate((early, late)):
        (report,) = read_article(page, load_knowledge()).reports
        own = f"a{number}"
        told.append(_reported(report, own, PUBLISHED + dt.timedelta(hours=7 * number)))
    (incident,) = resolve(told, load_knowledge())
    assert (incident.site_id, incident.publishers) == ("us_embassy_baghdad", 2)
    assert incident.first_reported_at == PUBLISHED


def _reported(report: object, own: str, at: dt.datetime) -> Reported:
    from dataclasses import replace

    named = replace(report, report_id=f"{own}-1", article_id=own)  # type: ignore[type-var]
    return Reported(
        report=named, outlet=own, family=own, kind="local", url=f"https://{own}.example/1",
        published_at=at, seen_at=at, fingerprint="",
    )  # fmt: skip


def test_the_whole_open_corpus_is_read() -> None:
    knowledge = load_knowledge()
    for labelled in load_corpus(GOLDEN / "ar" / "open", knowledge):
        reading = read_article(labelled.article, knowledge)
        document = labelled.article.document
        for report in reading.reports:
            assert all(document[e.start : e.end] == e.quote for e in report.evidence)


PHRASES = ["استهدفت", "قاعدة", "عين الأسد", "القوات الأمريكية", "هجوم", "على", "بصاروخين", "فجر اليوم", "و", "،", ".", "\n",
           "لم", "إصابات", "جندي أميركي", "14", "صاروخاً", "المقاومة الإسلامية في العراق", "تبنت", "\u200f", "ـ", "«", "أعلن", "البنتاغون",
           "78 هجوماً", "منذ 17 تشرين الأول", "الساعة", "مساء", "إسقاط", "طائرة مسيّرة", "قرب", "السفارة الأمريكية", "سقوط", "عدد", "ﻻ"]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PHRASES), max_size=40), st.booleans())
def test_any_string_of_such_words_is_read(words: list[str], spaced: bool) -> None:
    read("قصف", (" " if spaced else "").join(words))


def test_reading_time_grows_with_the_length_and_no_faster() -> None:
    part = "قال مصدر أمني إن صاروخين سقطا على قاعدة عين الأسد ولم تسجل إصابات، وأسقطت الدفاعات الجوية طائرة مسيّرة أمس. "
    read("قصف", part)

    def seconds(times: int) -> float:
        started = time.process_time()
        read("قصف", part * times)
        return time.process_time() - started

    short = max(min(seconds(20) for _ in range(2)), 1e-4)
    assert min(seconds(160) for _ in range(2)) < short * 8 * 4
