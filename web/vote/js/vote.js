// The voting page: counts, reads back, seals and sends, without ever sending the choice. Everything else works
// without this file; where it cannot run (no secure context), the form is sent and the server seals.
import { compte, erreur, lire } from "./choix.js";
import { clair, deBase64, enBase64, sceller } from "./sceller.js";
import { veiller } from "./veille.js";
import CODE from "./mots.js";

const MOTS = deplier(CODE);
const un = (id) => document.getElementById(id);
const titre = document.querySelector("h1");
const formulaire = un("bulletin");
let bulletin = null; // { scelle, traceur }, from the read-back until it is sent

/** The words, from what each shares with the one before (mots.mjs). */
function deplier(code) {
  let mot = "";
  return [...code.matchAll(/(\d)([a-z]+)/g)].map(([, n, suite]) => (mot = mot.slice(0, n) + suite));
}

function traceur() {
  return [...crypto.getRandomValues(new Uint16Array(4))].map((n) => MOTS[n % MOTS.length]).join("-");
}

function montrer(id, texte) {
  for (const ecran of ["isoloir", "relecture", "fini"]) if (un(ecran)) un(ecran).hidden = ecran !== id;
  titre.textContent = texte;
  document.title = `${texte} \u2013 Vote`;
  titre.tabIndex = -1;
  titre.focus();
  scrollTo(0, 0);
}

function avertir(boite, message) {
  boite.hidden = !message;
  boite.querySelector("p").textContent = message;
  if (message) boite.focus();
}

function compter() {
  const [texte, trop] = compte(lire(formulaire), formulaire.dataset);
  const compteur = un("compteur");
  compteur.hidden = false;
  if (compteur.textContent !== texte) compteur.textContent = texte;
  compteur.classList.toggle("trop", trop);
}

async function relire(choisi) {
  const { bureau, metropole, reference, titre: credential, longueur } = formulaire.dataset;
  const mots = traceur();
  const donnees = clair(choisi.choix, choisi.points, mots, Number(longueur));
  const scelle = enBase64(await sceller(donnees, bureau, metropole, reference, credential));
  bulletin = { scelle, traceur: mots };
  const lignes = choisi.choix.map((id, place) => ligne(id, choisi, place));
  un("choisis").replaceChildren(...lignes);
  un("choisis").hidden = lignes.length === 0;
  un("blanc").hidden = lignes.length > 0;
  avertir(un("panne"), "");
  history.pushState({ ecran: "relecture" }, "");
  montrer("relecture", un("relecture").dataset.titre);
}

function ligne(id, { points, rangs }, place) {
  const carte = formulaire.querySelector(`[data-projet="${id}"]`);
  const element = un("ligne").content.firstElementChild.cloneNode(true);
  const [nom, detail] = element.querySelectorAll("[data-nom], [data-detail]");
  nom.textContent = carte.querySelector("b").textContent;
  const s = points[place] > 1 ? "s" : "";
  detail.textContent = rangs ? `Place ${place + 1}` : points.length ? `${points[place]}\u00a0point${s}` : "";
  return element;
}

function changer() {
  bulletin = null;
  montrer("isoloir", un("isoloir").dataset.titre);
}

async function deposer(bouton) {
  if (!bulletin || bouton.getAttribute("aria-disabled") === "true") return;
  bouton.setAttribute("aria-disabled", "true");
  avertir(un("panne"), "");
  const { csrf, billet } = formulaire.elements;
  const body = new URLSearchParams({ csrf: csrf.value, billet: billet.value, scelle: bulletin.scelle });
  try {
    const signal = AbortSignal.timeout?.(20000);
    const reponse = await fetch("/vote/urne", { method: "POST", body, headers: { accept: "application/json" }, signal });
    conclure(reponse.ok, await reponse.json());
  } catch {
    bouton.querySelector("span").textContent = "R\u00e9essayer";
    avertir(un("panne"), un("panne").dataset.message);
  } finally {
    bouton.removeAttribute("aria-disabled");
  }
}

function conclure(accepte, { message }) {
  if (!accepte) return avertir(un("panne"), message);
  un("deja").textContent = message;
  un("deja").hidden = !message;
  un("numero").textContent = bulletin.traceur;
  bulletin = null;
  un("isoloir").remove();
  un("relecture").remove();
  document.documentElement.classList.add("a-vote");
  history.replaceState({ ecran: "fini" }, "", "/vote/fini");
  montrer("fini", un("fini").dataset.titre);
}

function quitter(adresse) {
  document.body.replaceChildren();
  location.replace(adresse);
}

async function envoyer(evenement) {
  if (formulaire.dataset.envoi) return; // the server seals
  evenement.preventDefault();
  const blanc = evenement.submitter?.name === "blanc";
  const choisi = blanc ? { choix: [], points: [] } : lire(formulaire);
  const faute = blanc ? "" : erreur(choisi, formulaire.dataset);
  avertir(un("faute"), faute);
  if (faute) return;
  try {
    await relire(choisi);
  } catch {
    formulaire.dataset.envoi = "serveur";
    formulaire.requestSubmit(evenement.submitter);
  }
}

function preparer() {
  if (!globalThis.crypto?.subtle) return; // plain http: the form goes to the server, which seals
  formulaire.noValidate = true;
  formulaire.addEventListener("submit", envoyer);
  un("changer").addEventListener("click", () => history.back());
  un("deposer").addEventListener("click", (evenement) => deposer(evenement.currentTarget));
  un("partir").addEventListener("click", (evenement) => {
    evenement.preventDefault();
    quitter(evenement.currentTarget.href);
  });
  addEventListener("popstate", () => {
    if (!un("isoloir")) quitter("/vote/fermer");
    else if (!un("relecture").hidden) changer();
  });
}

// Nothing stays on a shared tablet: a page that is left is emptied, so that « Back » cannot show it again.
addEventListener("pagehide", () => formulaire && document.body.replaceChildren());
addEventListener("pageshow", (evenement) => evenement.persisted && location.replace("/vote"));

if (formulaire) {
  formulaire.addEventListener("input", compter);
  compter();
  preparer();
}
veiller(quitter, () => formulaire?.elements.billet);
oublier(un("code"));

// A code typed on the shared tablet and left there is wiped after a minute.
function oublier(champ) {
  let delai;
  champ?.addEventListener("input", () => {
    clearTimeout(delai);
    delai = setTimeout(() => (champ.value = ""), 60000);
  });
}
