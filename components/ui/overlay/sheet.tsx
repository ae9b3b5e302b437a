"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { Button } from "../button";
import { classNames } from "../class-names";
import { focusContent, giveFocusBack } from "./dialog-focus";

export const Sheet = Radix.Root;

type SheetContentProps = Omit<ComponentProps<typeof Radix.Content>, "title"> & {
  title: string;
  /** Rendered in the bar, before Close. */
  tools?: ReactNode;
  /** Gets the focus back; see Dialog. */
  returnFocusTo?: HTMLElement | null;
};

/** A panel on the right, which leaves the page readable; on a phone it fills the screen. */
export function SheetContent({
  title,
  tools,
  returnFocusTo = null,
  className,
  children,
  ...rest
}: SheetContentProps) {
  return (
    <Radix.Portal>
      <Radix.Overlay className="fixed inset-0 z-40 animate-fade-in bg-overlay-sheet" />
      <Radix.Content
        aria-describedby={undefined}
        data-sheet
        className={classNames(
          "fixed inset-y-0 right-0 z-40 flex w-full animate-sheet-in flex-col bg-surface shadow-dialog outline-none sm:max-w-140",
          className,
        )}
        tabIndex={-1}
        onOpenAutoFocus={focusContent}
        onCloseAutoFocus={(event) => giveFocusBack(event, returnFocusTo)}
        {...rest}
      >
        <div className="flex h-12 shrink-0 items-center gap-1 border-b pr-3 pl-6 max-sm:pr-1.5 max-sm:pl-4">
          <Radix.Title className="mr-auto truncate font-semibold text-ink text-sm">{title}</Radix.Title>
          {tools}
          <Radix.Close asChild>
            <Button variant="ghost" size="icon-small" aria-label="Close" className="max-sm:size-11">
              <X aria-hidden />
            </Button>
          </Radix.Close>
        </div>
        {children}
      </Radix.Content>
    </Radix.Portal>
  );
}
