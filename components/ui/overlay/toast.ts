type Kind = "success" | "error";
/** The link in a toast. */
export type ToastLink = { readonly text: string; readonly href: string };
type Notice = { readonly kind: Kind; readonly text: string; readonly link: ToastLink | null };

let waiting: readonly Notice[] = [];
let anyYet = false;
const listeners = new Set<() => void>();

function say(kind: Kind, text: string, link: ToastLink | null): void {
  waiting = [...waiting, { kind, text, link }];
  anyYet = true;
  for (const listener of listeners) listener();
}

/** A brief message about what was done. It never contains a token. */
export const toast = {
  success: (text: string, link: ToastLink | null = null) => say("success", text, link),
  error: (text: string) => say("error", text, null),
};

/** Toasts wait here until the Toaster has loaded. */
export const toastQueue = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  anyYet: () => anyYet,
  waiting: () => waiting,
  take: () => {
    const taken = waiting;
    waiting = [];
    return taken;
  },
};
