"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { Button } from "../button";
import { classNames } from "../class-names";
import { focusContent, giveFocusBack, keepFocusInView } from "./dialog-focus";

export const Dialog = Radix.Root;
export const DialogClose = Radix.Close;

type DialogContentProps = Omit<ComponentProps<typeof Radix.Content>, "title"> & {
  title: string;
  description?: ReactNode;
  /** 560 or 640 pixels instead of 520. */
  width?: 560 | 640;
  /** Gets the focus back. Radix only knows its own triggers, and our dialogs open from rows and menus. */
  returnFocusTo?: HTMLElement | null;
};

const widths = {
  520: "sm:-ml-65 sm:w-130",
  560: "sm:-ml-70 sm:w-140",
  640: "sm:-ml-80 sm:w-160",
};

/** A dialog in the middle of the page; on a phone, at the bottom within reach of the thumb. */
export function DialogContent({
  title,
  description,
  width,
  returnFocusTo = null,
  className,
  children,
  ...rest
}: DialogContentProps) {
  return (
    <Radix.Portal>
      <Radix.Overlay className="fixed inset-0 z-40 animate-fade-in bg-overlay" />
      <Radix.Content
        className={classNames(
          "fixed z-50 flex flex-col bg-surface shadow-dialog outline-none",
          "inset-x-0 bottom-0 max-h-[92dvh] animate-dialog-in rounded-t-xl",
          "sm:inset-x-auto sm:top-[5dvh] sm:bottom-auto sm:left-1/2 sm:max-h-[90dvh] sm:rounded-xl",
          // No transform: it would become the containing block of the fixed popups inside.
          widths[width ?? 520],
          className,
        )}
        tabIndex={-1}
        onOpenAutoFocus={focusContent}
        onCloseAutoFocus={(event) => giveFocusBack(event, returnFocusTo)}
        {...(description ? {} : { "aria-describedby": undefined })}
        {...rest}
      >
        <div className="flex items-start justify-between gap-4 px-5 pt-4 pb-3">
          <div className="grid min-w-0 gap-1">
            <Radix.Title className="font-semibold text-base text-ink [overflow-wrap:anywhere]">
              {title}
            </Radix.Title>
            {description && (
              <Radix.Description className="text-ink-muted text-sm [overflow-wrap:anywhere]">
                {description}
              </Radix.Description>
            )}
          </div>
          <Radix.Close asChild>
            <Button variant="ghost" size="icon-small" aria-label="Close" className="-mt-0.5 -mr-1.5">
              <X aria-hidden />
            </Button>
          </Radix.Close>
        </div>
        {children}
      </Radix.Content>
    </Radix.Portal>
  );
}

/** Scrolls when the dialog is taller than the window. Its single grid column is not widened by long names. */
export function DialogBody({ className, ...rest }: ComponentProps<"div">) {
  return (
    <div
      ref={keepFocusInView}
      className={classNames(
        "min-h-0 flex-1 grid-cols-1 overflow-y-auto break-words px-5 pt-1 pb-5",
        className,
      )}
      {...rest}
    />
  );
}

/** A message about the whole dialog. Above the buttons it stays visible however the fields are scrolled. */
export function DialogNotice({ className, ...rest }: ComponentProps<"div">) {
  return (
    <div
      className={classNames(
        "grid max-h-[40%] shrink-0 gap-2 overflow-y-auto px-5 py-3 empty:hidden",
        className,
      )}
      {...rest}
    />
  );
}

export function DialogFooter({ className, ...rest }: ComponentProps<"div">) {
  return (
    <div
      className={classNames(
        "flex items-center justify-end gap-2 border-t px-5 py-3 max-sm:pb-[max(0.75rem,env(safe-area-inset-bottom))] max-sm:[&>button]:flex-1",
        className,
      )}
      {...rest}
    />
  );
}
