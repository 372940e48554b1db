"""Adds a film in the dashboard, finds it everywhere it should be, asks why, compares posters, rates, and trains. See Scripts/test-dashboard."""

import base64
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import axe_playwright_python
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
POSTERS = pathlib.Path("SampleData/new-arrivals/posters").resolve()
SCREENSHOTS = os.environ.get("SCREENSHOTS")
WIDTHS = {1440: 900, 390: 844}

# Drops a file as a hand does: the events that a browser sends, with the file in them.
DROP = """
const [target, text, name] = arguments;
const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
const data = new DataTransfer();
data.items.add(new File([bytes], name, { type: "image/png" }));
for (const kind of ["dragover", "drop"]) target.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
"""

# A canvas with more than one colour is not empty.
IS_DRAWN = """
const canvas = document.querySelector(arguments[0]);
if (!canvas || !canvas.width) return false;
const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
return data.some((value, index) => index % 4 === 3 && value > 200);
"""


class Service:
    """`coldstart serve` on a port of its own."""

    def __init__(self, coldstart, workspace):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen([coldstart, "--workspace", workspace, "serve", "--port", str(port)],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(150):
            try:
                self.get("/health/ready")
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the service does not answer")

    def get(self, path):
        with urllib.request.urlopen(self.address + path, timeout=10) as response:
            return json.load(response)

    def status(self, path):
        try:
            return urllib.request.urlopen(self.address + path, timeout=10).status
        except urllib.error.HTTPError as error:
            return error.code

    def stop(self):
        self.process.terminate()
        self.process.wait(15)


class Browser:
    """A page at one width, with what every view has to hold."""

    def __init__(self, address, width, scheme):
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium")
        for argument in ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage"]:
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
        self.width, self.scheme, self.address = width, scheme, address
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": WIDTHS[width], "deviceScaleFactor": 1, "mobile": width < 500})
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": "prefers-color-scheme", "value": scheme}]})

    def one(self, selector):
        return self.wait(lambda: next(iter(self.all(selector)), None), selector)

    def all(self, selector):
        return [one for one in self.driver.find_elements(By.CSS_SELECTOR, selector)]

    def wait(self, condition, what, seconds=15):
        def check(_):
            try:
                return condition()
            except Exception as error:  # The page changes while it is read.
                if type(error).__name__ in ("StaleElementReferenceException", "NoSuchElementException", "IndexError"):
                    return False
                raise
        return WebDriverWait(self.driver, seconds, 0.05).until(check, f"not seen at {self.width} px: {what}")

    def button(self, text, within=""):
        return self.wait(lambda: next((one for one in self.all(f"{within} button, {within} a") if one.text.strip().startswith(text) and one.is_displayed()), None), f"button {text}")

    def press(self, element):
        self.driver.execute_script("arguments[0].scrollIntoView({ block: 'center' })", element)
        element.click()

    def labelled(self, text, within="main"):
        """The field of a label."""
        label = self.wait(lambda: next((one for one in self.all(f"{within} label") if one.text.strip() == text), None), f"label {text}")
        return self.driver.find_element(By.ID, label.get_attribute("for"))

    def go(self, name, heading=None):
        """Follows the navigation, opening the menu where it is folded."""
        if self.one("#menu").is_displayed():
            self.one("#menu").click()
        self.button(name, "#nav").click()
        self.wait(lambda: self.one("h1").text == (heading or name), f"heading {name}")

    def settle(self):
        # Behind a question the page waits for the answer.
        self.wait(lambda: self.all("dialog") or not self.all("main .ghost"), "the end of loading")

    def check(self, name):
        """What holds for every view: axe finds nothing, there is one first heading, nothing is wider than the page."""
        self.settle()
        self.driver.execute_script(AXE)
        result = self.driver.execute_async_script("axe.run(document, { resultTypes: ['violations'] }).then(arguments[0])")
        found = [f"{one['id']}: {one['nodes'][0]['html'][:160]} ({one['nodes'][0].get('failureSummary', '')[:200]})" for one in result["violations"]]
        assert not found, f"{name} at {self.width} px, {self.scheme}: " + "\n  ".join(found)
        assert len(self.all("h1")) == 1, f"{name}: {len(self.all('h1'))} first headings"
        over = self.driver.execute_script("return document.documentElement.scrollWidth - innerWidth")
        assert over <= 0, f"{name} is {over} px wider than {self.width} px"
        if SCREENSHOTS:
            os.makedirs(SCREENSHOTS, exist_ok=True)
            size = self.driver.execute_script("return Math.min(3000, document.documentElement.scrollHeight)")
            shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", {
                "captureBeyondViewport": True, "clip": {"x": 0, "y": 0, "width": self.width, "height": size, "scale": 1}})
            pathlib.Path(SCREENSHOTS, f"{self.width}-{self.scheme}-{name}.png").write_bytes(base64.b64decode(shot["data"]))

    def expect_silence(self, but):
        """The console holds no error and no violation of the policy, but for refusals that were asked for, by their status."""
        logs = [one["message"] for one in self.driver.get_log("browser") if one["level"] in ("SEVERE", "WARNING")]
        logs = [one for one in logs if f"responded with a status of {but}" not in one]
        assert not logs, "the console holds:\n  " + "\n  ".join(logs)


def catalogue(page, service):
    page.driver.get(service.address + "/")
    page.wait(lambda: len(page.all(".posters li")) == 24, "24 items")
    page.wait(lambda: page.driver.execute_script("return [...document.querySelectorAll('.posters img')].some((one) => one.naturalWidth > 0)"), "a poster")
    page.check("catalogue")
    page.button("Next").click()
    page.wait(lambda: page.all(".pager a") and page.all(".pager a")[0].text.startswith("←"), "the second page")
    second = page.all(".posters b")[0].text
    page.driver.back()
    page.wait(lambda: page.all(".posters b")[0].text != second, "the first page again")
    page.labelled("Search titles").send_keys("moon" if page.width > 500 else "zzzz")
    page.wait(lambda: page.all(".state") or 0 < len(page.all(".posters li")) < 24, "what was searched")


def add(page, title, poster):
    """Adds a film; the first attempt has a year that is none."""
    page.go("Add an item")
    page.check("add")
    page.labelled("Title").send_keys(title)
    page.labelled("Year").send_keys("soon")
    page.labelled("Description").send_keys("A retired astronaut and a grounded star pilot cross a red planet without roads.")
    page.press(page.button("Adventure", ".suggestions"))
    page.labelled("Values of director").send_keys("Lev Voskresny")
    if page.width > 500:
        page.labelled("Poster").send_keys(str(poster))
    else:
        page.driver.execute_script(DROP, page.one(".drop"), base64.b64encode(poster.read_bytes()).decode(), poster.name)
    page.wait(lambda: page.driver.execute_script("return document.querySelector('.drop img')?.naturalWidth > 0"), "the poster's preview")
    page.press(page.button("Add the item"))
    year = page.labelled("Year")
    page.wait(lambda: year.get_attribute("aria-invalid") == "true", "the fault at the year")
    assert "whole number" in page.one(f"#{year.get_attribute('id')}-wrong").text
    year.send_keys(Keys.BACKSPACE * 4, "2026")
    page.press(page.button("Add the item"))
    page.wait(lambda: "is in the catalogue" in page.one("h2[tabindex]").text, "the result")
    page.wait(lambda: len(page.all(".strip li")) == 5 and page.all(".strip img"), "neighbours with posters")
    assert len(page.all(".audience li")) == 5
    page.wait(lambda: page.driver.execute_script(IS_DRAWN, ".mini canvas"), "the map")
    assert title in page.one(".mini canvas").get_attribute("aria-label")
    page.check("added")
    page.press(page.button("Open its page"))
    page.wait(lambda: page.one("h1").text.startswith(title), "the item's page")


def card(page):
    """The card of the new film: where it stands, how sure that is, what its content said, who wants it; and on paper."""
    page.wait(lambda: len(page.all(".audience li")) == 6 and len(page.all(".strip li")) == 6, "audience and neighbours")
    assert page.one(".tag").text == "New: from content"
    assert "variance" in page.one("main").text and "until warm" in page.one(".tiles").text
    page.wait(lambda: page.driver.execute_script(IS_DRAWN, ".mini canvas"), "the map")
    assert "after 0 ratings" in page.one(".funnel").get_attribute("aria-label")
    assert [one.text for one in page.all(".voice h3")] == ["Poster", "Text", "Metadata"]
    assert len(page.all(".voice .beside li")) == 9 and len(page.all(".disputes li")) == 3
    assert page.all(".traits li") and "expected takers" in page.one("main").text
    page.check("item")
    page.driver.execute_script("window.print = () => { window.isPrinted = true }")
    page.press(page.button("Print this card"))
    page.wait(lambda: page.driver.execute_script("return window.isPrinted && [...document.querySelectorAll('.item img')].every((one) => one.naturalWidth > 0)"), "the posters on paper")
    printed = page.driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True, "preferCSSPageSize": True})
    pages = len(re.findall(rb"/Type\s*/Page[^s]", base64.b64decode(printed["data"])))
    assert pages == 1, f"the card takes {pages} pages"


def compare(page, service, title, posters):
    """The film with its own poster against another, and against itself."""
    before = service.get("/v1/status")["catalogue_revision"]
    page.press(page.button("Try another poster"))
    page.wait(lambda: page.labelled("Title").get_attribute("value") == title, "the film's title")
    page.wait(lambda: page.driver.execute_script("return document.querySelector('.drop img')?.naturalWidth > 0"), "its poster as A")
    page.press(page.button("Compare the posters"))
    page.wait(lambda: page.labelled("Poster B").get_attribute("aria-invalid") == "true", "that B is missing")
    page.labelled("Poster B").send_keys(str(posters[1]))
    page.press(page.button("Compare the posters"))
    page.wait(lambda: page.all(".verdict h2"), "the verdict", 60)
    assert page.one(".verdict h2").text in ("The two posters place it differently", "No difference beyond noise")
    page.wait(lambda: len(page.all(".strip li")) == 12, "neighbours of both")
    assert len(page.all(".interval")) == 2 and "only with A" in page.one(".stacked").get_attribute("aria-label")
    page.check("compared")
    page.labelled("Poster B").send_keys(str(posters[0]))
    page.press(page.button("Compare the posters"))
    page.wait(lambda: page.all(".verdict.noise") and "0 only with A" in page.one(".stacked").get_attribute("aria-label"), "that a poster is no better than itself", 60)
    assert page.all(".muted") and "read nothing into it" in page.one(".verdict").text
    page.check("compared-noise")
    assert service.get("/v1/status")["catalogue_revision"] == before


def rate(page, service, user):
    """Rates the first of a user's list, which then leaves it."""
    page.go("Users")
    page.labelled("Search ids").send_keys(user)
    page.wait(lambda: len(page.all("tbody tr")) == 1, "one user")
    page.check("users")
    page.press(page.button(user, "tbody"))
    page.wait(lambda: len(page.all(".recommendations > li")) == 12, "a list of 12")
    assert "likely next" in page.one(".chance").text and "Because of" in page.one(".recommendations p").text
    page.check("user")
    before = service.get(f"/v1/users/{user}")["ratings"]
    first = page.one(".recommendations h3 a").text
    page.press(page.button("Rate", ".recommendations"))
    page.check("rating")
    page.button("5", "dialog").click()
    page.wait(lambda: first in page.one(".notice").text, "that it is rated")
    page.wait(lambda: page.one(".recommendations h3 a").text != first, "the list without it")
    page.wait(lambda: page.driver.execute_script("return document.activeElement.className") == "notice", "the focus on the notice")
    assert service.get(f"/v1/users/{user}")["ratings"] == before + 1
    page.wait(lambda: page.one(".history a").text == first, "it at the top of the history")


def only_new(page, title):
    """The new film is on the list of new items."""
    page.press(next(one for one in page.all(".check") if one.text == "Only new items"))
    page.wait(lambda: any(title in one.text for one in page.all(".recommendations h3")), "the new film on a list")
    assert "only=new" in page.driver.current_url
    page.driver.refresh()
    page.wait(lambda: any(title in one.text for one in page.all(".recommendations h3")), "the same list by its address")


def number(element):
    """The last number of an element's text, whose sign may be typographic."""
    return float(re.findall(r"[+-]?\d+\.\d+", element.text.replace("−", "-"))[-1])


def explain(page, title):
    """Opens why the new film is on the list: a sum that is the score, a poster with its heat map, words, and the history."""
    item = next(one for one in page.all(".recommendations > li") if title in one.text)
    button = item.find_element(By.CSS_SELECTOR, "button[aria-expanded]")
    button.send_keys(Keys.ENTER)
    page.wait(lambda: page.all(".why .waterfall li"), "the score taken apart", 60)
    figures = [number(one) for one in page.all(".waterfall .num")]
    assert abs(sum(figures[:-1]) - figures[-1]) < 0.0006 * len(figures), f"{figures} do not add up"
    assert len(figures) > 5 and page.all(".why .near li")
    assert page.all(".words mark"), "no word is marked"
    page.wait(lambda: page.driver.execute_script(IS_DRAWN, ".heat canvas"), "the heat map")
    assert len(page.all(".regions li")) > 0
    page.wait(lambda: page.driver.execute_script("return [...document.querySelectorAll('.near .poster')].every((one) => one.hasChildNodes())"), "the history's posters")
    page.check("explanation")
    heat = page.button("Heat map", ".why")
    page.press(heat)
    assert heat.get_attribute("aria-pressed") == "false" and not page.one(".heat canvas").is_displayed()
    page.press(button)
    assert button.get_attribute("aria-expanded") == "false" and not page.one(".why").is_displayed()


def look_around(page, title):
    page.go("Map")
    # The layout is made when it is first asked for; until then there is the other one.
    page.wait(lambda: "ten nearest" in page.one(".mapping .hint").text, "the layout that keeps neighbours", 60)
    page.wait(lambda: page.driver.execute_script(IS_DRAWN, "canvas"), "the map")
    assert "new" in page.one(".legend").text and len(page.all(".legend span")) == 10
    shown = page.one("h2").text
    page.one("canvas").send_keys("+++")
    page.wait(lambda: page.one("h2").text not in ("", shown), "fewer items in view")
    page.wait(lambda: int(page.one(".chart-box").get_attribute("data-posters")) > 2, "posters on the map")
    page.check("map-near")
    page.driver.execute_script("const select = arguments[0]; select.value = 'pca'; select.dispatchEvent(new Event('change'))", page.labelled("Layout"))
    page.wait(lambda: "two directions" in page.one(".mapping .hint").text and "layout=pca" in page.driver.current_url, "the other layout")
    page.labelled("Find a title").send_keys(title)
    page.wait(lambda: any(title in one.text for one in page.all(".in-view li")), "the film on the map")
    page.check("map")
    page.go("New items")
    page.wait(lambda: title in page.one("tbody").text, "the film among the new items")
    page.press(page.button("Ratings", "thead"))
    page.wait(lambda: page.all("th[aria-sort=descending]")[0].text.startswith("Ratings"), "sorted by ratings")
    page.check("new")


def train(page, service):
    """Retrains, watches it to its end, and goes back to the version before."""
    page.go("Training")
    page.check("training")
    before = len(service.get("/v1/trainings")["trainings"])
    page.press(page.one("#retrain"))
    page.wait(lambda: page.all("progress"), "progress")
    page.wait(lambda: not page.all("progress") and len(page.all("article")) == before + 1, "its end", 300)
    assert service.get("/v1/trainings")["trainings"][0]["state"] in ("succeeded", "kept_inactive")
    page.check("trained")
    page.go("Models")
    active = service.get("/v1/models")["active"]
    page.wait(lambda: "NDCG@20" in page.one("main").text, "figures")
    page.check("models")
    page.press(next(one for one in page.all("article button") if one.is_displayed()))
    page.press(page.one("dialog button.main"))
    page.wait(lambda: service.get("/v1/models")["active"] != active, "another active version")


def with_key(page, service, coldstart, workspace):
    """Once there is a key, the page asks for it, and shows posters that only the key opens."""
    made = subprocess.run([coldstart, "--workspace", workspace, "keys", "add", "--name", "browser", "--role", "read"],
                          check=True, capture_output=True, text=True).stdout
    token = re.search(r"cs_\S+", made).group()
    service.process.send_signal(signal.SIGHUP)
    page.wait(lambda: service.status("/v1/status") == 401, "that the service wants a key")
    page.driver.get(service.address + "/")
    page.one("dialog input").send_keys("cs_wrong", Keys.ENTER)
    page.wait(lambda: "does not know this key" in page.one("dialog").text, "that the key is wrong")
    page.check("key")
    page.one("dialog input").send_keys(token, Keys.ENTER)
    page.wait(lambda: len(page.all(".posters li")) == 24, "24 items")
    page.wait(lambda: page.driver.execute_script("return [...document.querySelectorAll('.posters img')].some((one) => one.naturalWidth > 0 && one.src.startsWith('blob:'))"), "a poster")
    page.check("catalogue-with-key")


def main():
    coldstart, workspace = sys.argv[1:]
    service = Service(coldstart, workspace)
    posters = sorted(POSTERS.glob("*.png"))
    try:
        for number, (width, scheme) in enumerate([(1440, "light"), (390, "dark")]):
            page = Browser(service.address, width, scheme)
            title = f"A Road on the Red Planet, Part {number + 1}"
            try:
                catalogue(page, service)
                add(page, title, posters[number])
                card(page)
                compare(page, service, title, [posters[number], posters[number + 2]])
                rate(page, service, f"u00{number + 1}")
                only_new(page, title)
                explain(page, title)
                look_around(page, title)
                train(page, service)
                page.expect_silence(but=422)
            except BaseException:
                print(f"at {page.driver.current_url}: {page.driver.get_log('browser')}", file=sys.stderr)
                raise
            finally:
                page.driver.quit()
            print(f"{width} px, {scheme}: added, found, explained, compared, rated, trained, went back; axe-core and the console are silent")
        page = Browser(service.address, 1440, "dark")
        try:
            with_key(page, service, coldstart, workspace)
            page.expect_silence(but=401)
        finally:
            page.driver.quit()
        print("asked for a key, and went on with it")
    finally:
        service.stop()


main()
