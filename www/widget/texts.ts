// Sentences: which language is spoken, and how what stands between braces is filled in. The same rules are in
// src/text.rs, for what the widget says.

/** The sentences of one language. */
export interface Text {
  /** BCP 47. */
  language: string;
  sentences: Record<string, string>;
}

/** The first of the wishes that is known, by its language alone: `fr-CI` is French. */
export function languageAmong(known: readonly string[], wishes: readonly unknown[]): string | undefined {
  const meant = wishes.map((wish) => /^[a-z]{2,3}(?![a-z])/i.exec(String(wish))?.[0].toLowerCase());
  return meant.find((tag) => known.includes(tag!));
}

/** The sentence with its `{hole}`s filled; one that nobody fills stays as it is. */
export function fill(sentence: string, holes: Record<string, unknown>): string {
  return sentence.replace(/\{(\w+)\}/g, (hole, name: string) => String(holes[name] ?? hole));
}

/** The sentence in the form that goes with a number; browsers that do not know the language take the next best. */
export function count({ language, sentences }: Text, name: string, number: number): string {
  const form = new Intl.PluralRules([language, "en-NG"]).select(number);
  return sentences[`${name}.${form}`] ?? sentences[`${name}.other`] ?? name;
}
