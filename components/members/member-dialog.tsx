"use client";

import type { ReactNode } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import type { useAction } from "@/components/forms/use-action";
import type { ConsequencesState } from "./use-consequences";

type MemberDialogProps = {
  title: string;
  description: string;
  /** The button's name. */
  verb: string;
  danger: boolean;
  consequences: ConsequencesState;
  action: Pick<ReturnType<typeof useAction>, "pending" | "failed" | "prompt">;
  opener: HTMLElement | null;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
};

/** What both changes of a member have: nothing is done before it is told what it does. [L5] */
export function MemberDialog({ verb, danger, consequences, action, ...rest }: MemberDialogProps) {
  const untold = consequences !== "loading" && "ok" in consequences ? consequences : null;
  const told = consequences !== "loading" && untold === null;
  return (
    <FormDialog
      {...rest}
      action={{ ...action, failed: action.failed ?? untold }}
      submit={{ name: verb, variant: danger ? "danger" : "primary", disabled: !told }}
    />
  );
}
