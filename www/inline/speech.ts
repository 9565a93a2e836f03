/** The languages of the window in the page: a page fetches the one in use, and another where the customer wants it. */

import { languages, styles } from 'egusi-texts';
import { inTheHostsWords } from '../widget/sentences.ts';
import { languageAmong, type Text } from '../widget/texts.ts';

/** What the widget is handed beside the options: styles, sentences, and a way to those of other languages. */
export async function speechOf({ language, sentences }: Record<string, unknown>): Promise<object> {
  const tags = languages.map(([tag]) => tag);
  const textIn = async (tag: string): Promise<Text> => {
    const fetch = languages.find(([known]) => known === tag)![2];
    return { language: tag, sentences: inTheHostsWords((await fetch()).default, tag, sentences) };
  };
  return {
    styles,
    text: await textIn(languageAmong(tags, [language, ...navigator.languages]) ?? 'en'),
    languages: languages.map(([tag, name]) => [tag, name]),
    onLanguage: textIn,
  };
}
