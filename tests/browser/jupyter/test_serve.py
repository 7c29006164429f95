"""`labkit serve` as a visitor meets it: nothing without the token, the explorer with it, and a clean end."""

import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

pytestmark = pytest.mark.browser


def labkit(*words):
    return subprocess.run(
        [sys.executable, "-m", "labkit", *words], capture_output=True, text=True, check=False, timeout=60
    )


@pytest.fixture(scope="module")
def served():
    """A running `labkit serve`: its process and the address that it gave."""
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    words = [sys.executable, "-m", "labkit", "serve", "--no-open", "--language", "nl"]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)
    try:
        found = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", process.stdout.readline())
        assert found, process.stderr.read()
        yield process, found[0]
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def answer(url):
    """Return the status and the text of an answer, after redirects."""
    try:
        with urllib.request.urlopen(url, timeout=10) as found:
            return found.status, found.read().decode("utf-8", errors="replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode("utf-8", errors="replace")


def test_without_the_token_nothing_is_shown(served):
    _, url = served
    base = url.partition("?")[0]
    kernel = "api/kernels/00000000-0000-0000-0000-000000000000"
    for path in ("", "?token=wrong", "api/kernels", kernel, f"{kernel}/channels", "voila/files/explorer.ipynb"):
        status, text = answer(base + path)
        assert status == 403 or 'name="password"' in text, path
        assert "open_city" not in text and "indicator" not in text


def test_with_the_token_the_explorer_opens_and_asks_no_one_else(served, chromium):
    _, url = served
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    context.set_default_timeout(60_000)
    foreign = []

    def guard(route):
        if route.request.url.startswith((url.partition("?")[0], "data:", "blob:")):
            route.continue_()
        else:
            foreign.append(route.request.url)
            route.abort()

    context.route("**/*", guard)
    page = context.new_page()
    page.goto(url, wait_until="commit")
    explorer = page.locator("iframe").content_frame
    explorer.locator(".lk-area").first.wait_for()
    assert page.title().startswith("Leiden")
    assert page.locator("html").get_attribute("lang") == "nl"
    assert "open_city" not in page.locator("body").inner_text()
    # It fills the window, and can be seen and pointed at.
    size = page.locator("iframe").bounding_box()
    assert (size["x"], size["y"], size["width"], size["height"]) == (0, 0, 390, 844)
    assert page.evaluate("document.elementFromPoint(200, 400).tagName") == "IFRAME"
    context.close()
    assert foreign == []


def test_a_token_typed_by_hand_opens_the_explorer_and_a_wrong_one_does_not(served, chromium):
    _, url = served
    base, _, token = url.partition("?token=")
    page = chromium.new_context().new_page()
    page.goto(base)
    for typed in ("not the token", token):
        page.get_by_label("Token").fill(typed)
        page.keyboard.press("Enter")
        if typed != token:
            page.get_by_text("Dit is niet het token.").wait_for()
    page.wait_for_url(base)
    assert page.get_by_label("Token").count() == 0
    assert any(cookie["name"] == "_xsrf" for cookie in page.context.cookies())  # closing the page ends its kernel
    page.context.close()


def test_it_ends_with_ctrl_c(served):
    process, url = served
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Stopped." in said
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(url, timeout=5)


def test_wrong_use_is_told():
    assert "only this computer" in labkit("serve", "--no-token", "--address", "0.0.0.0").stderr
    assert "8 characters" in labkit("serve", "--token", "short").stderr
    assert labkit("serve", "--no-token", "--token", "long-enough").returncode == 2
