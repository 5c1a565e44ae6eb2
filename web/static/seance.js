/* The secretary's screen: three letters and Enter, the sum of a vote, a lost network that loses nothing. */
"use strict";
(() => {
  const fold = (t) => t.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();
  const lines = (form) => [...form.querySelectorAll("[data-nom]")];
  const found = (form, typed) => {
    const words = fold(typed).split(" ");
    return lines(form).filter((line) => {
      const parts = fold(line.dataset.nom).split(" ");
      return words.every((word) => parts.some((part) => part.startsWith(word)));
    });
  };
  const say = (form, text) => {
    const place = form.querySelector("[data-dit]");
    if (place) place.textContent = text;
  };
  const filter = (form, typed) => {
    const kept = typed.trim() ? new Set(found(form, typed)) : null;
    for (const line of lines(form)) line.hidden = Boolean(kept) && !kept.has(line);
  };
  const count = (form) => {
    const many = {};
    for (const list of form.querySelectorAll("select")) {
      const word = list.selectedOptions[0].text.toLowerCase();
      many[word] = (many[word] || 0) + 1;
    }
    say(form, Object.entries(many).map(([word, n]) => `${n} ${word}`).join(", "));
  };
  const choose = (field) => {
    const form = field.form, these = found(form, field.value);
    if (these.length !== 1) return say(form, these.length ? `${these.length} membres : ajoutez des lettres.` : "Personne ici ne porte ce nom.");
    const line = these[0], list = line.querySelector("select"), box = line.querySelector("input");
    field.value = "";
    filter(form, "");
    for (const other of form.querySelectorAll(".vise")) other.classList.remove("vise");
    line.classList.add("vise");
    if (list) return list.focus();
    box.checked = !box.checked;
    const many = form.querySelectorAll("[data-nom] input:checked").length;
    say(form, `${line.textContent.trim()} : ${box.checked ? "coché" : "décoché"}. ${many} en tout.`);
  };
  /* A roll of 150 is one stop for Tab; the arrows go through it. */
  const boxes = (list) => [...list.querySelectorAll("input,select")].filter((box) => !box.closest("li").hidden);
  const rove = () => {
    for (const list of document.querySelectorAll(".feuille")) boxes(list).forEach((box, at) => { box.tabIndex = at ? -1 : 0; });
  };
  const step = (event, list) => {
    const all = boxes(list), at = all.indexOf(event.target), to = all[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (!to || event.target.matches("select")) return;
    event.preventDefault();
    to.tabIndex = 0;
    event.target.tabIndex = -1;
    to.focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const field = event.target, list = field.closest(".feuille");
    if (list && event.key.startsWith("Arrow")) return step(event, list);
    if (event.key !== "Enter") return;
    if (field.matches("[data-cherche]") && field.value.trim()) {
      event.preventDefault();
      choose(field);
    } else if (field.matches(".noms select")) {
      event.preventDefault();
      count(field.form);
      field.form.querySelector("[data-cherche]").focus();
    }
  });
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (field.matches("[data-cherche]")) filter(field.form, field.value);
    if (field.matches("[data-voix]")) add(field.form);
    if (field.matches("#pv-debats")) keep(field);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches(".noms select")) count(event.target.form);
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("[data-voix]")) event.target.select();
  });

  const add = (form) => {
    const place = form.querySelector("[data-somme]"), voters = Number(form.dataset.votants);
    const typed = [...form.querySelectorAll("[data-voix]")].reduce((sum, field) => sum + (Number(field.value) || 0), 0);
    const left = voters - typed;
    place.classList.toggle("ecart", left !== 0);
    if (left > 0) place.textContent = `${left} voix non comptée${left > 1 ? "s" : ""} (${voters} votants) : ne prend pas part au vote ?`;
    else if (left < 0) place.textContent = `${-left} voix de trop (${voters} votants).`;
    else place.textContent = `Le compte y est : ${voters} votants.`;
  };

  /* The debates are kept on this machine until they are recorded. */
  const place = () => `pv ${location.pathname}`;
  const keep = (field) => {
    try { localStorage.setItem(place(), field.value); } catch { /* no room: the form still has it */ }
  };
  const recall = () => {
    const field = document.getElementById("pv-debats");
    if (!field) return;
    const kept = localStorage.getItem(place());
    if (kept === null || kept === field.value) return;
    field.value = kept;
  };
  document.addEventListener("submit", (event) => { last = event.target; });

  /* A lost network: the form stays as it was, its key too, so that sending it again is the same act. */
  let last = null;
  const lost = (event) => {
    const box = document.getElementById("panne");
    last = event.detail.elt.closest("form") || last;
    if (box) { box.hidden = false; box.querySelector("button").focus(); }
  };
  for (const name of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(name, lost);
  const again = () => {
    const box = document.getElementById("panne");
    if (!last || !last.isConnected || !box || box.hidden) return;
    box.hidden = true;
    last.requestSubmit();
  };
  document.addEventListener("click", (event) => { if (event.target.closest("[data-reessayer]")) again(); });
  addEventListener("online", again);
  document.addEventListener("htmx:afterRequest", (event) => {
    const path = event.detail.pathInfo?.requestPath || "";
    if (event.detail.successful && path.endsWith("/pv")) localStorage.removeItem(place());
  });
  const begin = () => { recall(); rove(); };
  document.addEventListener("htmx:afterSettle", begin);
  begin();
})();
