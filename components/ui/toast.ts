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

/** A word in passing about what was done. It holds no token, ever. */
export const toast = {
  success: (text: string) => say("success", text),
  error: (text: string) => say("error", text),
};

/** What the Toaster shows them by. They wait here until it is there. */
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
