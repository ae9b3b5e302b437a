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

/** The first of several texts and a count of the others. `title` is shown on hover. */
export function FirstBadge({
  texts,
  className,
  ...rest
}: ComponentProps<"span"> & { texts: readonly string[] }) {
  return (
    <span className={classNames("flex items-center gap-1", className)} {...rest}>
      <Badge className="block! min-w-0 font-mono leading-4!">{texts[0]}</Badge>
      {texts.length > 1 && <Badge className="shrink-0 tabular-nums leading-4!">+{texts.length - 1}</Badge>}
    </span>
  );
}
