import type { ReactNode } from "react";

/** Stands where a button would, and says why there is none. */
export function NotOffered({ children }: { children: ReactNode }) {
  return <p className="self-center text-ink-muted text-sm">{children}</p>;
}
