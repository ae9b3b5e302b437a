import type { ComponentProps } from "react";
import { classNames } from "./class-names";

/** A placeholder the size of the coming content. Not animated, so that waiting does not distract. */
export function Skeleton({ className, ...rest }: ComponentProps<"div">) {
  return (
    <div
      aria-hidden
      data-skeleton=""
      className={classNames("rounded bg-subtle-strong", className)}
      {...rest}
    />
  );
}
