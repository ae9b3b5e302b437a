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
