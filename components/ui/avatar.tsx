import type { ComponentProps } from "react";
import { classNames } from "./class-names";

/** One or two letters: the initials of the first and last word. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = [...(words[0] ?? "")][0] ?? "?";
  const last = words.length > 1 ? ([...(words.at(-1) ?? "")][0] ?? "") : "";
  return (first + last).toUpperCase();
}

type AvatarProps = ComponentProps<"span"> & { name: string; size?: "small" | "medium" };

/** Decorative: the name is always beside it or in an accessible name around it. */
export function Avatar({ name, size = "medium", className, ...rest }: AvatarProps) {
  return (
    <span
      aria-hidden
      className={classNames(
        "inline-grid shrink-0 select-none place-items-center rounded-full bg-subtle-strong font-medium text-ink-muted",
        size === "small" ? "size-5 text-[0.625rem]" : "size-8 text-xs",
        className,
      )}
      {...rest}
    >
      {initials(name)}
    </span>
  );
}
