/** What a frame of ours may do in the host page: as little as it needs. */

/**
 * The frame keeps its own origin, which is not the host's, and opens a bank's page in a window of
 * its own. It can neither navigate the page around it nor use camera, position or anything else
 * that a page may hand on; and it learns the origin of that page and no address.
 */
export function isolate(iframe: HTMLIFrameElement): void {
  iframe.sandbox.value = 'allow-scripts allow-forms allow-same-origin allow-popups allow-popups-to-escape-sandbox';
  iframe.allow = '';
  iframe.referrerPolicy = 'strict-origin';
}
