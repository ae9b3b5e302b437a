import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

type EmptyProps = {
  icon: LucideIcon;
  heading: string;
  text: ReactNode;
  /** Buttons that help. */
  children?: ReactNode;
};

/** The empty state of a table: why there are no rows, and what to do about it. */
export function Empty({ icon: Icon, heading, text, children }: EmptyProps) {
  return (
    <div className="grid justify-items-center gap-3 px-6 py-16 text-center">
      <span
        aria-hidden
        className="grid size-10 place-items-center rounded-lg border bg-subtle text-ink-muted"
      >
        <Icon className="size-5" />
      </span>
      <div className="grid max-w-sm gap-1">
        <p role="status" className="font-medium text-ink [overflow-wrap:anywhere]">
          {heading}
        </p>
        <p className="text-ink-muted">{text}</p>
      </div>
      {children && <div className="flex flex-wrap justify-center gap-2">{children}</div>}
    </div>
  );
}
