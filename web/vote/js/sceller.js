// Seals a ballot twice with HPKE (RFC 9180: P-256, HKDF-SHA256, AES-128-GCM), as web/urne/sealing.py does:
// to the bureau's key, then to the metropole's, bound to the scrutin, the layer and, outside, the slip's credential.
import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() });
const octets = (texte) => new TextEncoder().encode(texte);

/** The bytes of a standard base64 text. */
export const deBase64 = (texte) => Uint8Array.from(atob(texte), (signe) => signe.charCodeAt(0));

/** Bytes as base64url without padding. */
export const enBase64 = (donnees) =>
  btoa(String.fromCharCode(...donnees)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** The canonical ballot, padded with spaces to its fixed length in bytes. Throws when it does not fit. */
export function clair(choix, points, traceur, longueur) {
  const texte = octets(JSON.stringify({ c: choix, p: points, t: traceur }));
  if (texte.length > longueur) throw new RangeError("longueur");
  const plein = new Uint8Array(longueur).fill(32);
  plein.set(texte);
  return plein;
}

async function couche(donnees, cle, info) {
  const recipientPublicKey = await suite.kem.importKey("raw", deBase64(cle).buffer, true);
  const { enc, ct } = await suite.seal({ recipientPublicKey, info: octets(info).buffer }, donnees.buffer);
  const scelle = new Uint8Array(enc.byteLength + ct.byteLength);
  scelle.set(new Uint8Array(enc));
  scelle.set(new Uint8Array(ct), enc.byteLength);
  return scelle;
}

/** The ballot sealed to both keys (base64 of P-256 points); `titre` is the credential in hexadecimal. */
export async function sceller(donnees, cleBureau, cleMetropole, reference, titre) {
  const interieur = await couche(donnees, cleBureau, `registre/scrutin/1\0${reference}\0bureau`);
  return couche(interieur, cleMetropole, `registre/scrutin/1\0${reference}\0metropole\0${titre}`);
}
