"""Two ways to use a page: a pointer without JavaScript, and a keyboard alone with it. Journeys are told once for both.

Elements are found as people find them: by the name of a link or a button, by the label of a field.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import BrowserContext, Error, Locator, Page, expect

TABS = 400  # no page has more stops

# What carries the ring: the element, the giant choice around a radio, or the card whose link covers it.
FOCUS = """target => {
    const here = document.activeElement, found = {there: here === target, radio: false, ring: 0, seen: true, what: ''};
    found.after = !here || here === document.body || here === target ? true :
        !!(here.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING);
    if (!here || here === document.body || here.id === 'contenu') { found.ring = 9; return found; }
    found.radio = here.type === 'radio' && target.type === 'radio' && here.name === target.name
        && here.form === target.form;
    const widths = [[here, null], [here.closest('.geant'), null], [here, '::after']].filter(([e]) => e)
        .map(([e, part]) => getComputedStyle(e, part))
        .map(s => s.outlineStyle === 'none' ? 0 : parseFloat(s.outlineWidth));
    found.ring = Math.max(...widths);
    const box = (here.closest('.geant') || here).getBoundingClientRect();
    found.seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
    found.what = here.outerHTML.slice(0, 120);
    return found; }"""


class Hands(ABC):
    """Somebody in front of a page."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.page: Page = context.new_page()

    # What one does.

    def open(self, path: str) -> None:
        """Types an address."""
        self.page.goto(path)

    def follow(self, name: str, where: str = "main") -> None:
        """Follows the first link of this name."""
        self._go(self.page.locator(where).get_by_role("link", name=name).first)

    def press(self, name: str, where: str = "main") -> None:
        """Presses the first button of this name."""
        self._go(self.page.locator(where).get_by_role("button", name=name).first)

    def refused_by_the_browser(self, name: str) -> None:
        """Presses a button whose form the browser does not send, because a field is wrong."""
        before, button = self.page.url, self.page.locator("main").get_by_role("button", name=name).first
        self._toggle(button)
        assert self.page.url == before and self.page.locator("main :invalid").count() > 0

    def write(self, label: str, text: str) -> None:
        """Replaces what a field holds."""
        field = self.page.locator("main").get_by_label(label).first
        self._write(field, text)
        assert field.input_value() == text, f"{label}: {field.input_value()!r}"

    def choose(self, label: str) -> None:
        """Ticks a box or a choice."""
        self.tick(self.page.locator("main").get_by_label(label).first)

    def tick(self, box: Locator) -> None:
        """Ticks this box."""
        self._choose(box)
        assert box.is_checked(), box

    def select(self, label: str, option: str) -> None:
        """Takes an option of a list."""
        field = self.page.locator("main").get_by_label(label).first
        self._select(field, option)
        assert field.evaluate("e => e.selectedOptions[0].label") == option, label

    def unfold(self, name: str) -> None:
        """Opens a « details » by its summary."""
        summary = self.page.locator("main summary", has_text=name).first
        self._toggle(summary)
        assert summary.evaluate("e => e.parentElement.open"), name

    def day(self, label: str, day: str) -> None:
        """Writes a date (ISO) in a date field."""
        field = self.page.locator("main").get_by_label(label).first
        self._day(field, day)
        assert field.input_value() == day, f"{label}: {field.input_value()!r}"

    # What one sees.

    def see(self, *texts: str) -> None:
        """These words are on the page (spaces of any kind are the same)."""
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(text)

    def see_not(self, *texts: str) -> None:
        """These words are nowhere on the page."""
        for text in texts:
            expect(self.page.locator("body")).not_to_contain_text(text)

    def value(self, label: str) -> str:
        """What a field holds."""
        return self.page.locator("main").get_by_label(label).first.input_value()

    def address(self) -> str:
        """The path of the page."""
        return re.sub(r"^https?://[^/]+", "", self.page.url)

    def error_has_focus(self) -> None:
        """The summary of errors was brought to the person."""
        expect(self.page.locator("[role=alert]:focus")).to_have_count(1)

    def close(self) -> None:
        with suppress(Error):  # of a lost browser
            self.context.close()

    @abstractmethod
    def _go(self, element: Locator) -> None: ...
    @abstractmethod
    def _write(self, field: Locator, text: str) -> None: ...
    @abstractmethod
    def _choose(self, box: Locator) -> None: ...
    @abstractmethod
    def _select(self, field: Locator, option: str) -> None: ...
    @abstractmethod
    def _toggle(self, summary: Locator) -> None: ...
    @abstractmethod
    def _day(self, field: Locator, day: str) -> None: ...


class Pointer(Hands):
    """A pointer, on a browser that runs no JavaScript."""

    def _go(self, element: Locator) -> None:
        with self.page.expect_navigation():
            element.click()

    def _write(self, field: Locator, text: str) -> None:
        field.fill(text)

    def _choose(self, box: Locator) -> None:
        box.check()

    def _select(self, field: Locator, option: str) -> None:
        field.select_option(label=option)

    def _toggle(self, summary: Locator) -> None:
        summary.click()

    def _day(self, field: Locator, day: str) -> None:
        field.fill(day)


class Keyboard(Hands):
    """Tab, Shift+Tab, Space, Enter; the arrows where the platform gives them: inside a group of radios, in a list.

    At each stop the ring is at least 3 px wide and on screen.
    """

    def _go(self, element: Locator) -> None:
        self._reach(element)
        swapped = element.evaluate("e => !!e.closest('[hx-get], [hx-post]')")
        if not swapped:
            with self.page.expect_navigation():
                self.page.keyboard.press("Enter")
            return
        with self.page.expect_response(lambda answer: answer.request.resource_type in ("xhr", "document")):
            self.page.keyboard.press("Enter")
        expect(self.page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)

    def _write(self, field: Locator, text: str) -> None:
        self._reach(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(text)

    def _choose(self, box: Locator) -> None:
        self._reach(box)
        if not box.is_checked():
            self.page.keyboard.press("Space")

    def _select(self, field: Locator, option: str) -> None:
        self._reach(field)
        for key in ("ArrowDown", "ArrowUp"):
            for _ in range(field.locator("option").count()):
                if field.evaluate("e => e.selectedOptions[0].label") == option:
                    return
                self.page.keyboard.press(key)

    def _toggle(self, summary: Locator) -> None:
        self._reach(summary)
        self.page.keyboard.press("Enter")

    def _day(self, field: Locator, day: str) -> None:
        year, month, number = day.split("-")
        for typed in (f"{number}{month}{year}", f"{month}{number}{year}"):  # the order is the browser's
            self._reach(field)
            while field.evaluate("e => e === document.activeElement"):  # back over its parts, to enter by the first
                self.page.keyboard.press("Shift+Tab")
            self.page.keyboard.press("Tab")
            self.page.keyboard.type(typed)
            if field.input_value() == day:
                return

    def _reach(self, element: Locator) -> None:
        """Goes stop by stop to the element, forward or backward, looking at the ring of each stop."""
        target = element.element_handle()
        for _ in range(TABS):
            found = self.page.evaluate(FOCUS, target)
            assert found["ring"] >= 3, f"no ring on {found['what']}"
            assert found["seen"], f"out of sight: {found['what']}"
            if found["there"]:
                return
            key = "Tab" if found["after"] else "Shift+Tab"
            if found["radio"]:
                key = "ArrowDown" if found["after"] else "ArrowUp"
            self.page.keyboard.press(key)
        raise AssertionError(f"the keyboard does not reach {element}")


People = Callable[[], Hands]
