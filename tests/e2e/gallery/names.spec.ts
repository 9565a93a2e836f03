/** What Chromium itself computes for a screen reader: names, descriptions, what is wrong, what is live. */

import type { Page } from '@playwright/test';
import { expect, named, show, test } from '../helpers/gallery.ts';
import { expectGolden } from '../helpers/golden.ts';

interface Property {
  name: string;
  value: { value?: unknown };
}

interface Node {
  ignored: boolean;
  role?: { value: string };
  name?: { value: string };
  description?: { value: string };
  value?: { value: string };
  properties?: Property[];
}

const SAID = ['invalid', 'live', 'required', 'checked', 'disabled', 'pressed', 'modal', 'level', 'busy'];
const SILENT = ['RootWebArea', 'StaticText', 'InlineTextBox', 'generic', 'none', 'LabelText'];

/** The tree in a line a node, what says nothing left out. */
async function tree(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as unknown as { nodes: Node[] };
  const lines = nodes.filter(({ ignored, role }) => !ignored && role && !SILENT.includes(role.value)).map(line);
  await session.detach();
  return lines;
}

function line({ role, name, description, properties = [] }: Node): string {
  const said = properties.filter(({ name, value }) => SAID.includes(name) && value.value !== 'false' && value.value !== false && value.value !== 'off');
  return [
    `${role!.value} "${name?.value ?? ''}"`,
    description?.value && `described "${description.value}"`,
    ...said.map(({ name, value }) => `${name}=${value.value}`),
  ]
    .filter(Boolean)
    .join(' ');
}

const EXPECTED: Record<string, RegExp[]> = {
  consent: [
    /^dialog "Connect your bank to Moringa Market".* modal=true/,
    /^heading "Moringa Market asks to see your bank account".* level=1/,
    /^list "What Moringa Market will see"/,
    /^button "Continue"$/,
    /^button "Close"$/,
  ],
  'sign-in-wrong': [
    /^textbox "Username" described ".*did not accept these details.*" .*invalid=true/,
    /^textbox "Password" described ".*did not accept these details.*" .*invalid=true/,
    /^alert ".*" .*live=assertive/,
  ],
  'code-wrong': [
    /^textbox "One-time code" described ".*6 digits.*That was not the right answer\. 2 tries left\." .*invalid=true/,
    /^alert ".*" .*live=assertive/,
    /^button "Continue"$/,
  ],
  'choice-wrong': [/^radiogroup "Choice" described ".*2 tries left\."/],
  accounts: [
    /^checkbox "Everyday Current .*ending 1001.*10,012,345\.67.*"/,
    /^checkbox "Rainy Day Savings .*ending 1002.*"/,
    /^button "Connect" disabled=true/,
    /^status/,
  ],
  'problem-account-locked': [
    /^heading "That did not work".* level=1/,
    /^alert "" .*live=assertive/,
    /^button "Choose another bank"$/,
    /^button "Sign in again"$/,
  ],
};

for (const [name, expected] of Object.entries(EXPECTED)) {
  test(`what is computed of ${name}`, async ({ page, gallery }) => {
    await show(page, gallery, named(name));
    const lines = await tree(page);
    for (const one of expected) {
      expect.soft(lines.some((line) => one.test(line)), `${one} among\n${lines.join('\n')}`).toBe(true);
    }
    const nameless = lines.filter((line) => /^(button|textbox|searchbox|checkbox|radio|link|combobox|image) ""/.test(line));
    expect.soft(nameless, 'nothing to press or to fill in is without a name').toEqual([]);
    expectGolden(`computed/${name}.txt`, lines.join('\n'));
  });
}

for (const name of ['consent', 'banks', 'sign-in', 'code-resend', 'accounts', 'device', 'done', 'problem-denied', 'leave']) {
  test(`one sees where the keyboard is in ${name}`, async ({ page, gallery }) => {
    await show(page, gallery, named(name));
    await page.evaluate(() => (document.querySelector('egusi-widget')!.shadowRoot!.activeElement as HTMLElement | null)?.blur());
    const rest = await page.screenshot();
    const met = new Set<string>();
    for (let pressed = 0; pressed < 12; pressed++) {
      await page.keyboard.press('Tab');
      const { place, radius } = await page.evaluate(() => {
        const root = document.querySelector('egusi-widget')!.shadowRoot!;
        const element = root.activeElement!;
        const scroller = element.closest('.body');
        return { place: `${element.outerHTML.slice(0, 200)} ${scroller?.scrollTop ?? 0}`, radius: scroller?.scrollTop ?? 0 };
      });
      if (met.has(place)) break;
      met.add(place);
      // Where the screen has scrolled to it, it looks different for that alone.
      if (radius === 0) expect.soft((await page.screenshot()).equals(rest), `the focus is not seen on ${place}`).toBe(false);
    }
    expect(met.size).toBeGreaterThan(1);
  });
}
