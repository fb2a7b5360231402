"""The page in a browser: nothing breaks, nothing leaves the folder, filters answer, everybody can use it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.report.build import write_report
from tests.flows import attacks
from tests.flows.browsing import LAUNCH, chromium, screenshots, why_not

pytestmark = [pytest.mark.slow, pytest.mark.skipif(why_not() is not None, reason=str(why_not()))]
WIDTHS = (390, 1280, 1920)
SCHEMES = ("light", "dark")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    write_report(attacks.small_campaign(folder / "db"), folder / "page", notice="A notice for all readers.")
    return folder / "page"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    write_report(attacks.hostile_campaign(folder / "db"), folder / "page")
    return folder / "page"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), **LAUNCH)
        yield browser
        browser.close()


class Tab:
    """A page of the folder opened, with all that went wrong in it."""

    def __init__(self, browser: Any, **options: Any) -> None:
        self.trouble: list[str] = []
        self.context = browser.new_context(**options)
        self.tab = self.context.new_page()
        self.tab.on("console", self._console)
        self.tab.on("pageerror", lambda error: self.trouble.append(f"error: {error}"))
        self.tab.on("dialog", self._dialog)
        self.tab.on("request", self._request)
        self.tab.on("requestfailed", self._failed)

    def open(self, folder: Path, name: str, query: str = "") -> Any:
        self.root = folder.as_uri()
        self.tab.goto((folder / name).as_uri() + query)
        return self.tab

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.trouble.append(f"console: {message.text}")

    def _failed(self, request: Any) -> None:
        if request.failure != "net::ERR_ABORTED":  # we had gone on to the next page
            self.trouble.append(f"failed: {request.url} {request.failure}")

    def _dialog(self, dialog: Any) -> None:
        self.trouble.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Any) -> None:
        if not request.url.startswith(self.root):
            self.trouble.append(f"request: {request.url}")


@pytest.fixture
def tab(browser: Any) -> Iterator[Tab]:
    opened = Tab(browser, viewport={"width": 1280, "height": 900})
    yield opened
    opened.context.close()


def one_of_each(folder: Path) -> list[str]:
    """A page of every kind."""
    firsts = [sorted(folder.glob(f"{kind}/*.html"))[0] for kind in ("incidents", "sites", "months")]
    names = [str(file.relative_to(folder)) for file in firsts]
    return ["index.html", "incidents.html", "sites.html", "method.html", *names]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_kind_of_page_fits_breaks_nothing_and_asks_nobody(
    browser: Any, page: Path, width: int, scheme: Any
) -> None:
    """From phone to wide screen, light and dark: no error, no request outside, no sideways scrolling."""
    opened = Tab(browser, viewport={"width": width, "height": 900}, color_scheme=scheme)
    try:
        for name in one_of_each(page):
            tab = opened.open(page, name)
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, name
            assert tab.evaluate("getComputedStyle(document.body).maxWidth") != "none", "no style was applied"
            keep_picture(tab, f"{name.replace('/', '-').removesuffix('.html')}-{width}-{scheme}.png")
        assert opened.trouble == []
    finally:
        opened.context.close()


def keep_picture(tab: Any, name: str) -> None:
    folder = screenshots()
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        tab.screenshot(path=folder / name, full_page=True)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_no_violation(browser: Any, page: Path, scheme: Any) -> None:
    """WCAG 2.2 A and AA, and axe's good practice, on every kind of page, phone and desk, tables unfolded."""
    from axe_playwright_python.sync_playwright import Axe

    found = []
    for width in (390, 1280):
        opened = Tab(browser, viewport={"width": width, "height": 900}, color_scheme=scheme)
        for name in one_of_each(page):
            tab = opened.open(page, name)
            tab.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
            for violation in Axe().run(tab).response["violations"]:
                nodes = [node["html"][:120] for node in violation["nodes"][:3]]
                found.append(f"{name} at {width}: {violation['id']}: {nodes}")
        opened.context.close()
    assert not found, "\n".join(found)


def rows(tab: Any) -> list[str]:
    return list(tab.locator("#table tbody tr").all_inner_texts())


def test_filters_and_search_answer_and_stand_in_the_address(page: Path, tab: Tab) -> None:
    """Each narrows the table; the address opened anew gives the same; clearing gives all."""
    opened = tab.open(page, "incidents.html")
    assert len(rows(opened)) == 7
    opened.select_option("#country", "Syria")
    assert [r for r in rows(opened) if "Al-Tanf" in r] == rows(opened) != []
    assert opened.url.endswith("?country=Syria")
    opened.select_option("#country", "")
    opened.fill("#q", "MORTAR embassy")
    assert len(rows(opened)) == 1
    assert opened.inner_text("#answer") == "1 of 7 incidents"
    opened.reload()
    assert opened.input_value("#q") == "MORTAR embassy"
    assert len(rows(opened)) == 1
    opened.click("button[type=reset]")
    opened.wait_for_function("document.querySelectorAll('#table tbody tr').length === 7")
    assert "?" not in opened.url
    assert tab.trouble == []


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?from=2023-12-01&to=2023-12-08", 3),
        ("?status=claimed", 1),
        ("?status=counted&country=Iraq", 4),
        ("?weapon=rocket", 1),
        ("?site=ain_al_asad", 1),
        ("?q=قاعدة", 3),
        ("?q=no%20such%20thing", 0),
        ("?country=%3Cscript%3E&nonsense=1", 7),
    ],
)
def test_an_address_that_somebody_sent_shows_what_it_names(
    page: Path, tab: Tab, query: str, count: int
) -> None:
    """Filters in the address are in force at once; a value that is no choice filters nothing."""
    assert len(rows(tab.open(page, "incidents.html", query))) == count
    assert tab.trouble == []


def test_order_can_be_chosen(page: Path, tab: Tab) -> None:
    """Oldest first."""
    opened = tab.open(page, "incidents.html", "?sort=oldest")
    assert rows(opened)[0].startswith("18 Oct 2023")


def test_without_script_the_list_is_there_and_no_dead_form(browser: Any, page: Path) -> None:
    """The table is in the page; filters that could not work are not shown."""
    opened = Tab(browser, java_script_enabled=False)
    tab = opened.open(page, "incidents.html")
    assert len(tab.locator("#table tbody tr").all()) == 7
    assert not tab.locator("#filters").is_visible()
    opened.context.close()


def test_the_keyboard_alone_reaches_everything(page: Path, tab: Tab) -> None:
    """Tabbing meets all links, fields, buttons and folds and shows where; the first leads past the head."""
    opened = tab.open(page, "incidents.html")
    wanted = opened.evaluate(
        "[...document.querySelectorAll('a[href],input,select,button,summary,[tabindex=\"0\"]')]"
        ".filter(e => e.checkVisibility()).map((e, i) => e.dataset.n = String(i)).length"
    )
    reached, unseen = set(), []
    for step in range(3 * wanted):
        opened.keyboard.press("Tab")
        number, outline = opened.evaluate(
            "[document.activeElement.dataset.n, getComputedStyle(document.activeElement).outlineStyle]"
        )
        if step == 0:
            assert opened.evaluate("document.activeElement.className") == "skip"
        if number is None:
            break
        reached.add(number)
        if outline == "none":
            unseen.append(opened.evaluate("document.activeElement.outerHTML.slice(0, 100)"))
    assert len(reached) == wanted
    assert unseen == []


def test_sites_on_the_map_are_reached_and_opened_by_keyboard(page: Path, tab: Tab) -> None:
    """A circle is a link with a name."""
    opened = tab.open(page, "index.html")
    circle = opened.locator("svg.map a").first
    circle.focus()
    assert "attack" in (circle.get_attribute("aria-label") or "")
    opened.keyboard.press("Enter")
    opened.wait_for_url("**/sites/*.html")


def test_hostile_texts_do_nothing_but_stand_there(hostile: Path, tab: Tab) -> None:
    """No dialog, no error, no request, no style of theirs; 10,000 letters do not widen the page."""
    names = [str(f.relative_to(hostile)) for f in sorted(hostile.rglob("*.html"))]
    assert len(names) > 10
    for name in names:
        opened = tab.open(hostile, name)
        assert opened.evaluate("document.documentElement.scrollWidth") <= 1280, name
        assert opened.evaluate("getComputedStyle(document.body).display") != "none", name
    opened = tab.open(hostile, "incidents.html", "?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert len(rows(opened)) == 0
    assert tab.trouble == []
