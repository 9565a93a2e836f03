/**
 * A language nobody speaks, to see what the window does with long words: English with accents, forty
 * per cent longer, between marks that are missing where a sentence was cut off or never went through
 * the sentences at all.
 */

const PAIRS = 'aàbƀcçdđeéfƒgĝhĥiíjĵkķlĺmɱnñoöpþqʠrŕsštţuüvṽwŵxẋyýzž';
const ACCENTS = Object.fromEntries(PAIRS.match(/../gu).map((pair) => [...pair]));
const LONGER = ' löng wörds stånd ħere tøo';

/** A sentence, its holes left as they are. */
export function pseudo(sentence) {
  if (sentence === '') return '';
  const parts = sentence.split(/(\{\w+\})/);
  const words = parts.map((part, at) => (at % 2 ? part : [...part].map((letter) => ACCENTS[letter] ?? letter).join('')));
  const more = LONGER.repeat(9).slice(0, Math.ceil(sentence.length * 0.4));
  return `⟦${words.join('')}${more}⟧`;
}

/** All of a language, but what is no sentence. */
export function pseudoOf(sentences) {
  const kept = ['language.dir', 'language.name'];
  return Object.fromEntries(Object.entries(sentences).map(([name, text]) => [name, kept.includes(name) ? text : pseudo(text)]));
}
