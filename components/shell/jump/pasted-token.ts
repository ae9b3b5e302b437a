import type { TokenMatch } from "@/lib/services/jump/list-matches";

/** The key that the person last found by pasting a token. Kept in memory only, and without the token. */
let found: TokenMatch | null = null;
const listeners = new Set<() => void>();
const pasteListeners = new Set<(text: string) => void>();

export const pastedToken = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  read: () => found,
  remember: (token: TokenMatch | null) => {
    found = token;
    for (const listener of listeners) listener();
  },
  /** Passes text with a secret from a list's search box to the listeners. It is not stored. */
  tell: (text: string) => {
    for (const listener of pasteListeners) listener(text);
  },
  onPaste: (listener: (text: string) => void) => {
    pasteListeners.add(listener);
    return () => void pasteListeners.delete(listener);
  },
};
