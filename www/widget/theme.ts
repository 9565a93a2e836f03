// What a host asks of the look, as custom properties for the style sheet: `--egusi-accent` for light and
// `--egusi-accent-dark` for dark. Nothing is taken on trust: a colour is moved in lightness until it can be
// read, and keeps its hue. docs/design.md tells the rules; what cannot be read as a value is left out.

type Rgb = [red: number, green: number, blue: number];

export interface Theme {
  /** Custom properties, each for light and, with `-dark` behind its name, for dark. */
  properties: Record<string, string>;
  /** The system's choice where it is undefined. */
  mode: "light" | "dark" | undefined;
}

/** What text has to reach on what is behind it, and a shape on what is beside it (WCAG 2.2, 1.4.3 and 1.4.11). */
const TEXT = 4.5;
const SHAPE = 3;
const WHITE: Rgb = [255, 255, 255];
/** The ink of a button that is too light for white. */
const INK: Rgb = [6, 20, 13];

/** Ours: surface, text, accent, danger, caution. */
const LIGHT = ["#fff", "#14201a", "#0b6b3a", "#a8261c", "#7a4b00"];
const DARK = ["#151d27", "#e8eef3", "#58cf8f", "#ff9d92", "#f2c879"];

export function themeOf(given: Record<string, any>): Theme {
  const wanted = given.appearance?.variables ?? {};
  const properties: Record<string, string> = {};
  const word = String(given.mode).toLowerCase();
  const ground = read(wanted.colorBackground);
  // A background belongs to light or to dark, and without another word the window stays there.
  const isDark = !!ground && luminance(ground) < 0.18;
  const asked = ["light", "dark", "system", "primary"].includes(word) ? word : ground && (isDark ? "dark" : "light");
  for (const dark of [false, true]) {
    const ours = roles(dark, {});
    const theirs = roles(dark, {
      ground: isDark === dark ? ground : undefined,
      text: read(wanted.colorText),
      quiet: read(wanted.colorTextSecondary),
      accent: read(wanted.colorPrimary) ?? read(given.color),
      danger: read(wanted.colorDanger),
    });
    for (const role in theirs) if (theirs[role] !== ours[role]) properties[`--egusi-${role}${dark ? "-dark" : ""}`] = theirs[role]!;
  }
  // Families of the system alone: without a colon or a bracket nothing can be fetched.
  if (/^[\w "',-]{1,200}$/.test(wanted.fontFamily ?? "")) properties["--egusi-font"] = wanted.fontFamily;
  size("size", wanted.fontSizeBase, 14, 20);
  size("radius", wanted.borderRadius, 0, 24);
  size("unit", wanted.spacingUnit, 3, 6);
  return { properties, mode: asked === "light" || asked === "dark" ? asked : undefined };

  function size(name: string, value: unknown, least: number, most: number): void {
    const number = /^\d{1,2}(\.\d+)?(px)?$/.test(String(value)) ? parseFloat(value as string) : -1;
    if (number >= least && number <= most) properties[`--egusi-${name}`] = `${number}px`;
  }
}

/** By the object model, which a policy against styles in markup allows. */
export function applyTheme(element: HTMLElement, { properties }: Theme): void {
  for (const name in properties) element.style.setProperty(name, properties[name]!);
}

/** Every colour role of one of the two modes. */
function roles(dark: boolean, given: Record<string, Rgb | undefined>): Record<string, string> {
  const [ground, black, green, red, amber] = (dark ? DARK : LIGHT).map((color) => read(color)!) as [Rgb, Rgb, Rgb, Rgb, Rgb];
  const away = dark ? 1 : -1;
  // So far towards white or black that text on it, and quieter text on what is raised above it, has room.
  const surface = moved(given.ground ?? ground, -away, [dark ? WHITE : [0, 0, 0]], 11);
  const raised = mix(surface, given.text ?? black, dark ? 0.06 : 0.04);
  const on = (color: Rgb, ratio: number, ...behind: Rgb[]): Rgb => moved(color, away, [surface, ...behind], ratio);
  const text = on(given.text ?? black, 7, raised);
  const color = given.accent ?? green;
  const tint = mix(surface, on(color, SHAPE), dark ? 0.16 : 0.1);
  // A tick stands on the tint.
  const shape = on(color, SHAPE, tint);
  // White where it can be read, since people know buttons so; or nearly so, where darker is away from the surface.
  const ink = contrast(shape, WHITE) < (dark ? TEXT : 3.6) ? INK : WHITE;
  const accent = moved(shape, ink === WHITE ? -1 : 1, [ink], TEXT);
  const danger = given.danger ?? red;
  const warned = (color: Rgb): [Rgb, Rgb] => {
    const behind = mix(surface, color, dark ? 0.16 : 0.08);
    return [on(color, TEXT, behind), behind];
  };
  const [alarm, alarmTint] = warned(danger);
  const [caution, cautionTint] = warned(amber);
  const all: Record<string, Rgb> = {
    surface,
    raised,
    text,
    accent,
    tint,
    danger: alarm,
    caution,
    "danger-tint": alarmTint,
    "caution-tint": cautionTint,
    line: mix(surface, text, 0.13),
    ghost: mix(surface, text, 0.07),
    quiet: on(given.quiet ?? mix(surface, text, 0.7), TEXT, raised, tint),
    edge: on(mix(surface, text, 0.5), SHAPE),
    "on-accent": ink,
    "accent-text": on(color, TEXT, raised, tint),
  };
  const values = Object.entries(all).map(([role, color]) => [role, `rgb(${color})`]);
  return Object.fromEntries([...values, ["rim", `rgba(${text},.18)`]]) as Record<string, string>;
}

/**
 * Darker (-1) or lighter (1), in steps too small to see, until the ratio holds to all that is behind. In
 * OKLab, where lightness is as people see it; the hue stays, and the colour is as strong as a screen can
 * show it at that lightness.
 */
function moved(color: Rgb, way: number, behind: Rgb[], ratio: number): Rgb {
  const holds = (one: Rgb): boolean => behind.every((other) => contrast(one, other) >= ratio);
  // What the three kinds of cones in an eye make of it. One number added to all of them changes lightness alone.
  const cones = times(CONES, linear(color)).map(Math.cbrt);
  const lightness = 0.2105 * cones[0]! + 0.7936 * cones[1]! - 0.0041 * cones[2]!;
  let found = color;
  for (let next = lightness; !holds(found) && next > 0 && next < 1; next += way * 0.005) {
    let chroma = 1;
    do {
      found = shown(times(LIGHTS, cones.map((cone) => (next + (cone - lightness) * chroma) ** 3)));
      chroma -= 0.04;
    } while (chroma > 0 && found.some((part) => part < 0 || part > 255));
  }
  return holds(found) ? found : way < 0 ? [0, 0, 0] : WHITE;
}

/** `#rgb`, `#rrggbb`, `rgb(r, g, b)`. */
function read(color: unknown): Rgb | undefined {
  const text = String(color).trim();
  const hex = /^#([\da-f]{3}|[\da-f]{6})$/i.exec(text)?.[1];
  if (hex) return hex.match(hex.length > 3 ? /../g : /./g)!.map((part) => parseInt(part.padEnd(2, part), 16)) as Rgb;
  const parts = /^rgb\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*\)$/i.exec(text)?.slice(1).map(Number);
  return parts?.every((part) => part < 256) ? (parts as Rgb) : undefined;
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  return from.map((part, at) => Math.round(part + (to[at]! - part) * share)) as Rgb;
}

/** Of the red, green and blue light of a screen to the cones, and back (Björn Ottosson's OKLab). */
const CONES = [0.4122, 0.5363, 0.0514, 0.2119, 0.6807, 0.1074, 0.0883, 0.2817, 0.63];
const LIGHTS = [4.0767, -3.3077, 0.231, -1.2684, 2.6098, -0.3413, -0.0042, -0.7034, 1.7076];

function times(matrix: number[], [x, y, z]: number[]): number[] {
  return [0, 3, 6].map((at) => matrix[at]! * x! + matrix[at + 1]! * y! + matrix[at + 2]! * z!);
}

function linear(color: Rgb): Rgb {
  return color.map((part) => (part > 10 ? ((part / 255 + 0.055) / 1.055) ** 2.4 : part / 3295)) as Rgb;
}

function shown(light: number[]): Rgb {
  return light.map((part) => Math.round(255 * (part > 0.0031 ? 1.055 * part ** (1 / 2.4) - 0.055 : 12.92 * part))) as Rgb;
}

function luminance(color: Rgb): number {
  const [red, green, blue] = linear(color);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((first, second) => first - second) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}
