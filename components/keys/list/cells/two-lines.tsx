import type { ReactNode } from "react";

type TwoLinesProps = {
  /** Two elements: the value, with `firstLine` as its class, and what is said about it, with `secondLine`. */
  children: ReactNode;
  /** On hover: what is cut off at the column's edge, or more than the line says. */
  title?: string | undefined;
};

/** A value and what is said about it in small, which a compact table leaves out. */
export function TwoLines({ title, children }: TwoLinesProps) {
  return (
    <div className="grid grid-cols-1" title={title}>
      {children}
    </div>
  );
}

export const firstLine = { className: "truncate" } as const;
export const secondLine = { className: "truncate text-ink-muted text-xs", "data-second": "" } as const;

export function None({ children = "None" }: { children?: ReactNode }) {
  return <span className="text-ink-faint">{children}</span>;
}
