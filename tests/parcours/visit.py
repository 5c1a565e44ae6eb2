"""What a visit is: one look at one page, by somebody, after a few steps."""

from dataclasses import dataclass

Step = tuple[str, str] | tuple[str, str, str]  # ("presser", name) or ("écrire", label, text) or ("cocher", label)


@dataclass(frozen=True)
class Visit:
    """One look at one page. `person` is a demonstration slug, or `code:<place>` for who follows with a code."""

    path: str
    status: int = 200
    person: str = ""
    steps: tuple[Step, ...] = ()
    method: str = "GET"
    body: str = ""
    kind: str = "application/x-www-form-urlencoded"

    def __str__(self) -> str:
        how = "" if self.method == "GET" else f"{self.method} "
        then = "".join(f" > {step[-1][:20]}" for step in self.steps)
        who = f" ({self.person})" if self.person else ""
        return f"{how}{self.path}{who}{then} {self.status}"


def each(*paths: str | Visit) -> tuple[Visit, ...]:
    return tuple(path if isinstance(path, Visit) else Visit(path) for path in paths)


def as_(person: str, *paths: str) -> tuple[Visit, ...]:
    return tuple(Visit(path, person=person) for path in paths)
