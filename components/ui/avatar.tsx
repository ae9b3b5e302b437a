import type { ComponentProps } from "react";
import { classNames } from "./class-names";

/** One or two letters: the initials of the first and last word. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = [...(words[0] ?? "")][0] ?? "?";
  const last = words.length > 1 ? ([...(words.at(-1) ?? "")][0] ?? "") : "";
  return (first + last).toUpperCase();
}

type AvatarProps = ComponentProps<"span"> & { name: string; size?: keyof typeof sizes };

const sizes = { tiny: "size-4 text-[0.5rem]", small: "size-5 text-[0.625rem]", medium: "size-8 text-xs" };

/** Decorative: the name is beside it or in the accessible name around it. Its letters cannot be selected. */
export function Avatar({ name, size = "medium", className, ...rest }: AvatarProps) {
  return (
    <span
      aria-hidden
      data-initials={initials(name)}
      className={classNames(
        "inline-grid shrink-0 select-none place-items-center rounded-full bg-subtle-strong font-medium text-ink-muted leading-none before:content-[attr(data-initials)]",
        sizes[size],
        className,
      )}
      {...rest}
    />
  );
}
