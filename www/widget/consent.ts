// The first screen that says something: the consent, as the widget will draw it, from what the host asks for and
// what the server wrote into the page. It can be read and pressed before the WebAssembly is here. The press is kept,
// and played back only if the widget then says the same to the last word.

import { isProduction } from "../loader/world.ts";
import type { Given } from "./messages";
import { count, fill, type Text } from "./texts.ts";

/** What the server says of every opening. */
export interface Facts {
  operator: string;
  consent_days: number;
  /** What is saved under the name in this page's address. */
  link?: { env: string; options: Given };
}

const find = (id: string): HTMLElement => document.getElementById(id)!;

/** Whether what is asked for tells already what the consent will say. */
export function isForeseen(given: Given): boolean {
  const { name, products, customer, ref, withShortURL } = given;
  // Who was here before may have nothing to agree to, and what is saved is not here yet.
  const isKnown = typeof name === "string" && name.trim() !== "" && !customer && !ref && !withShortURL;
  return isKnown && (products === undefined || (Array.isArray(products) && products.every((one) => typeof one === "string")));
}

/** Writes it. */
export function writeConsent(given: Given, { operator, consent_days: days }: Facts, text: Text): void {
  const name = String(given.name).trim();
  const holes = { name, operator, days, step: 1 };
  const say = (key: string): string => fill(text.sentences[key] ?? key, holes);
  const first = find("first");
  for (const at of first.querySelectorAll<HTMLElement>("[data-say]")) at.textContent = say(at.dataset.say!);
  for (const at of first.querySelectorAll<HTMLElement>("[data-count]")) {
    at.textContent = fill(count(text, at.dataset.count!, days), holes);
  }
  for (const at of first.querySelectorAll<HTMLElement>("[data-label]")) at.setAttribute("aria-label", say(at.dataset.label!));
  for (const at of first.querySelectorAll<HTMLElement>("[data-product]")) {
    at.hidden = !((given.products as string[]) ?? []).includes(at.dataset.product!);
  }
  find("first-sandbox").hidden = isProduction(given.env);
  first.querySelector(".who")!.replaceChildren(sign(given.logo, name), span("name", name));
}

/** The host's logo, or its first letter. */
function sign(logo: unknown, name: string): HTMLElement {
  if (typeof logo !== "string" || !/^(https:\/\/|data:image\/)/.test(logo)) return span("logo letter", [...name][0]!);
  const image = Object.assign(new Image(), { className: "logo", alt: "", referrerPolicy: "no-referrer" });
  image.src = logo;
  return image;
}

function span(className: string, text: string): HTMLElement {
  return Object.assign(document.createElement("span"), { className, textContent: text });
}

/** Everything that is agreed to, as it stands there. */
export function wordsOf(root: ParentNode): string {
  const said = root.querySelectorAll<HTMLElement>("h1, .promises li:not([hidden]) span, .promises + .quiet");
  return [...said].map((at) => at.textContent).join("\n");
}
