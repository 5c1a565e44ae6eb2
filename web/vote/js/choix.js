// What the pupil chose, read from the form's plain controls, and what is wrong with it. The server says the same
// (web/vote/choix.py) where there is no JavaScript.

const entier = (texte) => (/^\d{1,4}$/.test(texte.trim()) ? Number(texte) : texte.trim() === "" ? 0 : -1);

/** {choix: ids, points: numbers} as the ballot holds them, whatever its kind. */
export function lire(formulaire) {
  const { type } = formulaire.dataset;
  const cartes = [...formulaire.querySelectorAll("[data-projet]")];
  const champ = (carte) => carte.querySelector("input, select");
  if (type === "cumulative") {
    const pris = cartes.filter((carte) => entier(champ(carte).value) !== 0);
    return ranges(pris, (carte) => entier(champ(carte).value));
  }
  if (type === "ordinal") {
    const pris = cartes.filter((carte) => entier(champ(carte).value) > 0);
    pris.sort((une, autre) => entier(champ(une).value) - entier(champ(autre).value));
    const rangs = pris.map((carte) => entier(champ(carte).value));
    return { choix: pris.map((carte) => carte.dataset.projet), points: [], rangs };
  }
  return ranges(cartes.filter((carte) => champ(carte).checked));
}

function ranges(cartes, points) {
  const pris = [...cartes].sort((une, autre) => une.dataset.place - autre.dataset.place);
  return { choix: pris.map((carte) => carte.dataset.projet), points: points ? pris.map(points) : [] };
}

/** The message of what is wrong, or "" when the ballot is good. */
export function erreur({ choix, points, rangs }, { type, max, points: total }) {
  const [n, most, all] = [choix.length, Number(max), Number(total)];
  if (n === 0) {
    return type === "cumulative"
      ? "Tu n\u2019as donn\u00e9 aucun point. Donnes-en, ou appuie sur \u00ab\u00a0Voter blanc\u00a0\u00bb."
      : "Tu n\u2019as choisi aucun projet. Choisis, ou appuie sur \u00ab\u00a0Voter blanc\u00a0\u00bb.";
  }
  if (points.some((point) => point < 0)) return "Les points sont des nombres entiers\u00a0: 1, 2, 3\u2026";
  if (rangs && rangs.some((rang, place) => rang === rangs[place - 1])) {
    return "Deux projets sont \u00e0 la m\u00eame place. Donne une place \u00e0 chacun.";
  }
  if (n > most) return `Tu as choisi ${n} projets. Le maximum est ${most}. Enl\u00e8ves-en ${n - most > 1 ? n - most : "un"}.`;
  const somme = points.reduce((total, point) => total + point, 0);
  if (type === "cumulative" && somme > all) {
    const trop = somme - all > 1 ? somme - all : "un";
    return `Tu as donn\u00e9 ${somme} points. Le maximum est ${all}. Enl\u00e8ves-en ${trop}.`;
  }
  if (rangs && rangs.some((rang, place) => rang !== place + 1)) return "Il manque une place. Commence par la place 1.";
  return "";
}

/** « 2 choisis sur 3 », and whether it is too many. */
export function compte({ choix, points }, { type, max, points: total }) {
  if (type !== "cumulative") return [`${choix.length} ${choix.length > 1 ? "choisis" : "choisi"} sur ${max}`, choix.length > max];
  const somme = points.reduce((sum, point) => sum + Math.max(point, 0), 0);
  return [`${somme} ${somme > 1 ? "points donn\u00e9s" : "point donn\u00e9"} sur ${total}`, somme > total || choix.length > max];
}
