type Kind = "success" | "error";
type Notice = { readonly kind: Kind; readonly text: string };

let waiting: readonly Notice[] = [];
let anyYet = false;
const listeners = new Set<() => void>();

function say(kind: Kind, text: string): void {
  waiting = [...waiting, { kind, text }];
  anyYet = true;
  for (const listener of listeners) listener();
}

/** A brief message about what was done. It never contains a token. */
export const toast = {
  success: (text: string) => say("success", text),
  error: (text: string) => say("error", text),
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
