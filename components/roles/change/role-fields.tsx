"use client";

import type { ReactNode } from "react";
import { fieldFault } from "@/components/forms/failure-alert";
import { ChoiceOption } from "@/components/ui/choice/choice-option";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import type { Failure } from "@/lib/core/result";
import { PermissionsField } from "./permissions-field";
import type { RoleDraft } from "./role-draft";

type RoleFieldsProps = {
  draft: RoleDraft;
  onChange: (draft: RoleDraft) => void;
  failed: Failure | null;
  /** Focus the title when the dialog opens. */
  titleFirst: boolean;
  children: ReactNode;
};

/** The fields shared by creating and editing a role. */
export function RoleFields({ draft, onChange, failed, titleFirst, children }: RoleFieldsProps) {
  const change = (part: Partial<RoleDraft>) => onChange({ ...draft, ...part });
  return (
    <>
      {children}
      <Field label="Title" required error={fieldFault(failed, "title")}>
        <Input
          data-autofocus={titleFirst || undefined}
          autoComplete="off"
          value={draft.title}
          onChange={(event) => change({ title: event.target.value })}
        />
      </Field>
      <Field label="Description" aside="Optional" error={fieldFault(failed, "description")}>
        <Textarea
          rows={2}
          value={draft.description}
          onChange={(event) => change({ description: event.target.value })}
        />
      </Field>
      <PermissionsField draft={draft} onChange={change} error={fieldFault(failed, "permissions")} />
      <ChoiceOption
        type="checkbox"
        className="rounded-md border border-line-input shadow-control"
        description="Public keys may hold what this role reads of your own resources. They never hold more."
        checked={draft.publishable}
        onChange={(event) => change({ publishable: event.target.checked })}
        label="Publishable"
      />
    </>
  );
}
