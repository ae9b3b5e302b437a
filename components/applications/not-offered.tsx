import type { ReactNode } from "react";

/** Takes a button's place and says why it is missing. */
export function NotOffered({ children }: { children: ReactNode }) {
  return <p className="self-center text-ink-muted text-sm">{children}</p>;
}
