// The languages of this page: the one it was written in, whose sentences stand in it, and those that can be fetched.

import { inTheHostsWords } from "./sentences.ts";
import { languageAmong, type Text } from "./texts.ts";

/** What stands in the page: its text, and of each language its tag, its own name and its file. */
interface Written extends Text {
  languages: [tag: string, name: string, file: string][];
}

const written = JSON.parse(document.getElementById("text")!.textContent!) as Written;

/** What the customer changed to, if anything. */
let chosen: string | undefined;
/** What the host says otherwise. */
let theirs: unknown;

export const speech = {
  /** The page's own text, which is here at once. */
  written: written as Text,
  /** Of each language its tag and its name. */
  languages: written.languages.map(([tag, name]) => [tag, name] as const),
  /** The text in the language that the customer chose, else in the one that the options wish, else the page's. */
  async text({ language, sentences }: Record<string, unknown>): Promise<Text> {
    theirs = sentences;
    const tags = written.languages.map(([tag]) => tag);
    const tag = languageAmong(tags, [chosen, language]) ?? written.language;
    // A window in another language is better than none.
    return textIn(tag).catch(() => textIn(written.language));
  },
  /** Changes the language. Rejects where its sentences do not arrive; then it stays as it was. */
  async change(tag: string): Promise<Text> {
    const text = await textIn(tag);
    chosen = tag;
    return text;
  },
};

/** In the host's words where it has any. */
async function textIn(tag: string): Promise<Text> {
  const { language, sentences } = tag === written.language ? written : await fetched(tag);
  return { language, sentences: inTheHostsWords(sentences, language, theirs) };
}

async function fetched(tag: string): Promise<Text> {
  const file = written.languages.find(([known]) => known === tag)![2];
  const answer = await fetch(`/assets/${file}`);
  if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
  return (await answer.json()) as Text;
}
