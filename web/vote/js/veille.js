// Nobody there: after a silence the page asks, waits 20 seconds, then clears itself. Activity keeps the session alive.

const QUESTION = 20; // seconds to answer (WCAG 2.2.1)

/** `quitter(adresse)` clears the page; `billet()` is the hidden field that carries the session, or nothing. */
export function veiller(quitter, billet) {
  const { inactif, vie } = document.body.dataset;
  const question = document.getElementById("inactif");
  if (!inactif || !question) return;
  const maintenant = () => Date.now() / 1000;
  let [dernier, prolonge, demande] = [maintenant(), maintenant(), 0];

  async function prolonger() {
    const champ = billet();
    if (!champ || !document.getElementById("isoloir")) return;
    prolonge = maintenant();
    try {
      const body = new URLSearchParams({ csrf: champ.form.elements.csrf.value, billet: champ.value });
      const reponse = await fetch("/vote/encore", { method: "POST", body, headers: { accept: "application/json" } });
      if (!reponse.ok) return quitter(question.dataset.adresse);
      champ.value = (await reponse.json()).billet;
    } catch {
      prolonge -= vie; // the next sign of life tries again
    }
  }

  function present() {
    if (demande) return; // only the button answers the question
    dernier = maintenant();
    if (dernier - prolonge > vie - inactif) prolonger();
  }

  for (const signe of ["pointerdown", "keydown", "scroll", "input"]) addEventListener(signe, present, { passive: true });
  question.addEventListener("close", () => {
    demande = 0;
    dernier = maintenant();
    prolonger();
  });
  const horloge = setInterval(() => {
    const silence = maintenant() - dernier;
    if (demande && maintenant() - demande >= QUESTION) {
      clearInterval(horloge); // leaving again would stop the leaving, on a slow network for ever
      return quitter(question.dataset.adresse);
    }
    if (!demande && silence >= inactif - QUESTION) {
      demande = maintenant();
      question.showModal();
    }
  }, 500);
}
