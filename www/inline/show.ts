/** One opening, from the empty dialog to the last callback. */

import type { Handle, Outcome } from '../loader/handle.ts';
import { problemOf, type LoaderError } from '../loader/error.ts';
import type { Connection, Data, ErrorMessage, WidgetEvent } from '../loader/options.ts';
import { addDialog } from './dialog.ts';
import { failureOf } from './failure.ts';
import type { Hearing } from './hearing.ts';
import { applyTheme, themeOf } from '../widget/theme.ts';
import { completed } from './link.ts';
import { speechOf } from './speech.ts';
import { keepUnrecorded } from './unrecorded.ts';
import { widget } from './widget.ts';

/** Closes the widget: at once, or, with true, as if the customer had pressed Escape. */
type Closer = (ask?: boolean) => void;

/** Puts the dialog over the page and the widget into it, once both it and its options are here. */
export function show(data: Data, host: Hearing): Handle {
  let isOpen = true;
  let closer: Closer | undefined;
  let drawing: MutationObserver | undefined;
  let outcome: Outcome = { status: 'closed' };
  const { result, settle, refuse } = pending();

  /** Takes everything away; says whether there was something. */
  const leave = (): boolean => {
    if (!isOpen) return false;
    isOpen = false;
    drawing?.disconnect();
    closer?.();
    dialog.remove();
    return true;
  };
  const end = () => {
    host.tell('close');
    // The widget may have more to say; nobody listens any more.
    host.end();
  };
  const close = () => {
    if (!leave()) return;
    end();
    settle(outcome);
  };
  const fail = (thrown: unknown) => {
    if (!leave()) return;
    const reason = failureOf(thrown);
    const problem = problemOf(reason);
    // Of an option that it cannot use the widget has told itself.
    if (problem.code !== 'invalid_option') host.tell('error', problem);
    end();
    refuse(reason);
  };

  const dialog = addDialog({
    dismissed: close,
    // Once it is there, the widget decides: it asks before something half done is lost.
    mayDismiss: () => {
      closer?.(true);
      return !closer;
    },
  });
  const build = async () => {
    const complete = completed(data);
    const speech = complete.then(speechOf);
    const [open, options, spoken] = await Promise.all([widget(), complete, speech]);
    if (!isOpen) return;
    const theme = themeOf(options);
    applyTheme(dialog.element, theme);
    closer = open({
      ...options,
      ...spoken,
      mode: theme.mode,
      ...told(host),
      container: dialog.element,
      onSuccess: (connection: Connection) => {
        outcome = { status: 'connected', connection };
        host.tell('success', connection);
      },
      onRedirect: (url: string) => isOpen && location.assign(url),
      onClose: () => {
        closer = undefined;
        close();
      },
    }) as Closer;
    const root = dialog.element.querySelector('egusi-widget')!.shadowRoot!;
    // Who records what is typed looks for the marks above the field, and does not look past the root.
    for (const place of root.children) keepUnrecorded(place);
    drawing = onceDrawn(root, () => {
      dialog.filled();
      host.tell('ready');
    });
  };
  build().catch(fail);

  const destroy = () => {
    host.end();
    if (leave()) settle(outcome);
  };
  return { close, destroy, on: host.on, result };
}

/** A result that is not there yet. Whoever does not ask for it has the callbacks. */
function pending() {
  let settle!: (outcome: Outcome) => void;
  let refuse!: (reason: LoaderError) => void;
  const result = new Promise<Outcome>((resolve, reject) => {
    settle = resolve;
    refuse = reject;
  });
  result.catch(() => {});
  return { result, settle, refuse };
}

/** What is the same in every opening. */
function told(host: Hearing) {
  return {
    hostOrigin: location.origin,
    // A reload begins anew: the token would lie where every script of this page reads it.
    resumeToken: undefined,
    onSession: undefined,
    onError: ({ message, code }: Error & Pick<ErrorMessage, 'code'>) => host.tell('error', { error: message, ...(code && { code }) }),
    onEvent: (event: object) => host.tell('event', { ...event, event: true } as WidgetEvent),
    beforeClose: () => host.tellBeforeClose(),
    BeforeClose: undefined,
  };
}

/** The word of waiting goes the moment the widget has drawn itself: there is never a sheet twice, and never none. */
function onceDrawn(root: ShadowRoot, then: () => void): MutationObserver {
  const look = () => {
    if (!root.querySelector('[role=dialog]')) return;
    drawing.disconnect();
    then();
  };
  const drawing = new MutationObserver(look);
  drawing.observe(root, { childList: true, subtree: true });
  look();
  return drawing;
}
