"use client";

import type { ReactNode } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import type { useAction } from "@/components/forms/use-action";
import type { Answer } from "@/components/forms/use-answer";

type AccessChangeDialogProps = {
  title: string;
  description: string;
  verb: string;
  danger: boolean;
  /** What the change would do, from the server. */
  consequences: Answer<unknown>;
  action: Pick<ReturnType<typeof useAction>, "pending" | "failed" | "prompt">;
  opener: HTMLElement | null;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
};

/** The dialog for every change to a person's access: it shows the consequences before anything happens. */
export function AccessChangeDialog(props: AccessChangeDialogProps) {
  const { verb, danger, consequences, action, ...rest } = props;
  const told = consequences !== "loading" && consequences.ok;
  const untold = consequences === "loading" || consequences.ok ? null : consequences;
  return (
    <FormDialog
      {...rest}
      action={{ ...action, failed: action.failed ?? untold }}
      submit={{ name: verb, variant: danger ? "danger" : "primary", disabled: !told }}
    />
  );
}
