"use client";

import { useEffect, useEffectEvent, useId, useState } from "react";
import { DialogForm, type DialogFormProps } from "@/components/forms/dialog-form";
import { FormSection } from "@/components/forms/form-section";
import type { PasswordPrompt } from "@/components/forms/use-action";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { RadioGroup } from "@/components/ui/choice/radio-group";
import { Field } from "@/components/ui/field";
import { faultOf } from "@/components/ui/field-context";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import type { KeyType } from "@/lib/core/access/effective-permissions";
import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import type { GenerateKeyInput } from "@/lib/schemas/key";
import type { KeyRow } from "@/lib/services/keys/read/key-view";
import { AdvancedFields, hasAdvanced } from "../attributes/advanced-fields";
import {
  attributesDraft,
  attributesFault,
  draftAttributes,
  noAttributes,
} from "../attributes/key-attributes-draft";
import { KeyAttributesFields } from "../attributes/key-attributes-fields";
import { useKeyOptions } from "../attributes/use-key-options";
import { draftLimits, limitsDraft, noLimits } from "../limits/key-limits-draft";
import { KeyLimitsFields } from "../limits/key-limits-fields";
import { keyAbout } from "../reveal/key-about";
import { DangerNote } from "./danger-note";
import { anyLifetime, type Expiration, fitExpiration, neverExpires, sameLifetime } from "./expiration";
import { ExpirationField } from "./expiration-field";
import { KeyAccessFields } from "./key-access-fields";
import { draftLevel, draftLike, draftNamespace, emptyDraft, type KeyDraft } from "./key-draft";

type GenerateKeyFormProps = {
  /** The key whose settings the form starts with. */
  from?: KeyRow | undefined;
  action: { pending: boolean; failed: Failure | null; prompt: PasswordPrompt | null };
  /** @param about the key in one line */
  onSubmit: (input: GenerateKeyInput, about: string) => void;
} & Pick<DialogFormProps, "onCancel" | "discarding">;

export function GenerateKeyForm({ from, action, onSubmit, onCancel, discarding }: GenerateKeyFormProps) {
  const { options, failed: optionsFailed, load } = useKeyOptions();
  const [draft, setDraft] = useState<KeyDraft>(from === undefined ? emptyDraft : draftLike(from));
  const [asked, setExpiration] = useState<Expiration>(from === undefined ? neverExpires : sameLifetime(from));
  const [attributes, setAttributes] = useState(from === undefined ? noAttributes : attributesDraft(from));
  const [limits, setLimits] = useState(from === undefined ? noLimits : limitsDraft(from));
  /** A fault found before sending. */
  const [unfit, setUnfit] = useState<Failure | null>(null);
  /** Submitted before the options had loaded. */
  const [waiting, setWaiting] = useState(false);
  const lifetime = options?.lifetime ?? anyLifetime;
  const expiration = fitExpiration(asked, lifetime);
  const change = (over: Partial<KeyDraft>) => setDraft((before) => ({ ...before, ...over }));

  const send = () => {
    setUnfit(null);
    if (expiration.expiry === undefined) return setUnfit(unfitField("expiresAt", "Choose a date and a time"));
    const fault = attributesFault(attributes);
    if (fault !== null) return setUnfit(unfitField(fault.field, fault.message));
    setWaiting(options === null);
    if (options === null) return;
    const namespace = draftNamespace(draft, options);
    if (namespace === undefined) return setUnfit(unfitField("namespace", "Choose a namespace"));
    const { name, description, type, roles } = draft;
    const accessLevel = draftLevel(draft, options);
    const input = {
      name,
      description,
      type,
      accessLevel,
      namespace: { type: namespace.type, id: namespace.id },
      roles: [...roles],
      expiresAt: expiration.expiry,
      ...draftAttributes(attributes),
      ...draftLimits(limits),
    };
    onSubmit(input, keyAbout({ accessLevel, namespace, roles }));
  };
  const sendWhenReady = useEffectEvent(() => waiting && send());
  useEffect(() => {
    if (options !== null) sendWhenReady();
  }, [options]);

  // A chosen option no longer exists: reload the options and keep the other fields.
  const reload = useEffectEvent(() => void load());
  useEffect(() => {
    const stale = ["namespace", "accessLevel", "roles", "expiresAt"].some((field) =>
      faultOf(action.failed?.fields, field),
    );
    if (stale) reload();
  }, [action.failed]);

  const failed = unfit ?? action.failed;
  return (
    <DialogForm
      action={{ ...action, failed, pending: action.pending || (waiting && optionsFailed === null) }}
      submit={{
        name: "Generate",
        variant: "primary",
        disabledBecause: options === null ? optionsFailed?.detail : undefined,
      }}
      onSubmit={send}
      onCancel={onCancel}
      discarding={discarding}
    >
      <div className="grid items-start gap-x-4 gap-y-3 sm:grid-cols-2">
        <Field label="Name" required name="name">
          <Input
            data-autofocus
            autoComplete="off"
            value={draft.name}
            onChange={(event) => change({ name: event.target.value })}
          />
        </Field>
        <Field label="Description" aside="Optional" name="description">
          <Input
            autoComplete="off"
            value={draft.description}
            onChange={(event) => change({ description: event.target.value })}
          />
        </Field>
      </div>
      <KeyTypeField type={draft.type} onChange={(type) => change({ type })} />
      {options === null ? (
        <KeyOptionsMissing failed={optionsFailed} onRetry={() => void load()} />
      ) : (
        <KeyAccessFields options={options} draft={draft} onChange={change} />
      )}
      <FormSection label="Lifetime">
        <ExpirationField expiration={expiration} lifetime={lifetime} onChange={setExpiration} />
        {options !== null && (
          <DangerNote
            draft={draft}
            options={options}
            expiration={expiration}
            onChange={change}
            onExpiration={setExpiration}
          />
        )}
      </FormSection>
      <AdvancedFields open={from !== undefined && hasAdvanced(from)}>
        <KeyAttributesFields
          draft={attributes}
          onChange={(over) => setAttributes((before) => ({ ...before, ...over }))}
        />
        <KeyLimitsFields draft={limits} onChange={setLimits} />
      </AdvancedFields>
    </DialogForm>
  );
}

function unfitField(field: string, message: string): Failure {
  return failure("invalid_request", `${message}.`, [{ field, message }]);
}

type KeyTypeFieldProps = { type: KeyType; onChange: (type: KeyType) => void };

function KeyTypeField({ type, onChange }: KeyTypeFieldProps) {
  const label = useId();
  return (
    <div className="grid gap-1.5">
      <span id={label} className="font-medium text-ink text-sm">
        Type
      </span>
      <RadioGroup
        aria-labelledby={label}
        className="sm:grid-cols-2 sm:gap-x-4"
        options={[
          { value: "secret", label: "Secret", description: "For servers. Shown once." },
          { value: "public", label: "Public", description: "For browsers and apps. Reads only." },
        ]}
        value={type}
        onValueChange={onChange}
      />
    </div>
  );
}

type KeyOptionsMissingProps = { failed: Failure | null; onRetry: () => void };

/** Takes the place of namespace, access level and roles while they load or if they fail to. */
function KeyOptionsMissing({ failed, onRetry }: KeyOptionsMissingProps) {
  if (failed !== null) {
    return (
      <Alert role="alert" tone="danger">
        <span className="grid justify-items-start gap-2">
          {failed.detail}
          {failed.code !== "forbidden" && (
            <Button size="small" onClick={onRetry}>
              Try again
            </Button>
          )}
        </span>
      </Alert>
    );
  }
  return (
    <div role="status" aria-label="Loading the options" className="grid gap-3 border-t pt-4">
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
        {["level", "namespace"].map((field) => (
          <div key={field} className="grid gap-1.5">
            <Skeleton className="h-5 w-24" />
            <Skeleton className="h-10 rounded-md! sm:h-8" />
          </div>
        ))}
      </div>
      <div className="grid gap-1.5">
        <Skeleton className="h-5 w-16" />
        <Skeleton className="h-10 rounded-md! sm:h-8" />
        <Skeleton className="h-4 w-40" />
      </div>
    </div>
  );
}
