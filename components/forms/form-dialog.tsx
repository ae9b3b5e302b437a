"use client";

import type { ReactNode } from "react";
import { Dialog, DialogContent } from "@/components/ui/overlay/dialog";
import { DialogForm, type DialogFormProps } from "./dialog-form";
import { useDiscard } from "./use-discard";

type FormDialogProps = Omit<DialogFormProps, "discarding" | "onCancel"> & {
  title: string;
  description?: ReactNode;
  /** 560 or 640 pixels instead of 520. */
  width?: 560 | 640;
  /** Gets the focus back when the dialog closes. */
  opener: HTMLElement | null;
  onClose: () => void;
};

/** A dialog with one form. It stays open while the action runs, and asks before it drops input. */
export function FormDialog({ title, description, width, opener, onClose, ...form }: FormDialogProps) {
  const { asked, leave, onInput } = useDiscard(onClose);
  // Text typed to confirm a destruction is not worth saving.
  const worth = form.submit.variant === "danger" ? {} : { onInput };
  return (
    <Dialog open onOpenChange={(open) => open || form.action.pending || leave()}>
      <DialogContent
        title={title}
        description={description}
        returnFocusTo={opener}
        {...(width && { width })}
        {...worth}
      >
        <DialogForm {...form} discarding={asked} onCancel={onClose} />
      </DialogContent>
    </Dialog>
  );
}
