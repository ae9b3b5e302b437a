import type { TokenMatch } from "@/lib/services/jump/list-matches";

/** What the person has just found by a token: in memory alone, and nothing of the token itself. */
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
  /** A list's search was given a token: passed on to whoever asks about it, and kept nowhere. */
  tell: (text: string) => {
    for (const listener of pasteListeners) listener(text);
  },
  onPaste: (listener: (text: string) => void) => {
    pasteListeners.add(listener);
    return () => void pasteListeners.delete(listener);
  },
};
