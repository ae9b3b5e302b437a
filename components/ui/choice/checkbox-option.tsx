"use client";

import { Check } from "lucide-react";
import { Checkbox as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "../class-names";

type CheckboxOptionProps = Omit<ComponentProps<typeof Radix.Root>, "children"> & {
  children: ReactNode;
  description?: ReactNode;
};

/** An option in a multiple-choice list; the whole line is the checkbox. */
export function CheckboxOption({ children, description, className, ...rest }: CheckboxOptionProps) {
  const id = useId();
  return (
    <Radix.Root
      aria-describedby={description ? id : undefined}
      className={classNames(
        "group/option flex w-full gap-2.5 px-3 py-2 text-left outline-offset-[-2px] transition-colors hover:bg-subtle",
        className,
      )}
      {...rest}
    >
      <span
        aria-hidden
        className="mt-0.5 grid size-4 shrink-0 place-items-center rounded border border-line-strong bg-surface transition-colors group-data-[state=checked]/option:border-accent group-data-[state=checked]/option:bg-accent"
      >
        <Radix.Indicator>
          <Check strokeWidth={3} className="size-3 text-accent-contrast" />
        </Radix.Indicator>
      </span>
      <span className="grid min-w-0 gap-0.5">
        <span className="text-ink text-sm [overflow-wrap:anywhere]">{children}</span>
        {/* Hidden so that it stays out of the name; aria-describedby still reads it. */}
        {description && (
          <span id={id} aria-hidden className="text-ink-muted text-xs">
            {description}
          </span>
        )}
      </span>
    </Radix.Root>
  );
}
