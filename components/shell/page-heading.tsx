import type { ReactNode } from "react";

type PageHeadingProps = {
  title: string;
  /** The page's main button, on the right. */
  action?: ReactNode;
  /** A line about the page. */
  children?: ReactNode;
};

/** A page's only h1. */
export function PageHeading({ title, action, children }: PageHeadingProps) {
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="grid min-w-0 gap-1">
        <h1 className="font-semibold text-ink text-xl tracking-tight [overflow-wrap:anywhere]">{title}</h1>
        {children && <p className="text-ink-muted text-sm">{children}</p>}
      </div>
      {action}
    </div>
  );
}
