import type { ComponentProps } from "react";
import { classNames } from "./class-names";

/** Stands where something will be, in its size. Does not move: what waits should not ask for attention. */
export function Skeleton({ className, ...rest }: ComponentProps<"div">) {
  return <div aria-hidden className={classNames("h-4 rounded bg-subtle-strong", className)} {...rest} />;
}
