"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { Button } from "../button";
import { classNames } from "../class-names";
import { focusContent, giveFocusBack } from "./dialog-focus";

export const Sheet = Radix.Root;

type SheetContentProps = Omit<ComponentProps<typeof Radix.Content>, "title"> & {
  title: string;
  /** The element that had the focus before; see Dialog. */
  returnFocusTo?: HTMLElement | null;
};

/** A panel on the right; on a phone it fills the screen. */
export function SheetContent({
  title,
  returnFocusTo = null,
  className,
  children,
  ...rest
}: SheetContentProps) {
  return (
    <Radix.Portal>
      <Radix.Overlay className="fixed inset-0 z-40 animate-fade-in bg-overlay" />
      <Radix.Content
        aria-describedby={undefined}
        className={classNames(
          "fixed inset-y-0 right-0 z-40 flex w-full animate-sheet-in flex-col bg-surface shadow-dialog outline-none sm:max-w-lg",
          className,
        )}
        tabIndex={-1}
        onOpenAutoFocus={focusContent}
        onCloseAutoFocus={(event) => giveFocusBack(event, returnFocusTo)}
        {...rest}
      >
        <div className="flex h-12 shrink-0 items-center justify-between gap-4 border-b px-5">
          <Radix.Title className="font-semibold text-ink text-sm">{title}</Radix.Title>
          <Radix.Close asChild>
            <Button variant="ghost" size="icon-small" aria-label="Close" className="-mr-1.5">
              <X aria-hidden />
            </Button>
          </Radix.Close>
        </div>
        {children}
      </Radix.Content>
    </Radix.Portal>
  );
}
