import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

/** A keyboard key. Hidden from screen readers unless `spoken`, because it would become part of its control's name. */
export function Keys({ spoken = false, children }: { spoken?: boolean; children: ReactNode }) {
  return (
    <kbd
      aria-hidden={!spoken}
      className={classNames(
        "inline-grid h-5 min-w-5 whitespace-nowrap place-items-center rounded border bg-surface px-1.25 font-medium font-sans text-[0.6875rem] leading-none",
        spoken ? "text-ink-muted" : "text-ink-faint",
      )}
    >
      {children}
    </kbd>
  );
}
