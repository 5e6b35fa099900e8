"""Every answer has its headers; cookies have flags; https adds what keeps a browser there."""

import asyncio

import pytest
from starlette.responses import PlainTextResponse

from server.headers import FIXED, SecurityHeaders, policy

HTML = "<head><script>one = 1</script><script type='module' src='./a.js'></script></head>"
ONE = "'sha256-GB0u734FHFAB1E5pJucGvGkqfRURo0bTa3V9Uy6PZpg='"
COOKIES = (
    "_streamlit_xsrf=2|a|b; Path=/; SameSite=Lax",
    "session=x; path=/; httponly; samesite=lax",
)


def headers(scheme: str = "http", embed: tuple[str, ...] = (), status: int = 200):
    """Return the headers of an answer that sets two cookies."""
    answer = PlainTextResponse("here", status, headers={"X-Content-Type-Options": "none"})
    for cookie in COOKIES:
        answer.headers.append("set-cookie", cookie)
    sent: list[dict] = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request"}

    named = [(b"host", b"app.example.org:8443")]
    scope = {"type": "http", "scheme": scheme, "method": "GET", "path": "/", "headers": named}
    asyncio.run(SecurityHeaders(answer, HTML, embed)(scope, receive, send))
    found: dict[str, list[str]] = {}
    for name, value in sent[0]["headers"]:
        found.setdefault(name.decode(), []).append(value.decode())
    return found


@pytest.mark.parametrize("status", [200, 404, 503])
def test_every_answer_has_them_once(status):
    found = headers(status=status)
    for name, value in FIXED.items():
        assert found[name.lower()] == [value]
    (told,) = found["content-security-policy"]
    assert told.endswith("; connect-src 'self' ws://app.example.org:8443")
    assert "strict-transport-security" not in found


def test_scripts_within_the_html_are_allowed_by_digest_and_no_evaluation():
    told = policy(HTML, ())
    assert f"script-src 'self' blob: 'wasm-unsafe-eval' {ONE};" in told
    assert "'unsafe-eval'" not in told and "default-src 'none'" in told


@pytest.mark.parametrize(
    ("embed", "ancestors"),
    [
        ((), "'self'"),
        (("lms.example.org", "*.example.edu"), "'self' lms.example.org:* *.example.edu:*"),
    ],
)
def test_who_may_embed_is_a_setting(embed, ancestors):
    assert f"frame-ancestors {ancestors};" in policy(HTML, embed)


def test_cookies_are_flagged_and_only_the_one_that_a_page_reads_can_be_read():
    assert headers()["set-cookie"] == [
        "_streamlit_xsrf=2|a|b; Path=/; SameSite=Lax",
        "session=x; path=/; HttpOnly; SameSite=Lax",
    ]


def test_behind_https_cookies_and_names_are_secure_and_sockets_too():
    found = headers("https")
    assert all(one.endswith("; Secure; SameSite=Lax") for one in found["set-cookie"])
    assert found["strict-transport-security"] == ["max-age=31536000"]
    assert found["content-security-policy"][0].endswith("'self' wss://app.example.org:8443")


def test_in_a_frame_of_another_site_cookies_are_kept_apart():
    flags = "; Secure; SameSite=None; Partitioned"
    embed = ("lms.example.org",)
    assert all(one.endswith(flags) for one in headers("https", embed)["set-cookie"])
    # A browser takes SameSite=None from https alone.
    assert all(one.endswith("; SameSite=Lax") for one in headers("http", embed)["set-cookie"])
