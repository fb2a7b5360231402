"""The client against a hostile server: every fault ends in its own named failure, within its limits."""

import asyncio
import contextlib
import datetime as dt
import importlib.util
import itertools
import tracemalloc
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from extract.fetch import Fetcher, FetchSettings, proxy_from_environment, retry_after
from extract.records import Fetched, FetchFailure

# tests/ is no package (see pyproject.toml): a module beside this one is loaded by its path.
_SPEC = importlib.util.spec_from_file_location("hostile", Path(__file__).with_name("hostile.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
hostile = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(hostile)

NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
QUICK = FetchSettings(
    user_agent="basewatch-test/1 (+https://example.org/contact)",
    total_seconds=1.0,
    connect_seconds=0.5,
    read_seconds=0.6,
    max_wire_bytes=1_000_000,
    max_body_bytes=2_000_000,
    max_redirects=5,
    per_host_gap_seconds=0.0,
    respect_robots=False,
)


def clock() -> dt.datetime:
    return NOW


def against(
    use: Callable[[Any, Fetcher], Awaitable[Any]],
    *,
    robots: bytes | int | str = 404,
    names: Sequence[str] = (),
    resolver: Any = None,
    **changed: Any,
) -> Any:
    """Run `use(server, fetcher)` with the server's own address allowed."""

    async def run() -> Any:
        async with hostile.Hostile() as server:
            server.robots = robots
            allow = (server.place, *(f"{name}:{server.port}" for name in names))
            settings = replace(QUICK, allow=allow, **changed)
            async with Fetcher(settings, clock, resolver=resolver) as fetcher:
                return await asyncio.wait_for(use(server, fetcher), 20)

    return asyncio.run(run())


def got(path: str, **options: Any) -> Fetched | FetchFailure:
    async def use(server: Any, fetcher: Fetcher) -> Fetched | FetchFailure:
        return await fetcher.get(server.url(path))

    answer = against(use, **options)
    assert isinstance(answer, Fetched | FetchFailure)
    return answer


# --- what goes right ------------------------------------------------------------------------------------


def test_an_answer_carries_what_was_asked_and_what_came() -> None:
    answer = got("/ok")
    assert isinstance(answer, Fetched)
    assert answer.body == hostile.FEED
    assert answer.content_type == "application/rss+xml; charset=utf-8"
    assert answer.url_asked == answer.url
    assert (answer.status, answer.fetched_at, answer.moved_to) == (200, NOW, None)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_an_encoded_body_arrives_decoded(encoding: str) -> None:
    answer = got(f"/encoded/{encoding}")
    assert isinstance(answer, Fetched)
    assert answer.body == hostile.FEED


def test_validators_come_back_and_save_the_body() -> None:
    async def use(server: Any, fetcher: Fetcher) -> None:
        first = await fetcher.get(server.url("/validated"))
        assert isinstance(first, Fetched)
        again = await fetcher.get(server.url("/validated"), etag=first.etag)
        dated = await fetcher.get(server.url("/validated"), last_modified=first.last_modified)
        assert isinstance(again, Fetched)
        assert isinstance(dated, Fetched)
        assert (again.not_modified, again.body, again.etag) == (True, b"", '"v1"')
        assert dated.not_modified

    against(use)


def test_the_user_agent_is_told_and_no_cookie_is_kept() -> None:
    async def use(server: Any, fetcher: Fetcher) -> None:
        await fetcher.get(server.url("/ok"))
        assert server.asked[0].headers["user-agent"] == QUICK.user_agent
        assert "cookie" not in server.asked[0].headers

    against(use)


@pytest.mark.parametrize(
    ("path", "moved"),
    [("/chain/2?status=301", True), ("/chain/2?status=308", True), ("/chain/2?status=302", False),
     ("/chain/0?status=307", False)],
)  # fmt: skip
def test_redirects_are_followed_and_only_permanent_ones_move_the_address(path: str, moved: bool) -> None:
    answer = got(path)
    assert isinstance(answer, Fetched)
    assert answer.url.endswith("/ok")
    assert (answer.moved_to == answer.url) is moved


# --- every fault by its name ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "reason", "temporary"),
    [
        ("/silent", "timeout", True),
        ("/drip", "timeout", True),
        ("/drip-headers", "timeout", True),
        ("/endless-continue", "timeout", True),
        ("/endless", "too_large", False),
        ("/declared", "too_large", False),
        ("/huge-header", "too_large", False),
        ("/bomb/gzip", "too_large", False),
        ("/bomb/deflate", "too_large", False),
        ("/bomb/br", "too_large", False),
        ("/bomb/zstd", "too_large", False),
        ("/stacked", "decode", True),
        ("/cut-gzip", "decode", True),
        ("/not-gzip", "decode", True),
        ("/not-gzip/compress", "decode", True),
        ("/loop", "too_many_redirects", False),
        ("/chain/9", "too_many_redirects", False),
        ("/to", "bad_redirect", False),
        ("/to?url=http://[", "bad_redirect", False),
        ("/to?url=http://", "bad_redirect", False),
        ("/to?url=file:///etc/passwd", "blocked_scheme", False),
        ("/to?url=gopher://127.0.0.1:70/", "blocked_scheme", False),
        ("/to?url=javascript:alert(1)", "blocked_scheme", False),
        ("/to?url=http://169.254.169.254/latest/meta-data/", "blocked_address", False),
        ("/to?url=http://localhost:22/", "blocked_address", False),
        ("/to?url=http://0x7f.1/", "blocked_address", False),
        ("/to?url=http://2130706433/", "blocked_address", False),
        ("/to?url=http://[::1]/", "blocked_address", False),
        ("/to?url=http://[::ffff:127.0.0.1]/", "blocked_address", False),
        ("/to?url=http://user@example.org/", "blocked_address", False),
        ("/reset", "network", True),
        ("/close", "protocol", True),
        ("/short", "protocol", True),
        ("/garbage", "protocol", True),
        ("/bad-chunk", "protocol", True),
        ("/status/304", "protocol", False),
        ("/status/206", "protocol", False),
        ("/status/400", "http_4xx", False),
        ("/status/401", "auth", False),
        ("/status/403", "http_4xx", False),
        ("/status/404", "http_4xx", False),
        ("/status/410", "gone", False),
        ("/status/429", "rate_limited", True),
        ("/status/500", "http_5xx", True),
        ("/status/503", "http_5xx", True),
        ("/status/999", "protocol", False),
    ],
)  # fmt: skip
def test_each_fault_has_its_name_within_its_limit(path: str, reason: str, temporary: bool) -> None:
    answer = got(path)
    assert isinstance(answer, FetchFailure), answer
    assert (answer.reason, answer.temporary) == (reason, temporary), answer.detail
    assert answer.failed_at == NOW


def test_a_refused_connection_is_a_network_failure() -> None:
    async def use(server: Any, fetcher: Fetcher) -> None:
        answer = await fetcher.get(server.url("/ok"))
        assert isinstance(answer, FetchFailure)
        assert answer.reason == "network"

    async def run() -> None:
        async with hostile.Hostile() as server:
            place = server.place
        async with Fetcher(replace(QUICK, allow=(place,)), clock) as fetcher:
            await use(server_gone(place), fetcher)

    def server_gone(place: str) -> Any:
        gone = hostile.Hostile()
        gone.url = lambda path: f"http://{place}{path}"
        return gone

    asyncio.run(run())


def test_a_body_too_large_is_not_held_in_memory() -> None:
    tracemalloc.start()
    got("/endless")
    got("/bomb/gzip")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40 << 20


def test_many_large_bodies_at_once_share_the_memory() -> None:
    """Twelve endless bodies of up to 8 MB: only a few are held at a time, and each is told as too large."""

    async def run() -> None:
        async with contextlib.AsyncExitStack() as stack:
            servers = [await stack.enter_async_context(hostile.Hostile()) for _ in range(12)]
            allow = tuple(server.place for server in servers)
            settings = replace(
                QUICK, allow=allow, max_wire_bytes=8_000_000, total_seconds=5.0, read_seconds=5.0
            )
            async with Fetcher(settings, clock) as fetcher:
                answers = await asyncio.gather(*(fetcher.get(server.url("/endless")) for server in servers))
            assert {answer.reason for answer in answers if isinstance(answer, FetchFailure)} == {"too_large"}

    tracemalloc.start()
    asyncio.run(run())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 80 << 20


def test_a_connection_is_used_again_for_the_same_host() -> None:
    async def use(server: Any, fetcher: Fetcher) -> None:
        for n in range(3):
            await fetcher.get(server.url(f"/ok/{n}"))
        assert server.connections == 1

    against(use)


def test_a_kept_connection_that_was_closed_is_no_failure() -> None:
    async def use(server: Any, fetcher: Fetcher) -> None:
        assert isinstance(await fetcher.get(server.url("/once")), Fetched)
        assert isinstance(await fetcher.get(server.url("/ok")), Fetched)
        assert server.connections == 2

    against(use)


def test_connections_that_are_not_used_are_closed_when_there_are_many() -> None:
    async def run() -> None:
        async with contextlib.AsyncExitStack() as stack:
            servers = [await stack.enter_async_context(hostile.Hostile()) for _ in range(12)]
            settings = replace(QUICK, allow=tuple(server.place for server in servers), connections=3)
            async with Fetcher(settings, clock) as fetcher:
                for _ in range(2):
                    answers = await asyncio.gather(*(fetcher.get(server.url("/ok")) for server in servers))
                    assert all(isinstance(answer, Fetched) for answer in answers)
                await asyncio.sleep(0.05)
                assert sum(server.open for server in servers) <= 4

    asyncio.run(run())


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/", "data:text/plain,x", "/etc/passwd", "", "x:"]
)
def test_only_http_and_https_are_asked(url: str) -> None:
    async def use(server: Any, fetcher: Fetcher) -> None:
        answer = await fetcher.get(url)
        assert isinstance(answer, FetchFailure)
        assert answer.reason in ("blocked_scheme", "protocol")
        assert server.asked == []

    against(use)


# --- the address guard ----------------------------------------------------------------------------------


def test_another_port_of_an_allowed_host_stays_refused() -> None:
    async def run() -> None:
        async with hostile.two() as (server, trap):
            async with Fetcher(replace(QUICK, allow=(server.place,)), clock) as fetcher:
                direct = await fetcher.get(trap.url("/ok"))
                led = await fetcher.get(server.url(f"/to?url={trap.url('/ok')}"))
            assert isinstance(direct, FetchFailure)
            assert isinstance(led, FetchFailure)
            assert direct.reason == led.reason == "blocked_address"
            assert trap.asked == []

    asyncio.run(run())


def resolving(*answers: list[str]) -> Any:
    """A resolver that gives these answers in turn, the last for ever."""
    left = list(answers)

    async def resolve(host: str, port: int) -> Sequence[str]:
        return left.pop(0) if len(left) > 1 else left[0]

    return resolve


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["::1"], ["64:ff9b::7f00:1"], ["fe80::1%1"]]
)
def test_a_name_that_leads_to_a_private_address_is_refused(addresses: list[str]) -> None:
    async def use(server: Any, fetcher: Fetcher) -> None:
        answer = await fetcher.get(f"http://news.example.org:{server.port}/ok")
        assert isinstance(answer, FetchFailure)
        assert answer.reason == "blocked_address"
        assert server.asked == []

    against(use, resolver=resolving(addresses))


def test_a_name_is_connected_to_at_the_address_that_was_checked() -> None:
    """A resolver that changes its mind after the check gains nothing: there is one question a connection."""
    asked: list[str] = []

    async def resolve(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"]

    async def use(server: Any, fetcher: Fetcher) -> None:
        answer = await fetcher.get(f"http://news.example.org:{server.port}/ok")
        assert isinstance(answer, Fetched)
        assert server.asked[0].headers["host"] == f"news.example.org:{server.port}"
        assert asked == ["news.example.org"]

    against(use, names=["news.example.org"], resolver=resolve)


def test_a_name_that_is_rebound_is_refused_on_the_next_connection() -> None:
    async def use(server: Any, fetcher: Fetcher) -> None:
        answer = await fetcher.get(server.url(f"/to?url=http://rebound.example:{server.port}/ok"))
        assert isinstance(answer, FetchFailure)
        assert answer.reason == "blocked_address"
        assert server.paths() == [f"/to?url=http://rebound.example:{server.port}/ok"]

    against(use, resolver=resolving(["10.0.0.1"]))


def test_robots_txt_is_no_way_around_the_guard() -> None:
    async def run() -> None:
        async with hostile.two() as (server, trap):
            server.robots = "/to"
            hostile.ANSWERS["to-trap"] = lambda s, a, w: _redirect(w, trap.url("/robots.txt"))
            server.robots = "/to-trap"
            settings = replace(QUICK, allow=(server.place,), respect_robots=True)
            async with Fetcher(settings, clock) as fetcher:
                answer = await fetcher.get(server.url("/ok"))
            assert isinstance(answer, Fetched)
            assert trap.asked == []

    async def _redirect(writer: Any, url: str) -> None:
        hostile.send(writer, status=302, headers={"Location": url})

    asyncio.run(run())


# --- robots.txt -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("robots", "reason", "temporary"),
    [
        (b"User-agent: *\nDisallow: /ok", "robots", False),
        (b"User-agent: basewatch-test\nDisallow: /\n\nUser-agent: *\nAllow: /", "robots", False),
        (b"User-agent: other\nDisallow: /", None, None),
        (b"<html>welcome</html>", None, None),
        (b"\xff\xfe\x00garbage\x00", None, None),
        (404, None, None),
        (403, None, None),
        (429, "robots", True),
        (500, "robots", True),
        (503, "robots", True),
        ("/silent", "timeout", True),
        ("/drip", "timeout", True),
        ("/reset", "network", True),
        ("/loop", None, None),
        ("/endless", None, None),
        ("/bomb/gzip", None, None),
    ],
)
def test_robots_txt_is_kept_and_its_failures_mean_what_is_written(
    robots: bytes | int | str, reason: str | None, temporary: bool | None
) -> None:
    async def use(server: Any, fetcher: Fetcher) -> None:
        answer = await fetcher.get(server.url("/ok"))
        if reason is None:
            assert isinstance(answer, Fetched), answer
        else:
            assert isinstance(answer, FetchFailure)
            assert (answer.reason, answer.temporary) == (reason, temporary)
            assert server.paths() == []

    against(use, robots=robots, respect_robots=True)


def test_robots_txt_is_asked_once_a_host() -> None:
    async def use(server: Any, fetcher: Fetcher) -> None:
        await asyncio.gather(*(fetcher.get(server.url(f"/ok/{n}")) for n in range(5)))
        assert [asked.path for asked in server.asked].count("/robots.txt") == 1

    against(use, robots=b"User-agent: *\nAllow: /", respect_robots=True)


def test_a_robots_txt_made_to_be_slow_is_read_in_time() -> None:
    lines = b"".join(b"User-agent: a%d\n" % n for n in range(12_000)) + b"Disallow: /x\n" * 12_000
    assert isinstance(got("/ok", robots=lines, respect_robots=True, total_seconds=5.0), Fetched)


# --- taking turns ---------------------------------------------------------------------------------------


def test_requests_to_one_host_never_overlap_and_keep_their_gap() -> None:
    async def use(server: Any, fetcher: Fetcher) -> None:
        await asyncio.gather(*(fetcher.get(server.url(f"/wait/0.005?{n}")) for n in range(30)))
        assert server.most_at_once == 1
        spans = sorted(server.spans)
        assert len(spans) == 30
        gaps = [after[0] - before[1] for before, after in itertools.pairwise(spans)]
        assert min(gaps) >= 0.02

    against(use, per_host_gap_seconds=0.02)


def test_a_crawl_delay_widens_the_gap_up_to_its_limit() -> None:
    async def use(server: Any, fetcher: Fetcher) -> None:
        for n in range(3):
            await fetcher.get(server.url(f"/ok/{n}"))
        spans = sorted(server.spans)
        assert min(after[0] - before[1] for before, after in itertools.pairwise(spans[1:])) >= 0.1

    against(use, robots=b"User-agent: *\nCrawl-delay: 600", respect_robots=True, max_crawl_delay_seconds=0.1)


def test_waiting_for_a_turn_does_not_use_up_the_time_limit() -> None:
    async def use(server: Any, fetcher: Fetcher) -> None:
        answers = await asyncio.gather(*(fetcher.get(server.url(f"/wait/0.1?{n}")) for n in range(10)))
        assert all(isinstance(answer, Fetched) for answer in answers)

    against(use)


def test_a_slow_host_costs_the_others_nothing() -> None:
    async def run() -> None:
        async with hostile.two() as (slow, healthy):
            settings = replace(QUICK, allow=(slow.place, healthy.place))
            async with Fetcher(settings, clock) as fetcher:
                waiting = asyncio.create_task(fetcher.get(slow.url("/drip")))
                await asyncio.sleep(0.05)
                assert isinstance(await fetcher.get(healthy.url("/ok")), Fetched)
                assert not waiting.done()
                assert isinstance(await waiting, FetchFailure)

    asyncio.run(run())


def test_a_cancelled_request_gives_its_turn_back() -> None:
    async def use(server: Any, fetcher: Fetcher) -> None:
        task = asyncio.create_task(fetcher.get(server.url("/silent")))
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert isinstance(await fetcher.get(server.url("/ok")), Fetched)

    against(use)


# --- Retry-After, proxies, injected transports ----------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", NOW + dt.timedelta(seconds=120)),
        ("Sun, 22 Nov 2026 12:10:00 GMT", NOW + dt.timedelta(minutes=10)),
        ("999999999999999999999", NOW + dt.timedelta(hours=24)),
        ("Sun, 22 Nov 2099 12:10:00 GMT", NOW + dt.timedelta(hours=24)),
        ("Sun, 22 Nov 2020 12:10:00 GMT", None),
        ("soon", None),
        ("-5", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_in_both_forms_and_capped(
    value: str | None, expected: dt.datetime | None
) -> None:
    assert retry_after(value, NOW) == expected


def test_a_failure_carries_its_retry_after() -> None:
    answer = got("/status/503?after=90")
    assert isinstance(answer, FetchFailure)
    assert answer.retry_after_at == NOW + dt.timedelta(seconds=90)


@pytest.mark.parametrize(("status", "reason"), [(429, "rate_limited"), (503, "http_5xx")])
def test_a_host_that_says_when_to_come_back_is_not_asked_again_before(status: int, reason: str) -> None:
    """Its word holds for all its addresses, and for nobody else's."""

    async def use(server: Any, fetcher: Fetcher) -> None:
        first = await fetcher.get(server.url(f"/status/{status}?after=90"))
        later = await asyncio.gather(*(fetcher.get(server.url(f"/ok/{n}")) for n in range(3)))
        for answer in (first, *later):
            assert isinstance(answer, FetchFailure)
            assert (answer.reason, answer.temporary) == (reason, True)
            assert answer.retry_after_at == NOW + dt.timedelta(seconds=90)
        assert len(server.paths()) == 1
        elsewhere = f"http://other.example:{server.port}/ok"
        assert isinstance(await fetcher.get(elsewhere), Fetched)

    against(use, names=["other.example"], resolver=resolving(["127.0.0.1"]))


def test_a_host_that_only_fails_is_asked_again() -> None:
    async def use(server: Any, fetcher: Fetcher) -> None:
        assert isinstance(await fetcher.get(server.url("/status/429")), FetchFailure)
        assert isinstance(await fetcher.get(server.url("/ok")), Fetched)

    against(use)


def test_a_proxy_is_asked_for_the_checked_address_only() -> None:
    """The tunnel names an address, never a name; a private one is refused before the proxy hears of it."""
    lines: list[bytes] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await reader.readuntil(b"\r\n\r\n")
        hostile.send(writer, b"through the proxy")
        await writer.drain()

    async def run() -> None:
        server = await asyncio.start_server(proxy, "127.0.0.1", 0)
        address = f"http://user:pass@127.0.0.1:{server.sockets[0].getsockname()[1]}"
        settings = replace(QUICK, proxy=address)
        async with Fetcher(settings, clock, resolver=resolving(["8.8.8.8"], ["10.0.0.1"])) as fetcher:
            through = await fetcher.get("http://news.example.org/ok")
            refused = await fetcher.get("http://inside.example.org/ok")
        server.close()
        assert isinstance(through, Fetched)
        assert through.body == b"through the proxy"
        assert isinstance(refused, FetchFailure)
        assert refused.reason == "blocked_address"
        assert len(lines) == 1
        assert lines[0].startswith(b"CONNECT 8.8.8.8:80 HTTP/1.1\r\n")
        assert b"Basic dXNlcjpwYXNz" in lines[0]

    asyncio.run(run())


def test_proxies_of_the_environment_are_settings() -> None:
    environ = {"HTTPS_PROXY": "http://proxy:3128", "NO_PROXY": "localhost, .internal"}
    assert proxy_from_environment(environ) == ("http://proxy:3128", ("localhost", ".internal"))
    assert proxy_from_environment({"HTTP_PROXY": "http://x", "REQUEST_METHOD": "GET"}) == (None, ())


def test_proxies_of_the_environment_are_not_used_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    assert isinstance(got("/ok"), Fetched)


def test_a_transport_can_stand_in_for_the_network() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=b"<rss/>", headers={"etag": "x"})

    async def run() -> None:
        async with Fetcher(QUICK, clock, transport=httpx.MockTransport(answer)) as fetcher:
            answered = await fetcher.get("https://news.example.org/feed")
            assert isinstance(answered, Fetched)
            assert (answered.body, answered.etag) == (b"<rss/>", "x")

    asyncio.run(run())
