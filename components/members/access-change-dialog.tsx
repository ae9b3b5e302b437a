"use client";

import { type ReactNode, useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { useAction } from "@/components/forms/use-action";
import type { DialogProps } from "@/components/list/dialog-host";
import { toast } from "@/components/ui/overlay/toast";
import type { Result } from "@/lib/core/result";
import type { AccessImpact, KeysAfter } from "@/lib/services/members/member-view";
import { KeyPlanFields } from "./key-plan-fields";
import type { KeyPlanWords } from "./key-plan-words";
import { KeysAfterDialog } from "./keys-after-dialog";
import { useKeyPlan } from "./use-key-plan";

type AccessChange<Asked, Input, Value> = {
  /** Reads the consequences of the change. */
  readonly read: (organization: string, asked: Asked & { page: number }) => Promise<Result<AccessImpact>>;
  readonly asked: Asked;
  readonly change: (organization: string, input: Input, requestId: string) => Promise<Result<Value>>;
  readonly onClose: () => void;
  /** What the toast says afterwards. */
  readonly said: () => string;
  /** Whether keys that are not transferred are revoked. */
  readonly ends: boolean;
  /** Returns what happened to the keys of the person who lost access. If anything did, the dialog then shows it. */
  readonly after?: (value: Value) => KeysAfter;
  readonly person?: { readonly id: string; readonly name: string };
};

/** The state of a dialog that changes a person's access. */
export function useAccessChange<Asked extends object, Input, Value>(
  props: AccessChange<Asked, Input, Value>,
) {
  const { read, asked, change, onClose, said, ends, after, person } = props;
  const [done, setDone] = useState<KeysAfter | null>(null);
  const action = useAction(change, (value) => {
    const keys = after?.(value);
    if (keys !== undefined && (keys.revoked > 0 || keys.transferred.length > 0)) return setDone(keys);
    toast.success(said());
    onClose();
  });
  const plan = useKeyPlan(read, asked, { ends, failed: action.failed });
  const told = done !== null && person !== undefined ? { keys: done, title: said(), person, onClose } : null;
  return { action, plan, told };
}

type AccessChangeDialogProps = DialogProps & {
  state: Pick<ReturnType<typeof useAccessChange>, "plan" | "told"> & {
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
  const { action, plan, told } = state;
  // A lower level ends no key, so its button is red only if some keys lose permissions.
  const costs = keys !== null && (keys.stays === "Revoke" || (plan.known?.total ?? 0) > 0);
  const untold = plan.answer === "loading" || plan.answer.ok ? null : plan.answer;
  if (told !== null) {
    return <KeysAfterDialog {...told} opener={rest.opener} receivers={plan.known?.receivers ?? []} />;
  }
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
