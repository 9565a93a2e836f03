// What the page keeps over a reload: the token of its session, in the storage of its own origin, which
// ends with the tab. See docs/decisions/0010-a-session-survives-a-reload.md.

/** The one entry in the storage. */
const NAME = "egusi";

/** Marks that loaders and wrappers add by themselves; they say nothing about what the host wants. */
const MARKS = ["source", "hideCardOnExit", "iframeData", "withOptions", "withShortURL", "deviceInfo", "isWebview"];

interface Kept {
  /** Bearer of the session. */
  token: string;
  /** Of the options it was opened with. */
  print: string;
  /** The frame it was opened in. */
  frame: string;
  /** Whether the host has heard of the success. */
  told: boolean;
}

/** Whether a session was begun, with whatever options. */
export function hasKept(): boolean {
  return read() !== undefined;
}

/** The entry as one opening sees it. */
export interface Slot {
  /** The session to go on with, if there is one. */
  readonly token: string | undefined;
  /** Keeps a session, or forgets the one that is over. */
  keep(token: string | undefined): void;
  /** Whether the host has yet to hear of the success of this session; it is asked once, just before. */
  isNews(): boolean;
  /** Leaves nothing behind. */
  clear(): void;
}

/**
 * Looks whether a session was begun with these options. Where storage or hashes are not to be had,
 * nothing is kept, and a reload begins anew.
 */
export async function slotFor(given: Record<string, unknown>): Promise<Slot> {
  const print = await fingerprint(given);
  const frame = window.name;
  let mine = read();
  if (!print || mine?.print !== print) mine = undefined;
  else if (mine.frame !== frame && (mine.told || isOfSamePage(mine.frame, frame))) {
    // The host heard of that success, or took that window away and opens another one. It is over, and
    // whoever sits here now may be somebody else.
    remove();
    mine = undefined;
  }
  const write = (kept: Kept): void => {
    mine = kept;
    attempt(() => sessionStorage.setItem(NAME, JSON.stringify(kept)));
  };
  const clear = (): void => {
    mine = undefined;
    // Two windows may be open; neither forgets for the other.
    if (read()?.frame === frame) remove();
  };
  if (mine) write({ ...mine, frame });
  return {
    token: mine?.token,
    keep(token) {
      if (!token) clear();
      else if (print) write({ token, print, frame, told: mine?.token === token && mine.told });
    },
    isNews() {
      const isNews = !mine?.told;
      if (mine) write({ ...mine, told: true });
      return isNews;
    },
    clear,
  };
}

/** Our loader names its frames after the page they are in; others tell nothing by theirs. */
function isOfSamePage(one: string, other: string): boolean {
  const page = (frame: string): string | undefined => /^egusi-\w+-/.exec(frame)?.[0];
  return page(one) !== undefined && page(one) === page(other);
}

function read(): Kept | undefined {
  return attempt(() => JSON.parse(sessionStorage.getItem(NAME) ?? "null") as Kept | null) ?? undefined;
}

function remove(): void {
  attempt(() => sessionStorage.removeItem(NAME));
}

/** Browsers that block storage throw at its very name. */
function attempt<Value>(access: () => Value): Value | undefined {
  try {
    return access();
  } catch {
    return undefined;
  }
}

/** A hash of what the host asked for: whoever asks for something else gets a session of its own. */
async function fingerprint(given: Record<string, unknown>): Promise<string | undefined> {
  const asked = Object.keys(given).filter((name) => !MARKS.includes(name)).sort();
  const text = JSON.stringify(asked.map((name) => [name, given[name]]));
  try {
    const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
  } catch {
    // Not to be had on an address without TLS.
    return undefined;
  }
}
