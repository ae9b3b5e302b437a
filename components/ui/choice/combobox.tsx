"use client";

import { ChevronDown } from "lucide-react";
import { Popover } from "radix-ui";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { classNames } from "../class-names";
import { useFieldChanged, useFieldControl } from "../field-context";
import { controlStyle } from "../input";
import { ComboboxList, type ComboboxSearch } from "./combobox-list";
import type { ComboboxOption } from "./combobox-option";

type ComboboxProps = ComboboxSearch & {
  /** Null while nothing is chosen. */
  value: string | null;
  onValueChange: (value: string) => void;
  /** With `onSearch`, the results of the last search; otherwise all options. */
  options: readonly ComboboxOption[];
  /** Shown before the chosen option. */
  icon?: ReactNode;
  /** Shown while nothing is chosen. */
  placeholder: string;
  className?: string;
  /** For use outside a Field. */
  "aria-label"?: string;
};

/** Chooses one of many options by typing. For short lists use Select. */
export function Combobox(props: ComboboxProps) {
  const { value, onValueChange, options, icon, placeholder, className, ...search } = props;
  const { "aria-label": label, ...list } = search;
  const field = useFieldControl();
  const changed = useFieldChanged();
  const trigger = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  // Remember the chosen option: a later server search may not return it.
  const [last, setLast] = useState<ComboboxOption | null>(null);
  const chosen = options.find((option) => option.value === value) ?? (last?.value === value ? last : null);

  const choose = (option: ComboboxOption) => {
    setLast(option);
    setOpen(false);
    if (option.value === value) return;
    changed();
    onValueChange(option.value);
  };
  const openByArrow = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    setOpen(true);
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        ref={trigger}
        role="combobox"
        aria-label={label}
        onKeyDown={openByArrow}
        className={classNames(
          controlStyle,
          "flex h-10 min-w-0 items-center justify-between gap-2 px-3 text-left sm:h-8 sm:px-2.5",
          className,
        )}
        {...field}
      >
        {icon}
        <span
          title={chosen?.text}
          dir="auto"
          className={classNames("mr-auto truncate", chosen === null && "text-ink-faint")}
        >
          {chosen?.text ?? placeholder}
        </span>
        <ChevronDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
      </Popover.Trigger>
      {/* Rendered inside its dialog, which blocks scrolling outside itself. */}
      <Popover.Portal container={trigger.current?.closest<HTMLElement>("[role=dialog]")}>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={list.searchLabel}
          className="z-50 flex max-h-[min(22rem,var(--radix-popover-content-available-height))] w-(--radix-popover-trigger-width) min-w-64 sm:min-w-80 max-w-(--radix-popover-content-available-width) animate-fade-in flex-col overflow-hidden rounded-lg bg-surface shadow-popover outline-none"
        >
          <ComboboxList value={value} options={options} onChoose={choose} {...list} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
