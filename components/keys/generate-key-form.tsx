"use client";

import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { FailureAlert, fieldFault } from "@/components/forms/failure-alert";
import { PasswordField } from "@/components/forms/password-field";
import type { PasswordPrompt } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { DialogBody, DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioGroup, RadioOption } from "@/components/ui/radio-group";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { AccessLevel } from "@/lib/core/access-level";
import type { KeyType } from "@/lib/core/effective-permissions";
import type { Failure } from "@/lib/core/result";
import type { GenerateKeyInput } from "@/lib/schemas/key";
import type { KeyOptions } from "@/lib/services/keys/key-view";
import { type Expiration, neverExpires } from "./expiration";
import { ExpirationField } from "./expiration-field";
import { levelHints, namespaceWords } from "./key-words";
import { RolesField } from "./roles-field";

type GenerateKeyFormProps = {
  options: KeyOptions;
  pending: boolean;
  failed: Failure | null;
  prompt: PasswordPrompt | null;
  onSubmit: (input: GenerateKeyInput) => void;
};

export function GenerateKeyForm({ options, pending, failed, prompt, onSubmit }: GenerateKeyFormProps) {
  const typeLabel = useId();
  const form = useRef<HTMLFormElement>(null);
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [type, setType] = useState<KeyType>("secret");
  const [secretLevel, setSecretLevel] = useState<AccessLevel>(options.accessLevels.at(-1) ?? "MEMBER");
  const [namespaceId, setNamespaceId] = useState(options.namespaces[0]?.id ?? "");
  const [roles, setRoles] = useState<string[]>(["full_access"]);
  const [expiration, setExpiration] = useState<Expiration>(neverExpires);
  const [expirationMissing, setExpirationMissing] = useState(false);

  // A public key is no more than an identifier, whatever level was chosen before.
  const accessLevel = type === "public" ? "MEMBER" : secretLevel;
  const levels = type === "public" ? (["MEMBER"] as const) : options.accessLevels;
  const namespace = options.namespaces.find(({ id }) => id === namespaceId);

  // To the first field that is wrong.
  useEffect(() => {
    if (failed === null && !expirationMissing) return;
    form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [failed, expirationMissing]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setExpirationMissing(expiration.at === undefined);
    if (expiration.at === undefined || namespace === undefined) return;
    onSubmit({
      name,
      description,
      type,
      accessLevel,
      namespace: { type: namespace.type, id: namespace.id },
      roles,
      expiresAt: expiration.at,
    });
  };

  return (
    <form ref={form} onSubmit={submit} noValidate className="flex min-h-0 flex-1 flex-col">
      <DialogBody className="grid content-start gap-4">
        <Field label="Name" required error={fieldFault(failed, "name")}>
          <Input
            data-autofocus
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field label="Description" aside="Optional" error={fieldFault(failed, "description")}>
          <Textarea value={description} onChange={(event) => setDescription(event.target.value)} />
        </Field>
        <div className="grid gap-1.5">
          <span id={typeLabel} className="font-medium text-ink text-sm">
            Type
          </span>
          <RadioGroup
            aria-labelledby={typeLabel}
            className="grid gap-2 sm:grid-cols-2"
            value={type}
            onValueChange={(next) => setType(next === "public" ? "public" : "secret")}
          >
            <RadioOption
              value="secret"
              label="Secret"
              description="For servers. Shown once, kept as a hash."
            />
            <RadioOption value="public" label="Public" description="For browsers and apps. Only reads." />
          </RadioGroup>
        </div>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Field
            label="Access level"
            hint={type === "public" ? "A public key is always MEMBER." : levelHints[accessLevel]}
            error={fieldFault(failed, "accessLevel")}
          >
            <Select
              value={accessLevel}
              onValueChange={setSecretLevel}
              disabled={type === "public"}
              options={levels.map((level) => ({ value: level, label: level, text: level }))}
            />
          </Field>
          <Field
            label="Namespace"
            hint={`${namespaceWords[namespace?.type ?? "organization"]}. The key reaches only what is in it.`}
            error={fieldFault(failed, "namespace")}
          >
            <Combobox
              value={namespaceId}
              onValueChange={setNamespaceId}
              options={options.namespaces.map(({ id, name: text }) => ({ value: id, text }))}
              placeholder="Choose a namespace"
              searchLabel="Search namespaces"
            />
          </Field>
        </div>
        <RolesField
          roles={options.roles}
          type={type}
          selected={roles}
          onChange={setRoles}
          error={fieldFault(failed, "roles")}
        />
        <ExpirationField
          expiration={expiration}
          onChange={(next) => {
            setExpiration(next);
            setExpirationMissing(false);
          }}
          error={expirationMissing ? "Choose a date and a time" : fieldFault(failed, "expiresAt")}
        />
        <PasswordField prompt={prompt} />
        <FailureAlert failed={failed} />
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button disabled={pending}>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" pending={pending}>
          Generate
        </Button>
      </DialogFooter>
    </form>
  );
}
