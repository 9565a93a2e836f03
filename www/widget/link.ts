// Saved configurations: which one is meant, and what it says.

import type { Given } from "./messages.ts";

/** What follows from the options: options that are complete, or a name that nobody has saved anything under. */
export type Wanted = { given: Given } | { unknown: string };

/** Names of one thing. Where the page says it by one of them, what is saved by any of them gives way. */
const SAME = [
  ["name", "clientName"],
  ["redirect_url", "success_url"],
  ["filter", "filters"],
  ["countries", "country"],
  ["account_type", "isCorporate", "corporate"],
  ["selection_type", "multi_account", "multiAccount"],
  ["institution", "reauth_bank"],
];

/**
 * Puts what is saved under the options, if they name something that is saved.
 *
 * # Errors
 * Rejects where the server cannot be asked.
 */
export async function wantedBy(asked: Given, shortInAddress: string | undefined): Promise<Wanted> {
  const { ref, short_url, ...given } = asked;
  // A page with a key of its own means something else by `ref`.
  const hasKey = !given.withShortURL && (isSomething(given.key) || isSomething(given.okraKey));
  const posted = hasKey ? undefined : [ref, short_url].find(isSomething);
  const short = posted ?? shortInAddress;
  if (short === undefined && !given.withShortURL) return { given };
  if (typeof short !== "string" || !/^[\w-]{3,40}$/.test(short)) return { unknown: String(short).slice(0, 60) };
  const saved = (short === shortInAddress ? savedInPage() : undefined) ?? (await savedUnder(short));
  if (saved === "nothing") return { unknown: short };
  const options = { ...saved.options };
  const { key, token, okraKey, ...own } = Object.fromEntries(Object.entries(given).filter(([, value]) => isSomething(value)));
  for (const names of SAME) if (names.some((name) => name in own)) for (const name of names) delete options[name];
  // Where the host is, the browser says and nobody else.
  return { given: { ...options, ...own, ref: short, env: saved.env, hostOrigin: given.hostOrigin } };
}

/** What is saved, as the server tells it. */
type Saved = { options: Given; env: string };

/** What the server wrote into the page of a link, so that nothing has to be fetched. */
function savedInPage(): Saved | "nothing" | undefined {
  const facts = JSON.parse(document.getElementById("facts")?.textContent || "{}") as { link?: Saved | null };
  return facts.link === null ? "nothing" : facts.link;
}

async function savedUnder(short: string): Promise<Saved | "nothing"> {
  const answer = await fetch(`/connect/v1/links/${short}`);
  if (answer.status === 404) return "nothing";
  const saved = (await answer.json()) as Saved;
  if (!answer.ok || typeof saved.options !== "object" || typeof saved.env !== "string") throw new Error(`links: ${answer.status}`);
  return saved;
}

/** Wrappers send every option they know, with nothing in it. */
function isSomething(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}
