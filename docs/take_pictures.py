"""Takes the README's pictures from the running demo: `make demo`, then `make pictures`.

Needs Chromium on this machine and playwright, which `make pictures` installs.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from wirewatch.alert.mailbox import list_messages, mailbox_html
from wirewatch.settings import ROOT, settings
from wirewatch.standalone.demo import demo_settings
from wirewatch.standalone.secrets_file import USER
from wirewatch.standalone.stack import Stack

PICTURES = ROOT / "docs" / "pictures"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def main() -> int:
    """Write run.png, mail.png, mail-dark.png and mail-phone.png."""
    stack = Stack(demo_settings(settings()))
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium or "api-server" not in stack.state():
        print("Start the demo first (make demo), and install Chromium.", file=sys.stderr)
        return 1
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        take_run(browser, stack)
        take_mails(browser, stack)
        browser.close()
    return 0


def take_run(browser: Browser, stack: Stack) -> None:
    """The latest run of news_collect, its source group opened."""
    run = stack.api.runs("news_collect")[0]["dag_run_id"]
    page = browser.new_page(viewport={"width": 1280, "height": 760})
    page.goto(f"{stack.address}/auth/login")
    page.fill("input[name=username]", USER)
    page.fill("input[name=password]", stack.secrets.password)
    page.click("button[type=submit]")
    page.wait_for_url("**/")
    page.goto(f"{stack.address}/dags/news_collect/runs/{run}/tasks/group/source")
    page.wait_for_timeout(4000)
    page.screenshot(path=PICTURES / "run.png")


def take_mails(browser: Browser, stack: Stack) -> None:
    """The newest alert: light, dark, and as a phone shows it."""
    newest = list_messages(stack.settings.mailbox)[0]
    html = Path(tempfile.mkdtemp()) / "mail.html"
    html.write_text(mailbox_html(stack.settings.mailbox, newest.key), encoding="utf-8")
    for name, scheme, width in (("mail", "light", 760), ("mail-dark", "dark", 760), ("mail-phone", "light", 390)):
        page = browser.new_page(viewport={"width": width, "height": 640}, color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(html.as_uri())
        page.wait_for_timeout(1000)  # the message is a frame inside the page
        page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    sys.exit(main())
