import type { ReactNode } from "react";

type TwoLinesProps = {
  /** Two elements: the value with the props `firstLine`, and a detail with the props `secondLine`. */
  children: ReactNode;
  /** Shown on hover: the full text or more details. */
  title?: string | undefined;
};

/** A value with a smaller second line, which compact tables hide. */
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
