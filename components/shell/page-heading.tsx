import type { ReactNode } from "react";

type PageHeadingProps = {
  title: string;
  /** The page's main button: on the right, or on a phone at the bottom edge, within reach of the thumb. */
  action?: ReactNode;
  /** A sentence about the page, shown below the title. */
  children?: ReactNode;
};

/** A page's only h1. */
export function PageHeading({ title, action, children }: PageHeadingProps) {
  return (
    <div data-page-action={action ? "" : undefined} className="flex items-start justify-between gap-4">
      <div className="grid min-w-0 gap-1">
        <h1 className="font-semibold text-ink text-xl tracking-tight [overflow-wrap:anywhere]">{title}</h1>
        {children && <p className="text-ink-muted text-sm">{children}</p>}
      </div>
      {action && (
        <div className="shrink-0 max-md:tall:fixed max-md:tall:inset-x-0 max-md:tall:bottom-0 max-md:tall:z-20 max-md:tall:grid max-md:tall:border-t max-md:tall:bg-surface max-md:tall:px-4 max-md:tall:pt-3 max-md:tall:pb-[max(1rem,env(safe-area-inset-bottom))] max-md:tall:*:h-12! max-md:tall:*:w-full! max-md:tall:*:rounded-lg! max-md:tall:*:text-base!">
          {action}
        </div>
      )}
    </div>
  );
}
