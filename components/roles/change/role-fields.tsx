"use client";

import type { ReactNode } from "react";
import { useId } from "react";
import { ChoiceOption } from "@/components/ui/choice/choice-option";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { type BuiltInPermission, builtInPermissions } from "@/lib/core/access/permission";
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
      <BuiltInPermissions draft={draft} onChange={onChange} />
    </>
  );
}

/** The built-in permissions by resource. The list does not scroll on its own, because the dialog does. */
function BuiltInPermissions({ draft, onChange }: PermissionsFieldProps) {
  const id = useId();
  const { builtIn } = draft;
  const toggle = (permission: BuiltInPermission, on: boolean) =>
    onChange({
      builtIn: builtInPermissions.filter((other) => (other === permission ? on : builtIn.includes(other))),
    });
  return (
    <div className="grid gap-1.5">
      <div className="flex items-baseline justify-between gap-2">
        <span id={id} className="font-medium text-ink text-sm">
          Built-in permissions
        </span>
        <span className="text-ink-muted text-xs tabular-nums">
          {builtIn.length} of {builtInPermissions.length} selected
        </span>
      </div>
      <fieldset aria-labelledby={id} className="grid min-w-0 divide-y rounded-md border border-line-input">
        {groups.map(({ resource, permissions }) => (
          <fieldset key={resource} className="grid gap-1 px-1 py-2">
            <legend className="float-left flex w-full justify-between px-2 text-xs">
              <span className="font-medium text-ink-muted">{resourceTitles[resource] ?? resource}</span>
              <span aria-hidden className="text-ink-faint tabular-nums">
                {permissions.filter((each) => builtIn.includes(each)).length} of {permissions.length}
              </span>
            </legend>
            <div className="clear-both grid sm:grid-cols-2">
              {permissions.map((permission) => (
                <ChoiceOption
                  key={permission}
                  type="checkbox"
                  className="rounded px-2! py-1.5!"
                  checked={builtIn.includes(permission)}
                  onChange={({ target }) => toggle(permission, target.checked)}
                  label={<span className="font-mono text-[0.8125rem]">{permission}</span>}
                />
              ))}
            </div>
          </fieldset>
        ))}
      </fieldset>
    </div>
  );
}

const resourceTitles: Readonly<Record<string, string>> = {
  organizations: "Organization",
  applications: "Applications",
  workspaces: "Workspaces",
  usergroups: "User groups",
  users: "Members",
  tokens: "Access tokens",
  keys: "API keys",
  audit: "Audit log",
  roles: "Roles",
  webhooks: "Webhooks",
};

/** Groups in the order of the permissions, which keeps related resources together. */
const groups = [...new Set(builtInPermissions.map(resourceOf))].map((resource) => ({
  resource,
  permissions: builtInPermissions.filter((permission) => resourceOf(permission) === resource),
}));

function resourceOf(permission: BuiltInPermission): string {
  return permission.split(":")[0] ?? "";
}
