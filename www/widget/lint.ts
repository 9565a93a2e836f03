// Tells the makers of a page, in its console and only in the sandbox, which of their options do nothing,
// which are misspelt and which have a newer name. Names only: values may be secrets.

import { aboutLook } from "./lint-look.ts";
import { CALLBACKS, IGNORED, MARKS, READ } from "./options-known";

/** Writes one notice, or none where there is nothing to say. */
export function lint(given: Record<string, unknown>): void {
  const lines = advice(given);
  if (given.hostOrigin === location.origin) {
    lines.unshift("this page and its Egusi server have one origin, so its frame protects nobody; in production it does not open");
  }
  if (!lines.length) return;
  console.info(`Egusi, about your options:\n${lines.map((line) => `- ${line}\n`).join("")}(Only said in the sandbox.)`);
}

/** One sentence for each option about which there is something to say. */
export function advice(given: Record<string, unknown>): string[] {
  const names = Object.keys(given).filter((name) => asksForSomething(given[name]));
  return [...names.flatMap((name) => about(name) ?? []), ...aboutLook(given)].slice(0, 30);
}

function about(name: string): string | undefined {
  const newer = Object.keys(READ).find((known) => READ[known]!.older?.includes(name));
  if (newer) return `${name} is an old name; write ${newer}`;
  if (KNOWN.includes(name)) return undefined;
  if (Object.keys(IGNORED).includes(name)) return `${name} is ignored: ${IGNORED[name]}`;
  const meant = nearest(name, [...KNOWN, ...Object.keys(IGNORED)]);
  const shown = name.slice(0, 40);
  return meant ? `${shown} is not known; did you mean ${meant}?` : `${shown} is ignored: there is no such option`;
}

const KNOWN = [...Object.keys(READ), ...Object.values(READ).flatMap(({ also }) => also ?? []), ...CALLBACKS, ...MARKS];

/** Wrappers send every option they know, with nothing in it. */
function asksForSomething(value: unknown): boolean {
  if (typeof value === "string") return !/^['"\s[\]]*(|null|undefined|\{\}|object (Object|Map))['"\s[\]]*$/i.test(value);
  if (typeof value === "object") return value !== null && Object.keys(value).length > 0;
  return value !== undefined && value !== false;
}

/** Without what people get wrong first: capitals and the line between words. */
function plain(name: string): string {
  return name.replace(/[_-]/g, "").toLowerCase();
}

/** The name from which at most two letters were left out, put in, exchanged or taken for others; one, in a short name. */
function nearest(name: string, known: string[]): string | undefined {
  const far = (one: string): number => distance(plain(name), plain(one));
  const isNear = (one: string): boolean => far(one) <= Math.min(2, Math.floor(one.length / 3));
  return known.filter(isNear).sort((one, other) => far(one) - far(other))[0];
}

function distance(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const changed = row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1);
      const isExchanged = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const exchanged = isExchanged ? before[j - 2]! + 1 : changed;
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, changed, exchanged));
    }
    [before, row] = [row, next];
  }
  return row[other.length]!;
}
