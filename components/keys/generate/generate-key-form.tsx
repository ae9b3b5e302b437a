"use client";

import { useParams } from "next/navigation";
import { useCallback, useEffect, useEffectEvent, useId, useState } from "react";
import { DialogForm, type DialogFormProps } from "@/components/forms/dialog-form";
import type { PasswordPrompt } from "@/components/forms/use-action";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { RadioGroup } from "@/components/ui/choice/radio-group";
import { Field } from "@/components/ui/field";
import { faultOf } from "@/components/ui/field-context";
import { Input, Textarea } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { readKeyOptions } from "@/lib/actions/keys";
import type { KeyType } from "@/lib/core/access/effective-permissions";
import { readDoorRefusal } from "@/lib/core/door-refusal";
import type { Failure, Result } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import type { GenerateKeyInput } from "@/lib/schemas/key";
import type { KeyOptions, KeyRow } from "@/lib/services/keys/read/key-view";
import { AdvancedFields, hasAdvanced } from "../attributes/advanced-fields";
import {
  attributesDraft,
  attributesFault,
  draftAttributes,
  noAttributes,
} from "../attributes/key-attributes-draft";
import { KeyAttributesFields } from "../attributes/key-attributes-fields";
import { draftLimits, limitsDraft, noLimits } from "../limits/key-limits-draft";
import { KeyLimitsFields } from "../limits/key-limits-fields";
import { anyLifetime, type Expiration, fitExpiration, neverExpires, sameLifetime } from "./expiration";
import { ExpirationField } from "./expiration-field";
import { KeyAccessFields } from "./key-access-fields";
import { draftLevel, draftLike, draftNamespace, emptyDraft, type KeyDraft } from "./key-draft";

type GenerateKeyFormProps = {
  /** The key whose settings the form starts with. */
  from?: KeyRow | undefined;
  action: { pending: boolean; failed: Failure | null; prompt: PasswordPrompt | null };
  onSubmit: (input: GenerateKeyInput) => void;
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
    onSubmit({
      name,
      description,
      type,
      accessLevel: draftLevel(draft, options),
      namespace: { type: namespace.type, id: namespace.id },
      roles: [...roles],
      expiresAt: expiration.expiry,
      ...draftAttributes(attributes),
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
    const stale = ["namespace", "accessLevel", "roles", "expiresAt"].some((field) =>
      faultOf(action.failed?.fields, field),
    );
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
      <Field label="Name" required name="name">
        <Input
          data-autofocus
          autoComplete="off"
          value={draft.name}
          onChange={(event) => change({ name: event.target.value })}
        />
      </Field>
      <Field label="Description" aside="Optional" name="description">
        <Textarea
          value={draft.description}
          onChange={(event) => change({ description: event.target.value })}
        />
      </Field>
      <KeyTypeField type={draft.type} onChange={(type) => change({ type })} />
      {options === null ? (
        <KeyOptionsMissing failed={optionsFailed} onRetry={() => void load()} />
      ) : (
        <KeyAccessFields options={options} draft={draft} onChange={change} />
      )}
      <ExpirationField expiration={expiration} lifetime={lifetime} onChange={setExpiration} />
      <AdvancedFields open={from !== undefined && hasAdvanced(from)}>
        <KeyAttributesFields
          draft={attributes}
          onChange={(over) => {
            setUnfit(null);
            setAttributes((before) => ({ ...before, ...over }));
          }}
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
        className="sm:grid-cols-2"
        options={[
          { value: "secret", label: "Secret", description: "For servers. Shown once, kept as a hash." },
          { value: "public", label: "Public", description: "For browsers and apps. Read-only." },
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
    <div role="status" aria-label="Loading the options" className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        {["namespace", "level"].map((field) => (
          <div key={field} className="grid gap-2">
            <Skeleton className="h-4 w-24" />
            <Skeleton className="h-10 rounded-md! sm:h-8" />
            <Skeleton className="h-3 w-40" />
          </div>
        ))}
      </div>
      <div className="grid gap-2">
        <Skeleton className="h-4 w-16" />
        <Skeleton className="h-48 rounded-md!" />
        <Skeleton className="h-3 w-64" />
      </div>
    </div>
  );
}

const unreachable = failure("unavailable", "The options could not be loaded. Check your connection.");

/**
 * The options this person may choose from. They load when the dialog opens, not with the page: most visitors generate
 * no key, and an organization can have hundreds of namespaces and roles.
 */
function useKeyOptions() {
  const { organization } = useParams<{ organization: string }>();
  const [options, setOptions] = useState<KeyOptions | null>(null);
  const [failed, setFailed] = useState<Failure | null>(null);

  /** Keeps the current options until the response arrives. */
  const load = useCallback(async () => {
    setFailed(null);
    const result: Result<KeyOptions> = await readKeyOptions(organization).catch(
      (error: unknown) => readDoorRefusal(error) ?? unreachable,
    );
    if (result.ok) setOptions(result.value);
    else setFailed(result);
  }, [organization]);

  useEffect(() => {
    void load();
  }, [load]);
  return { options, failed, load };
}
