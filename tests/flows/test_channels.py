"""What each service is really given: text from outside can neither call people, nor mark up, nor steer."""

from __future__ import annotations

import json
from typing import Any

import pytest

from flows import channels
from flows.channels import Channel, escape, fitting, link, one_line, render, send
from flows.messages import Link, Message, compose, sentence_of, shorten, storm

HOSTILE = Message(
    title="@everyone <!channel> **rockets** [click](http://evil.example)\r\nBcc: all@example.org",
    lines=("<b>bold</b> & <script>x</script> <@123> @here <!here|x>\x1b[31m\u202eabc `code` ||spoiler||",),
    links=(
        Link("Outlet <!everyone>", "https://news.example.org/a?b=1&c=2"),
        Link("Bad", "javascript:alert(1)"),
        Link("Worse", "https://news.example.org/x>)|evil](http://evil.example) @everyone"),
    ),
    foot="basewatch show bw1",
)
URLS = {
    "slack": "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#general",
    "discord": "discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js",
    "tgram": "tgram://123456789:abcdefg_hijklmnop/12315544",
    "mmost": "mmost://localhost/3ccdd113474722377935511fc85d3dd4",
}


class Answer:
    """A friendly service."""

    status_code = 200
    ok = True
    headers: dict[str, str] = {}  # noqa: RUF012
    text = '{"ok": true, "result": []}'
    content = b'{"ok": true, "result": []}'

    def json(self) -> Any:
        """What Telegram answers."""
        return json.loads(self.text)


def told(monkeypatch: pytest.MonkeyPatch, service: str, message: Message = HOSTILE) -> str:
    """All that is posted to a service, with the whole of Apprise in between, as one text."""
    import requests

    posts: list[str] = []

    def post(self: Any, method: str, url: str, **more: Any) -> Answer:
        posts.append(str(more.get("data") or json.dumps(more.get("json"))))
        answer = Answer()
        if service == "slack":
            answer.text = "ok"
            answer.content = b"ok"
        return answer

    monkeypatch.setattr(requests.Session, "request", post)
    assert send(Channel("x", URLS[service]), message) is None
    return "".join(json.dumps(json.loads(p), ensure_ascii=False) for p in posts)


def test_slack_calls_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Apprise's Slack Markdown would make '&lt;!channel&gt;' a call again."""
    text = told(monkeypatch, "slack")
    assert "<!" not in text and "<@" not in text
    assert "&lt;!channel&gt;" in text
    assert "&amp;lt;" not in text, "escaped once, not twice"
    assert "https://news.example.org/a?b=1&amp;c=2" in text


def test_discord_calls_nobody_and_renders_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """No mention, no masked link, no markup; the address stands in brackets."""
    text = told(monkeypatch, "discord")
    assert "@everyone" not in text and "@here" not in text and "<@123>" not in text
    assert "**rockets**" not in text and "[click](" not in text
    assert "<https://news.example.org/a?b=1&c=2>" in text
    assert "👉" not in text, "Apprise adds a line that calls those whom it finds"


def test_telegram_gets_text_and_no_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its HTML mode."""
    text = told(monkeypatch, "tgram")
    assert "<script>" not in text and "<b>bold" not in text
    assert "&lt;b&gt;bold" in text
    assert "&amp;lt;" not in text


def test_mattermost_calls_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """It renders Markdown in plain text."""
    text = told(monkeypatch, "mmost")
    assert "@everyone" not in text and "@here" not in text and "[click](" not in text


@pytest.mark.parametrize("service", URLS)
def test_no_control_character_reaches_a_service_and_the_title_is_one_line(
    monkeypatch: pytest.MonkeyPatch, service: str
) -> None:
    """Terminal escapes, direction overrides, header lines."""
    text = told(monkeypatch, service)
    assert "\\u001b" not in text and "\u202e" not in text and "\\nBcc" not in text


@pytest.mark.parametrize("service", URLS)
def test_a_text_that_is_too_long_for_a_service_is_cut_at_a_line(
    monkeypatch: pytest.MonkeyPatch, service: str
) -> None:
    """Else the service refuses it, or Apprise sends it in pieces."""
    many = storm([Message(f"New: <attack> & number {n}", foot=f"basewatch show bw{n}") for n in range(900)])
    text = told(monkeypatch, service, many)
    assert "900 alerts at once" in text
    assert "more lines" in text
    limit = {"slack": 36000, "discord": 2100, "tgram": 4600, "mmost": 4200}[service]
    assert len(text) < limit + 1000


def test_json_gets_the_words_as_they_are_and_clean() -> None:
    """For programs."""
    title, body = render(HOSTILE, "json")
    assert title == "@everyone <!channel> **rockets** [click](http://evil.example) Bcc: all@example.org"
    assert "<b>bold</b> & <script>x</script>" in body
    assert "\x1b" not in body and "\u202e" not in body


LINKS = {
    "https://news.example.org/a?b=1&c=2#d": "https://news.example.org/a?b=1&c=2#d",
    "javascript:alert(1)": "",
    "https://user:pass@news.example.org/": "",
    "https://news.example.org/x y": "https://news.example.org/x%20y",
    "https://news.example.org/@name/1": "https://news.example.org/%40name/1",
    "https://news.example.org/خبر": "https://news.example.org/%D8%AE%D8%A8%D8%B1",
    "http://[::1": "",
    "": "",
}


@pytest.mark.parametrize(("given", "expected"), LINKS.items())
def test_an_address_is_one_or_nothing(given: str, expected: str) -> None:
    """Nothing in it marks up."""
    assert link(given, "json") == expected


def test_a_title_is_one_line() -> None:
    """Whatever ends a line."""
    assert one_line("a\r\nb\u2028c\td") == "a b c d"


def test_markdown_of_any_service_that_is_sent_markdown_is_escaped() -> None:
    """?format=markdown in the URL."""
    assert escape("*a* _b_", "ntfy", markdown=True) == r"\*a\* \_b\_"


def test_lines_that_fit_stay() -> None:
    """And one that never fits is cut."""
    assert fitting(["a", "b"], 100) == ["a", "b"]
    assert fitting(["x" * 1000], 100) == ["x" * 10 + " …"]


# --- the words ---


def incident(**more: Any) -> dict[str, Any]:
    """The facts of an incident as the outbox has them."""
    facts = {
        "incident_id": "bw1", "summary": "Drone attack on X", "date": "2023-11-09", "site": "X",
        "country": "Iraq",
        "weapon": "drone", "killed": None, "wounded": 3, "status": "confirmed", "publishers": 2,
    }  # fmt: skip
    return facts | more


def test_an_alert_says_all_in_a_line_then_the_words_and_the_links() -> None:
    """The form of every alert."""
    payload = {
        "incident": incident(),
        "changed": {"wounded": [None, 3]},
        "articles": [{"outlet": "O", "url": "https://o.example/1"}],
        "quote": {
            "outlet": "O",
            "paragraph": "It was night. Three were wounded, Gen. Ryder said. Then day came.",
            "start": 20,
        },
    }
    message = compose("updated", "casualties", payload)
    assert message.title == "Casualties changed: Drone attack on X"
    assert message.body.splitlines() == [
        "2023-11-09 · X · drone · 3 wounded · confirmed by officials · 2 publishers",
        "wounded: not stated -> 3",
        "“Three were wounded, Gen. Ryder said.” (O)",
        "O: https://o.example/1",
        "basewatch show bw1",
    ]


def test_a_quote_from_right_to_left_turns_nothing_round() -> None:
    """The outlet and what follows stay where they are; nothing in the quote may say otherwise."""
    payload = {
        "incident": incident(),
        "articles": [],
        "quote": {"outlet": "O", "paragraph": "أصيب\u202e ثلاثة.", "start": 0},
    }
    _, body = render(compose("new", None, payload), "slack")
    assert "“\u2068أصيب ثلاثة.\u2069” (O)" in body.splitlines()


def test_many_articles_are_counted_and_not_all_listed() -> None:
    """A long story."""
    articles = [{"outlet": "O", "url": f"https://o.example/{n}"} for n in range(40)]
    message = compose("new", None, {"incident": incident(), "articles": articles})
    assert len(message.links) == 6
    assert "34 more articles" in message.foot


@pytest.mark.parametrize(("place", "sentence"), [(0, "One."), (6, "Two."), (99, "One. Two.")])
def test_the_sentence_in_which_a_place_lies(place: int, sentence: str) -> None:
    """A place beyond the text gives all of it."""
    assert sentence_of("One. Two.", place) == sentence


def test_a_long_quote_is_cut_at_a_word() -> None:
    """And says so."""
    assert shorten("word " * 200).endswith("word …")


def test_a_channel_never_shows_its_address() -> None:
    """In a log, in a traceback."""
    channel = Channel(channels.key_of(URLS["slack"]), URLS["slack"])
    assert "TIiajkd" not in repr(channel)
    assert channel.key.startswith("slack-")
