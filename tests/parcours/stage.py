"""Where journeys are played: the site, somebody new at will, and what others did before, over HTTP."""

from contextlib import ExitStack
from datetime import datetime, timedelta
from itertools import count

from domain.calendrier import PARIS
from tests.parcours.hands import Hands, Keyboard, Pointer
from tests.parcours.visitor import Visitor, reference_of, words_of
from tests.quality import Chromium
from tests.site import Site

_numbers = count(1)


class Stage:
    """`scripts`: by keyboard with JavaScript; else with a pointer, without."""

    def __init__(self, browser: Chromium, site: Site, scripts: bool, stack: ExitStack) -> None:
        self.browser, self.site, self.scripts = browser, site, scripts
        self._stack = stack
        self.visitor().forget_attempts()

    def someone(self, width: int = 1280) -> Hands:
        """Somebody new, without cookies."""
        context = self.browser.new_context(
            base_url=self.site.url,
            java_script_enabled=self.scripts,
            viewport={"width": width, "height": 800},
            locale="fr-FR",
            timezone_id="Europe/Paris",
        )
        hands = (Keyboard if self.scripts else Pointer)(context)
        self._stack.callback(hands.close)
        return hands

    def agent(self, name: str) -> Hands:
        """Somebody of a team, who has just signed in by choosing a person."""
        hands = self.someone()
        hands.open("/connexion")
        hands.press(name)
        hands.see("Ma semaine")
        return hands

    def day(self, after: int = 0) -> str:
        """A day in Paris, so many days after today."""
        return (datetime.now(PARIS).date() + timedelta(days=after)).isoformat()

    def visitor(self) -> Visitor:
        """Somebody over HTTP."""
        return self._stack.enter_context(Visitor(self.site))

    def filed(self, **said: str) -> tuple[str, str]:
        """Somebody filed this before: the reference and the four words."""
        visitor = self.visitor()
        receipt = visitor.read(visitor.say(**{"texte": f"Essai {next(_numbers)}"} | said))
        visitor.wait_until_ready()
        return reference_of(receipt), words_of(receipt)

    def office(self, person: str) -> Visitor:
        """Somebody of a team, over HTTP."""
        visitor = self.visitor()
        visitor.sign_in(person)
        return visitor

    def answered(self, **said: str) -> tuple[str, str]:
        """Filed, read, answered and given back: the reference and the four words."""
        reference, words = self.filed(**said)
        team, office = self.office("animation-gepi"), self.office("coordination")
        team.act(reference, "qualifier", titre="Un titre d’essai", theme="logement", competence="metropole")
        office.act(reference, "repondre", suite="on_le_fait", motif="Les travaux commencent en mai.")
        team.act(reference, "restituer", mode="telephone")
        office.wait_until_ready()
        return reference, words
