// Single sentences in the host's words. Those that protect the customer stay as they are: what is agreed to,
// where a password goes, how to stop sharing. crates/options/src/sentences.rs refuses the same names.

/** A host may not speak for these. */
const OURS = /^(consent\.(?!(go|busy)$)|signin\.(where|reads)|tab\.|receipt\.|done\.(until|receipt)|sandbox$|language\.)/;

export const isOurs = (name: string): boolean => OURS.test(name);

/** The sentences of a language, with the host's in place of ours. */
export function inTheHostsWords(sentences: Record<string, string>, tag: string, given: unknown): Record<string, string> {
  const theirs = (given as Record<string, Record<string, unknown>> | undefined)?.[tag] ?? {};
  const said = { ...sentences };
  for (const [name, text] of Object.entries(theirs)) {
    if (!isOurs(name) && name in sentences && typeof text === "string" && text) said[name] = text;
  }
  return said;
}
