import type { ComponentProps } from "react";
import { classNames } from "./class-names";

export function Badge({ className, ...rest }: ComponentProps<"span">) {
  return (
    <span
      className={classNames(
        "inline-flex max-w-full items-center gap-1 truncate rounded border bg-subtle px-1.5 text-ink-muted text-xs leading-5",
        className,
      )}
      {...rest}
    />
  );
}

/** The first of several texts and a count of the others; hovering shows what `title` says. */
export function FirstBadge({ texts, title }: { texts: readonly string[]; title: string }) {
  return (
    <span className="flex items-center gap-1" title={title}>
      <Badge className="block! min-w-0 font-mono">{texts[0]}</Badge>
      {texts.length > 1 && <Badge className="shrink-0 tabular-nums">+{texts.length - 1}</Badge>}
    </span>
  );
}
