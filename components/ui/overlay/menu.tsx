"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import { type ComponentProps, type ReactElement, type ReactNode, useEffect } from "react";
import { classNames } from "../class-names";

type OpenMenuProps = { opensByKey: boolean; button: ReactElement; children: ReactNode };

/**
 * A menu that starts open, because its code is loaded when its button is pressed. Not modal: a modal menu hides the
 * page from screen readers while parts of it can still get the focus.
 */
export function OpenMenu({ opensByKey, button, children }: OpenMenuProps) {
  // Radix missed the key press, because its code was still loading. Focus the first item, as on every later opening.
  useEffect(() => {
    if (!opensByKey) return;
    // Wait until Radix has focused the menu.
    const later = setTimeout(() => {
      const menu = document.activeElement?.closest("[role=menu]");
      menu?.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));
    });
    return () => clearTimeout(later);
  }, [opensByKey]);
  return (
    <Radix.Root modal={false} defaultOpen>
      <Radix.Trigger asChild>{button}</Radix.Trigger>
      {children}
    </Radix.Root>
  );
}

export const MenuRadioGroup = Radix.RadioGroup;

/** With `aria-label`, its items form a named group. */
export const MenuGroup = Radix.Group;

const itemStyle =
  "relative flex select-none items-center gap-2 rounded px-2 py-1.5 text-sm outline-none " +
  "data-[disabled]:pointer-events-none data-[disabled]:opacity-50 " +
  "max-sm:py-2.5 [&>svg]:size-4 [&>svg]:shrink-0";

const itemTones = {
  neutral: "text-ink data-[highlighted]:bg-subtle-strong [&>svg]:text-ink-faint",
  danger: "text-danger-ink data-[highlighted]:bg-danger-soft [&>svg]:text-danger-ink",
};

export function MenuContent({ className, ...rest }: ComponentProps<typeof Radix.Content>) {
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

export function MenuItem({ className, tone = "neutral", ...rest }: ItemProps) {
  return <Radix.Item className={classNames(itemStyle, itemTones[tone], className)} {...rest} />;
}

const choiceStyle = classNames(itemStyle, itemTones.neutral, "pr-8");
const chosenMark = (
  <Radix.ItemIndicator className="absolute right-2">
    <Check aria-hidden className="size-4 text-accent-ink" />
  </Radix.ItemIndicator>
);

export function MenuRadioItem({ className, children, ...rest }: ComponentProps<typeof Radix.RadioItem>) {
  return (
    <Radix.RadioItem className={classNames(choiceStyle, className)} {...rest}>
      {children}
      {chosenMark}
    </Radix.RadioItem>
  );
}

export function MenuCheckboxItem({
  className,
  children,
  ...rest
}: ComponentProps<typeof Radix.CheckboxItem>) {
  return (
    <Radix.CheckboxItem className={classNames(choiceStyle, className)} {...rest}>
      {children}
      {chosenMark}
    </Radix.CheckboxItem>
  );
}

export function MenuLabel({ className, ...rest }: ComponentProps<typeof Radix.Label>) {
  return (
    <Radix.Label
      className={classNames("px-2 pt-1.5 pb-1 font-medium text-ink-faint text-xs", className)}
      {...rest}
    />
  );
}

export function MenuSeparator({ className, ...rest }: ComponentProps<typeof Radix.Separator>) {
  return <Radix.Separator className={classNames("-mx-1 my-1 h-px bg-line", className)} {...rest} />;
}
