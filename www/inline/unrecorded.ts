/** The marks by which tools that record what visitors of a page do leave an element and all that is in it out. */

/** rrweb, FullStory, Sentry, PostHog, Amplitude, Mixpanel, New Relic, Highlight, Mouseflow, Lucky Orange. */
const CLASSES =
  'rr-block fs-exclude sentry-block ph-no-capture amp-block mp-block nr-block highlight-block mf-excluded lo-sensitive';

/** Datadog, Hotjar, Clarity, LogRocket, Smartlook (now and before), OpenReplay, Contentsquare, Heap, Dynatrace. */
const ATTRIBUTES = {
  'data-dd-privacy': 'hidden',
  'data-hj-suppress': '',
  'data-clarity-mask': 'true',
  'data-private': '',
  'data-sl': 'exclude',
  'data-recording-disable': '',
  'data-openreplay-hidden': '',
  'data-cs-mask': '',
  'heap-ignore': '',
  'data-dtrum-mask': '',
};

/** Keeps an element out of recordings. */
export function keepUnrecorded(element: Element): void {
  element.className = CLASSES;
  for (const [name, value] of Object.entries(ATTRIBUTES)) element.setAttribute(name, value);
}
