import type { ComponentProps } from "react";
import { classNames } from "./class-names";

/** One or two letters for a name: of the first word and of the last. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = [...(words[0] ?? "")][0] ?? "?";
  const last = words.length > 1 ? ([...(words.at(-1) ?? "")][0] ?? "") : "";
  return (first + last).toUpperCase();
}

type AvatarProps = ComponentProps<"span"> & { name: string; size?: "small" | "medium" };

/** Decoration: the name itself always stands beside it or in the accessible name around it. */
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
