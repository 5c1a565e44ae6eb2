"""Déposer un projet : what the body will be asked to decide, and the avis that it needs first."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from domain.actes import ActeDeFonction, flux_personne
from domain.deliberations.deliberation import DateImpossible, EtapeDejaFaite, flux_deliberation
from domain.deliberations.events import ProjetDepose
from domain.deliberations.regles import MATIERES, NUMERO_DE_DELIBERATION
from domain.errors import RegleViolee
from domain.instances.events import InstanceInscrite
from domain.instances.regles import siren_valide
from domain.ledger.event import Event
from domain.prealables import flux_saisines
from domain.texte import ligne, ligne_ou_rien


class MatiereInconnue(RegleViolee):
    fondement = MATIERES
    conseil = "Donnez une classe et sa division, comme 8.2."


class CollectiviteInconnue(RegleViolee):
    fondement = NUMERO_DE_DELIBERATION
    conseil = "Vérifiez l'instance et son SIREN."


@dataclass
class DeposerProjet(ActeDeFonction):
    """`numero` is the year and a rank not yet taken: that of the paper, or the next one."""

    DROIT = "deposer_projet"

    instance: str
    siren: str
    objet: str
    matiere_code: str
    matiere_nom: str
    le_fait: date
    numero: str = ""
    rapporteur: str | None = None
    service: str | None = None
    commission: str | None = None
    communes: tuple[str, ...] = ()
    avis_requis: tuple[str, ...] = ()
    dossier: str | None = None
    source: str | None = None
    inscrite: InstanceInscrite | None = field(default=None, init=False)
    pris: bool = field(default=False, init=False)

    def reads(self) -> list[str]:
        streams = [flux_deliberation(self.numero), flux_personne(self.acteur), f"instances/{self.instance}"]
        return [*streams, *flux_saisines(self.avis_requis)]

    def know(self, event: Event) -> None:
        super().know(event)
        match event:
            case InstanceInscrite():
                self.inscrite = event
            case ProjetDepose():
                self.pris = True

    def decide(self) -> Iterable[Event]:
        par = self.par(self.instance)
        if self.pris:
            raise EtapeDejaFaite(f"Le numéro {self.numero} est déjà pris.", field="numero")
        if self.inscrite is None or not siren_valide(self.siren):
            raise CollectiviteInconnue("Cette instance ou ce SIREN n'est pas connu.", field="siren")
        if self.le_fait > self.le:
            raise DateImpossible("Cette date n'est pas encore passée.", field="le_fait")
        kind, _, division = self.matiere_code.partition(".")
        if kind not in MATIERES.parametres or not (division.isdigit() and len(division) <= 2):
            raise MatiereInconnue("Cette matière n'est pas dans la nomenclature.", field="matiere_code")
        yield ProjetDepose(
            survenu_le=self.le_fait,
            regle=NUMERO_DE_DELIBERATION.id,
            numero=self.numero,
            instance=self.instance,
            siren=self.siren,
            objet=ligne(self.objet, "objet", "L'objet", 1_000),
            matiere_code=self.matiere_code,
            matiere_nom=ligne(self.matiere_nom, "matiere_nom", "La matière"),
            rapporteur=ligne_ou_rien(self.rapporteur, "rapporteur", "Le rapporteur"),
            service=ligne_ou_rien(self.service, "service", "Le service", 300),
            commission=ligne_ou_rien(self.commission, "commission", "La commission"),
            communes=self.communes,
            avis_requis=tuple(dict.fromkeys(self.avis_requis)),
            dossier=ligne_ou_rien(self.dossier, "dossier", "Le dossier", 60),
            source=self.source or None,
            par=par,
        )
