"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { classNames } from "../class-names";

/** Not modal: a modal menu hides the page from screen readers while parts of it can still get the focus. */
export function DropdownMenu(props: ComponentProps<typeof Radix.Root>) {
  return <Radix.Root modal={false} {...props} />;
}

export const DropdownMenuTrigger = Radix.Trigger;
export const DropdownMenuRadioGroup = Radix.RadioGroup;

/** With `aria-label`, its items form a named group. */
export const DropdownMenuGroup = Radix.Group;

const itemStyle =
  "relative flex select-none items-center gap-2 rounded px-2 py-1.5 text-sm outline-none " +
  "data-[disabled]:pointer-events-none data-[disabled]:opacity-50 " +
  "max-sm:py-2.5 [&>svg]:size-4 [&>svg]:shrink-0";

const itemTones = {
  neutral: "text-ink data-[highlighted]:bg-subtle-strong [&>svg]:text-ink-faint",
  danger: "text-danger-ink data-[highlighted]:bg-danger-soft [&>svg]:text-danger-ink",
};

export function DropdownMenuContent({ className, ...rest }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        align="end"
        sideOffset={4}
        collisionPadding={8}
        className={classNames(
          "z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 max-w-80 animate-fade-in overflow-y-auto rounded-lg bg-surface p-1 shadow-popover",
          className,
        )}
        {...rest}
      />
    </Radix.Portal>
  );
}

type ItemProps = ComponentProps<typeof Radix.Item> & { tone?: keyof typeof itemTones };

export function DropdownMenuItem({ className, tone = "neutral", ...rest }: ItemProps) {
  return <Radix.Item className={classNames(itemStyle, itemTones[tone], className)} {...rest} />;
}

export function DropdownMenuRadioItem({
  className,
  children,
  ...rest
}: ComponentProps<typeof Radix.RadioItem>) {
  return (
    <Radix.RadioItem className={classNames(itemStyle, itemTones.neutral, "pr-8", className)} {...rest}>
      {children}
      <Radix.ItemIndicator className="absolute right-2">
        <Check aria-hidden className="size-4 text-accent-ink" />
      </Radix.ItemIndicator>
    </Radix.RadioItem>
  );
}

export function DropdownMenuCheckboxItem({
  className,
  children,
  ...rest
}: ComponentProps<typeof Radix.CheckboxItem>) {
  return (
    <Radix.CheckboxItem className={classNames(itemStyle, itemTones.neutral, "pr-8", className)} {...rest}>
      {children}
      <Radix.ItemIndicator className="absolute right-2">
        <Check aria-hidden className="size-4 text-accent-ink" />
      </Radix.ItemIndicator>
    </Radix.CheckboxItem>
  );
}

export function DropdownMenuLabel({ className, ...rest }: ComponentProps<typeof Radix.Label>) {
  return (
    <Radix.Label
      className={classNames("px-2 pt-1.5 pb-1 font-medium text-ink-faint text-xs", className)}
      {...rest}
    />
  );
}

export function DropdownMenuSeparator({ className, ...rest }: ComponentProps<typeof Radix.Separator>) {
  return <Radix.Separator className={classNames("-mx-1 my-1 h-px bg-line", className)} {...rest} />;
}
