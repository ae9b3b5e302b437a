"use client";

import { Dialog, DialogContent } from "@/components/ui/dialog";
import { DialogForm, type DialogFormProps } from "./dialog-form";

type FormDialogProps = DialogFormProps & {
  title: string;
  description?: string;
  /** Gets the focus back. */
  opener: HTMLElement | null;
  onClose: () => void;
};

/** A dialog that is one form. What is under way is not closed. */
export function FormDialog({ title, description, opener, onClose, ...form }: FormDialogProps) {
  return (
    <Dialog open onOpenChange={(open) => open || form.action.pending || onClose()}>
      <DialogContent title={title} description={description} returnFocusTo={opener}>
        <DialogForm {...form} />
      </DialogContent>
    </Dialog>
  );
}
