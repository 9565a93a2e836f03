// What cannot be used of a look or of the host's sentences. No customer is kept from their bank for it: the window
// looks and speaks as ours, and here the host's makers read what was expected. The server refuses the same where it
// is saved, see crates/options/src/look.rs and sentences.rs.

import { isOurs } from "./sentences.ts";

type Given = Record<string, unknown>;

const COLOR = "a colour such as \"#0b6b3a\" or \"rgb(11, 107, 58)\"";
const isColor = (text: string): boolean => /^#([\da-f]{3}){1,2}$|^rgb\(( *\d{1,3} *(,|(?=\)))){3}\)$/i.test(text);

const size = (least: number, most: number): [(text: string) => boolean, string] => [
  (text) => /^\d{1,2}(\.\d+)?(px)?$/.test(text) && parseFloat(text) >= least && parseFloat(text) <= most,
  `a size from ${least}px to ${most}px`,
];

/** Of each variable whether a value is right, and what is. */
const VARIABLES: Record<string, [isRight: (text: string) => boolean, expected: string]> = {
  colorPrimary: [isColor, COLOR],
  colorBackground: [isColor, COLOR],
  colorText: [isColor, COLOR],
  colorTextSecondary: [isColor, COLOR],
  colorDanger: [isColor, COLOR],
  fontFamily: [(text) => /^[\w "',-]{1,200}$/.test(text), "names of the system's font families, with commas between them"],
  fontSizeBase: size(14, 20),
  borderRadius: size(0, 24),
  spacingUnit: size(3, 6),
};

/** One sentence for each thing that is left out. */
export function aboutLook({ color, appearance, sentences }: Given): string[] {
  return [
    ...(typeof color === "string" && color && !isColor(color) ? [`color is left out: expected ${COLOR}`] : []),
    ...(isObject(appearance) ? aboutAppearance(appearance) : []),
    ...(isObject(sentences) ? Object.entries(sentences).flatMap(([tag, said]) => aboutSentences(tag, said)) : []),
  ];
}

function aboutAppearance({ variables, ...others }: Given): string[] {
  const strangers = Object.keys(others).map((name) => `appearance.${shown(name)} is left out: expected variables alone`);
  const wrong = Object.entries(isObject(variables) ? variables : {}).flatMap(([name, value]) => {
    const [isRight, expected] = VARIABLES[name] ?? [() => false, Object.keys(VARIABLES).join(", ")];
    return isRight(String(value)) ? [] : [`appearance.variables.${shown(name)} is left out: expected ${expected}`];
  });
  return [...strangers, ...wrong];
}

function aboutSentences(tag: string, said: unknown): string[] {
  const ours = window.egusi.speech;
  if (!ours.languages.some(([known]) => known === tag)) return [`sentences.${shown(tag)} is left out: there is no such language`];
  return Object.keys(isObject(said) ? said : {}).flatMap((name) => {
    if (isOurs(name)) return [`sentences.${tag}: ${shown(name)} stays as it is, because it protects the customer`];
    return name in ours.written.sentences ? [] : [`sentences.${tag}: there is no sentence ${shown(name)}`];
  });
}

function isObject(value: unknown): value is Given {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(name: string): string {
  return name.slice(0, 40);
}
