"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import { type ReactNode, useState } from "react";
import { classNames } from "../class-names";
import { useFieldChanged, useFieldControl } from "../field-context";
import { controlStyle } from "../input";
import { useReason } from "../reason";

type SelectProps<Value extends string> = {
  value: Value;
  onValueChange: (value: Value) => void;
  options: readonly {
    readonly value: Value;
    readonly label: ReactNode;
    readonly text: string;
    /** A second line. */
    readonly secondary?: string | undefined;
    /** Why it cannot be chosen; replaces the second line. */
    readonly disabledBecause?: string | undefined;
  }[];
  /** Why it cannot be changed, as a sentence. */
  disabledBecause?: string | undefined;
  className?: string;
  /** For use outside a Field. */
  "aria-label"?: string;
};

/** Chooses one of a few options. `text` is matched by typing ahead; `label` is what is shown. */
export function Select<Value extends string>({
  value,
  onValueChange,
  options,
  disabledBecause,
  className,
  ...rest
}: SelectProps<Value>) {
  const field = useFieldControl();
  const changed = useFieldChanged();
  const [open, setOpen] = useState(false);
  const { control, tip } = useReason(disabledBecause, field["aria-describedby"]);
  return (
    <Radix.Root
      value={value}
      open={open}
      onOpenChange={(next) => setOpen(next && disabledBecause === undefined)}
      onValueChange={(next) => {
        if (disabledBecause !== undefined) return;
        changed();
        onValueChange(next as Value);
      }}
    >
      <Radix.Trigger
        className={classNames(
          controlStyle,
          "flex h-10 min-w-0 items-center justify-between gap-2 px-3 text-left sm:h-8 sm:px-2.5 [&>span]:truncate",
          className,
        )}
        {...field}
        {...rest}
        {...control}
      >
        <Radix.Value />
        <Radix.Icon asChild>
          <ChevronDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
        </Radix.Icon>
      </Radix.Trigger>
      {tip}
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) max-w-(--radix-select-content-available-width) animate-fade-in overflow-hidden rounded-lg bg-surface shadow-popover"
        >
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                textValue={option.text}
                disabled={option.disabledBecause !== undefined}
                className="relative flex select-none flex-col rounded py-1.5 pr-8 pl-2 text-ink text-sm outline-none data-[disabled]:text-ink-faint data-[highlighted]:bg-subtle-strong max-sm:py-2.5"
              >
                <Radix.ItemText>{option.label}</Radix.ItemText>
                <SecondLine>{option.disabledBecause ?? option.secondary}</SecondLine>
                <Radix.ItemIndicator className="absolute top-2 right-2 max-sm:top-3">
                  <Check aria-hidden className="size-4 text-accent-ink" />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Outside ItemText, so that it is not part of the option's name nor shown in the closed control. */
function SecondLine({ children }: { children: string | undefined }) {
  return children === undefined ? null : <span className="text-ink-muted text-xs">{children}</span>;
}
