"use client";

import type { ReactNode } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { useClosingAction } from "@/components/forms/use-action";
import { useAnswer } from "@/components/forms/use-answer";
import type { DialogProps } from "@/components/list/dialog-host";
import type { Result } from "@/lib/core/result";
import type { MemberConsequences } from "@/lib/services/members/member-view";
import { AffectedKeys, type AffectedKeysWords, useTransfers } from "./affected-keys";

type AccessChange<Asked, Input> = {
  /** Reads what the change would do. */
  readonly read: (organization: string, asked: Asked) => Promise<Result<MemberConsequences>>;
  readonly asked: Asked;
  readonly change: (organization: string, input: Input, requestId: string) => Promise<Result<unknown>>;
  readonly onClose: () => void;
  /** What the toast says afterwards. */
  readonly said: () => string;
};

/** The state of a dialog that changes a person's access. */
export function useAccessChange<Asked, Input>(props: AccessChange<Asked, Input>) {
  const action = useClosingAction(props.change, props.onClose, props.said);
  const [consequences] = useAnswer(props.read, props.asked);
  return { action, consequences, transfers: useTransfers() };
}

type AccessChangeDialogProps = DialogProps & {
  state: Pick<ReturnType<typeof useAccessChange>, "consequences" | "transfers"> & {
    readonly action: Pick<ReturnType<typeof useAccessChange>["action"], "pending" | "failed" | "prompt">;
  };
  title: string;
  description: string;
  verb: string;
  onSubmit: () => void;
  /** The wording for the keys that the change ends or limits; null if it affects none. */
  keys: AffectedKeysWords | null;
  children: ReactNode;
};

/** The dialog for every change to a person's access: it shows the consequences before anything happens. */
export function AccessChangeDialog({ state, verb, keys, children, ...rest }: AccessChangeDialogProps) {
  const { action, consequences, transfers } = state;
  const told = consequences !== "loading" && consequences.ok;
  const untold = consequences === "loading" || consequences.ok ? null : consequences;
  return (
    <FormDialog
      {...rest}
      action={{ ...action, failed: action.failed ?? untold }}
      submit={{ name: verb, variant: keys === null ? "primary" : "danger", disabled: !told }}
    >
      {children}
      {keys !== null && <AffectedKeys consequences={consequences} transfers={transfers} words={keys} />}
    </FormDialog>
  );
}
