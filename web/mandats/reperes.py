"""How a member is told apart in a body: a slug of her name, with what distinguishes her from a homonym."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from domain.composition import Composition
from domain.identifiers import sans_accent


class Personne(NamedTuple):
    """Who a mandate is for, as acts write her."""

    civilite: str
    nom: str
    prenom: str = ""


def repere(personne: Personne, connus: Composition, autres: Iterable[Personne] = ()) -> str:
    """The slug: the one that she had already, else her name, with more of it while it is somebody else's.

    `autres` are people who come with her, so that two homonyms of one list both get the longer form.
    """
    had = {Personne(m.civilite, m.nom, m.prenom or ""): m.elu for m in connus.mandats}
    if personne in had:
        return had[personne]
    taken = {m.elu for m in connus.mandats}
    namesakes = {other for other in autres if other != personne and slug(other.nom) == slug(personne.nom)}
    name, title, first = slug(personne.nom), slug(personne.civilite), slug(personne.prenom)
    forms = ["-".join(filter(None, parts)) for parts in ((name, title), (name, first), (name, title, first))]
    same_title = any(other.civilite == personne.civilite for other in namesakes)
    wanted = [name] if not namesakes else []
    wanted += forms[1:] if same_title else forms
    wanted += [f"{name}-{rank}" for rank in range(2, 100)]
    return next(form for form in wanted if form not in taken)


def slug(texte: str) -> str:
    """« Da Passano » as `da-passano`."""
    return re.sub("[^a-z0-9]+", "-", sans_accent(texte)).strip("-")


def rang_suivant(connus: Composition, feminin: bool) -> str:
    """The next rank of a pupil, which tells nothing of her: `elue-12`."""
    ranks = [int(m.elu.rpartition("-")[2]) for m in connus.mandats if re.fullmatch("elue?-[0-9]+", m.elu)]
    return f"{'elue' if feminin else 'elu'}-{max(ranks, default=0) + 1}"
