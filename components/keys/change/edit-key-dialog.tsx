"use client";

import { useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { useClosingAction } from "@/components/forms/use-action";
import { useSeen } from "@/components/forms/use-seen";
import { useTyped } from "@/components/forms/use-typed";
import { type DialogProps, useDialogHost } from "@/components/list/dialog-host";
import { OwnersToAsk } from "@/components/members/owners-to-ask";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { updateKey } from "@/lib/actions/keys";
import { type Failure, failure } from "@/lib/core/result";
import type { KeyRow } from "@/lib/services/keys/read/key-view";
import { AdvancedFields, advancedFields, hasAdvanced } from "../attributes/advanced-fields";
import { attributesDraft, attributesFault, changedDraftAttributes } from "../attributes/key-attributes-draft";
import { KeyAttributesFields } from "../attributes/key-attributes-fields";
import { RolesField } from "../attributes/roles-field";
import { useKeyOptions } from "../attributes/use-key-options";
import { changedDraftLimits, limitsDraft } from "../limits/key-limits-draft";
import { KeyLimitsFields } from "../limits/key-limits-fields";
import { reasonAgainst } from "../reason-against";
import { RevokeKeyDialog } from "./destroy-key-dialog";
import { permissionsWith, sameRoles } from "./roles-of-key";
import { useWordsFor } from "./use-words-for";

/** Edits a key, and links to Revoke. Sends only the fields that changed. */
export function EditKeyDialog({ apiKey, ...dialog }: DialogProps & { apiKey: KeyRow }) {
  const { openDialog } = useDialogHost();
  const action = useClosingAction(updateKey, dialog.onClose, (): string => `“${name.trim()}” was saved`);
  const [initial] = useState(() => {
    const { version, name, description, subject, metadata, labels, allowedAddresses, rateLimit } = apiKey;
    const roles = apiKey.roles.map(({ id }) => id);
    return { version, name, description, roles, subject, metadata, labels, allowedAddresses, rateLimit };
  });
  const { options, failed: optionsFailed } = useKeyOptions();
  const { seen, changed } = useSeen(initial, action.failed);
  const { shown, type } = useTyped({
    name: seen.name,
    description: seen.description,
    roles: seen.roles as readonly string[],
    ...attributesDraft(seen),
    ...limitsDraft(seen),
  });
  const { name, description } = shown;
  /** A fault found before sending. */
  const [unfit, setUnfit] = useState<Failure | null>(null);
  const whyNotRevoke = reasonAgainst("revoke", apiKey);
  const told = useWordsFor(action, {
    changed: "This key was changed while you edited. Save again to keep your changes.",
  });
  const save = () => {
    const fault = attributesFault(shown);
    setUnfit(fault && failure("invalid_request", `${fault.message}.`, [fault]));
    if (fault !== null) return;
    void action.run({
      keyId: apiKey.id,
      version: seen.version,
      ...(name === seen.name ? {} : { name }),
      ...(description === seen.description ? {} : { description }),
      ...(sameRoles(shown.roles, seen.roles) ? {} : { roles: [...shown.roles] }),
      ...changedDraftAttributes(shown, seen),
      ...changedDraftLimits(shown, seen),
    });
  };
  /** The note for a field that somebody else changed while this dialog was open. */
  const note = (field: "name" | "description" | "subject" | "metadata") => {
    if (!changed.includes(field)) return false;
    const theirs = seen[field] ?? "";
    if (shown[field] === theirs) return "Somebody changed this in the meantime.";
    return theirs === ""
      ? "Somebody emptied this in the meantime."
      : `Somebody changed this to “${theirs}” in the meantime.`;
  };
  return (
    <FormDialog
      {...dialog}
      title="Edit key"
      onSubmit={save}
      action={{ ...told, failed: unfit ?? told.failed }}
      submit={{ name: "Save", variant: "primary" }}
      beside={
        <Button
          variant="danger"
          className="sm:mr-auto"
          resting={action.pending}
          disabledBecause={
            whyNotRevoke && (
              <>
                {whyNotRevoke} {whyNotRevoke.includes("only an owner") && <OwnersToAsk />}
              </>
            )
          }
          onClick={() => openDialog((props) => <RevokeKeyDialog apiKey={apiKey} {...props} />, dialog.opener)}
        >
          Revoke
        </Button>
      }
    >
      <Field label="Name" required hint={note("name")} name="name">
        <Input
          data-autofocus
          autoComplete="off"
          value={name}
          onChange={(event) => type({ name: event.target.value })}
        />
      </Field>
      <Field label="Description" aside="Optional" hint={note("description")} name="description">
        <Textarea
          rows={3}
          value={description}
          onChange={(event) => type({ description: event.target.value })}
        />
      </Field>
      {options === null ? (
        optionsFailed === null && <Skeleton className="h-32 rounded-md!" />
      ) : (
        <RolesField
          roles={options.roles}
          selected={shown.roles}
          onChange={(roles) => type({ roles })}
          isPublic={apiKey.type === "public"}
          level={apiKey.accessLevel}
          permissionsOf={(roles) => permissionsWith(roles, apiKey, options)}
          note={changed.includes("roles") && "Somebody changed these in the meantime."}
        />
      )}
      <AdvancedFields
        open={hasAdvanced(apiKey)}
        attention={advancedFields.some((field) => changed.includes(field))}
      >
        <KeyAttributesFields
          draft={shown}
          onChange={type}
          notes={{
            subject: note("subject"),
            metadata: note("metadata"),
            labels: changed.includes("labels") && "Somebody changed these in the meantime.",
          }}
        />
        <KeyLimitsFields draft={shown} onChange={type} />
      </AdvancedFields>
    </FormDialog>
  );
}
