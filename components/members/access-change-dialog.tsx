"use client";

import type { ReactNode } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { useClosingAction } from "@/components/forms/use-action";
import type { DialogProps } from "@/components/list/dialog-host";
import type { Result } from "@/lib/core/result";
import type { AccessImpact } from "@/lib/services/members/member-view";
import { KeyPlanFields } from "./key-plan-fields";
import type { KeyPlanWords } from "./key-plan-words";
import { useKeyPlan } from "./use-key-plan";

type AccessChange<Asked, Input> = {
  /** Reads what the change would do. */
  readonly read: (organization: string, asked: Asked & { page: number }) => Promise<Result<AccessImpact>>;
  readonly asked: Asked;
  readonly change: (organization: string, input: Input, requestId: string) => Promise<Result<unknown>>;
  readonly onClose: () => void;
  /** What the toast says afterwards. */
  readonly said: () => string;
  /** Keys that nobody gets are revoked. */
  readonly ends: boolean;
};

/** The state of a dialog that changes a person's access. */
export function useAccessChange<Asked extends object, Input>(props: AccessChange<Asked, Input>) {
  const { read, asked, change, onClose, said, ends } = props;
  const action = useClosingAction(change, onClose, said);
  return { action, plan: useKeyPlan(read, asked, { ends, failed: action.failed }) };
}

type AccessChangeDialogProps = DialogProps & {
  state: Pick<ReturnType<typeof useAccessChange>, "plan"> & {
    readonly action: Pick<ReturnType<typeof useAccessChange>["action"], "pending" | "failed" | "prompt">;
  };
  title: string;
  description: string;
  verb: string;
  onSubmit: () => void;
  /** The wording for the keys that the change ends or limits; null if it affects none. */
  keys: KeyPlanWords | null;
  children: ReactNode;
};

/** The dialog for every change to a person's access: it shows the consequences before anything happens. */
export function AccessChangeDialog({ state, verb, keys, children, ...rest }: AccessChangeDialogProps) {
  const { action, plan } = state;
  // A lower level ends no key; it is red only if it takes permissions from some.
  const costs = keys !== null && (keys.stays === "Revoke" || (plan.known?.total ?? 0) > 0);
  const untold = plan.answer === "loading" || plan.answer.ok ? null : plan.answer;
  return (
    <FormDialog
      {...rest}
      {...(keys !== null && { width: 640 })}
      action={{ ...action, failed: action.failed ?? untold }}
      submit={{
        name: verb,
        variant: costs ? "danger" : "primary",
        disabledBecause: plan.missing,
      }}
    >
      {children}
      {keys !== null && <KeyPlanFields plan={plan} words={keys} />}
    </FormDialog>
  );
}
