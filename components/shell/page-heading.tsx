import type { ReactNode } from "react";

/** The one heading of a page, with a line about it. */
export function PageHeading({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="mb-6 grid gap-1">
      <h1 className="font-semibold text-ink text-xl tracking-tight">{title}</h1>
      {children && <p className="text-ink-muted text-sm">{children}</p>}
    </div>
  );
}
