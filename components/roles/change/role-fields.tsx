"use client";

import type { ReactNode } from "react";
import { useId } from "react";
import { ChoiceOption } from "@/components/ui/choice/choice-option";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { builtInPermissions } from "@/lib/core/access/permission";
import type { RoleDraft } from "./role-draft";

type RoleFieldsProps = {
  draft: RoleDraft;
  onChange: (draft: RoleDraft) => void;
  /** Focus the title when the dialog opens. */
  titleFirst: boolean;
  children: ReactNode;
};

/** The fields shared by creating and editing a role. */
export function RoleFields({ draft, onChange, titleFirst, children }: RoleFieldsProps) {
  const change = (part: Partial<RoleDraft>) => onChange({ ...draft, ...part });
  return (
    <>
      {children}
      <Field label="Title" required name="title">
        <Input
          data-autofocus={titleFirst || undefined}
          autoComplete="off"
          value={draft.title}
          onChange={(event) => change({ title: event.target.value })}
        />
      </Field>
      <Field label="Description" aside="Optional" name="description">
        <Textarea
          rows={2}
          value={draft.description}
          onChange={(event) => change({ description: event.target.value })}
        />
      </Field>
      <PermissionsField draft={draft} onChange={change} />
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

type PermissionsFieldProps = {
  draft: RoleDraft;
  onChange: (change: Partial<RoleDraft>) => void;
};

/** A text field for the organization's own permissions, and checkboxes for the built-in ones. */
function PermissionsField({ draft, onChange }: PermissionsFieldProps) {
  const id = useId();
  return (
    <>
      <Field
        label="Own permissions"
        hint="One per line, as resource:action. Your services decide what they mean."
        name="permissions"
      >
        <Textarea
          rows={3}
          className="font-mono"
          placeholder="intelligence:read"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={draft.ownText}
          onChange={(event) => onChange({ ownText: event.target.value })}
        />
      </Field>
      <div className="grid gap-1.5">
        <div className="flex items-baseline justify-between gap-2">
          <span id={id} className="font-medium text-ink text-sm">
            Built-in permissions
          </span>
          <span className="text-ink-faint text-xs">{draft.builtIn.length} selected</span>
        </div>
        <fieldset
          aria-labelledby={id}
          className="max-h-44 min-w-0 overflow-y-auto rounded-md border border-line-input shadow-control sm:grid sm:grid-cols-2"
        >
          {builtInPermissions.map((permission) => (
            <ChoiceOption
              key={permission}
              type="checkbox"
              checked={draft.builtIn.includes(permission)}
              onChange={({ target }) =>
                onChange({
                  builtIn: builtInPermissions.filter((other) =>
                    other === permission ? target.checked : draft.builtIn.includes(other),
                  ),
                })
              }
              label={<span className="font-mono text-[0.8125rem]">{permission}</span>}
            />
          ))}
        </fieldset>
      </div>
    </>
  );
}
