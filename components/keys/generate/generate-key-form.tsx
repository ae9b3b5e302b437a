"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { DialogForm, type DialogFormProps } from "@/components/forms/dialog-form";
import { fieldFault } from "@/components/forms/failure-alert";
import type { PasswordPrompt } from "@/components/forms/use-action";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import type { GenerateKeyInput } from "@/lib/schemas/key";
import { draftLimits, noLimits } from "../limits/key-limits-draft";
import { KeyLimitsFields } from "../limits/key-limits-fields";
import { type Expiration, neverExpires } from "./expiration";
import { ExpirationField } from "./expiration-field";
import { KeyAccessFields } from "./key-access-fields";
import { draftLevel, draftNamespace, emptyDraft, type KeyDraft } from "./key-draft";
import { KeyOptionsMissing } from "./key-options-missing";
import { KeyTypeField } from "./key-type-field";
import { useKeyOptions } from "./use-key-options";

type GenerateKeyFormProps = {
  action: { pending: boolean; failed: Failure | null; prompt: PasswordPrompt | null };
  onSubmit: (input: GenerateKeyInput) => void;
} & Pick<DialogFormProps, "onCancel" | "discarding">;

export function GenerateKeyForm({ action, onSubmit, onCancel, discarding }: GenerateKeyFormProps) {
  const { options, failed: optionsFailed, load } = useKeyOptions();
  const [draft, setDraft] = useState<KeyDraft>(emptyDraft);
  const [expiration, setExpiration] = useState<Expiration>(neverExpires);
  const [limits, setLimits] = useState(noLimits);
  /** A fault found before sending. */
  const [unfit, setUnfit] = useState<Failure | null>(null);
  /** Submitted before the options had loaded. */
  const [waiting, setWaiting] = useState(false);
  const change = (over: Partial<KeyDraft>) => setDraft((before) => ({ ...before, ...over }));

  const send = () => {
    setUnfit(null);
    if (expiration.expiry === undefined) return setUnfit(missing("expiresAt", "Choose a date and a time"));
    setWaiting(options === null);
    if (options === null) return;
    const namespace = draftNamespace(draft, options);
    if (namespace === undefined) return setUnfit(missing("namespace", "Choose a namespace"));
    const { name, description, type, roles } = draft;
    onSubmit({
      name,
      description,
      type,
      accessLevel: draftLevel(draft, options),
      namespace: { type: namespace.type, id: namespace.id },
      roles: [...roles],
      expiresAt: expiration.expiry,
      ...draftLimits(limits),
    });
  };
  const sendWhenReady = useEffectEvent(() => waiting && send());
  useEffect(() => {
    if (options !== null) sendWhenReady();
  }, [options]);

  // A chosen option no longer exists: reload the options and keep the other fields.
  const reload = useEffectEvent(() => void load());
  useEffect(() => {
    const stale = ["namespace", "accessLevel", "roles"].some((field) => fieldFault(action.failed, field));
    if (stale) reload();
  }, [action.failed]);

  const failed = unfit ?? action.failed;
  return (
    <DialogForm
      action={{ ...action, failed, pending: action.pending || (waiting && optionsFailed === null) }}
      submit={{ name: "Generate", variant: "primary", disabled: options === null && optionsFailed !== null }}
      onSubmit={send}
      onCancel={onCancel}
      discarding={discarding}
    >
      <Field label="Name" required error={fieldFault(failed, "name")}>
        <Input
          data-autofocus
          autoComplete="off"
          value={draft.name}
          onChange={(event) => change({ name: event.target.value })}
        />
      </Field>
      <Field label="Description" aside="Optional" error={fieldFault(failed, "description")}>
        <Textarea
          value={draft.description}
          onChange={(event) => change({ description: event.target.value })}
        />
      </Field>
      <KeyTypeField type={draft.type} onChange={(type) => change({ type })} />
      {options === null ? (
        <KeyOptionsMissing failed={optionsFailed} onRetry={() => void load()} />
      ) : (
        <KeyAccessFields options={options} draft={draft} onChange={change} failed={failed} />
      )}
      <ExpirationField
        expiration={expiration}
        onChange={setExpiration}
        error={fieldFault(failed, "expiresAt")}
      />
      <KeyLimitsFields draft={limits} onChange={setLimits} failed={failed} />
    </DialogForm>
  );
}

function missing(field: string, message: string): Failure {
  return failure("invalid_request", `${message}.`, [{ field, message }]);
}
