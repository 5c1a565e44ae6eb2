// Writes mots.js: the words of domain/scrutins/mots.txt, each as what it shares with the one before and what follows.
import { readFileSync, writeFileSync } from "node:fs";

const mots = readFileSync(new URL("../../../domain/scrutins/mots.txt", import.meta.url), "ascii").trim().split("\n");
let avant = "";
const code = mots.map((mot) => {
  let n = 0;
  while (n < mot.length && mot[n] === avant[n]) n++;
  avant = mot;
  return `${n}${mot.slice(n)}`;
});
writeFileSync(new URL("mots.js", import.meta.url), `// Made by mots.mjs.\nexport default "${code.join("")}";\n`);
