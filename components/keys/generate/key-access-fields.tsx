"use client";

import { use, useId, useMemo, useState } from "react";
import { ChoiceOption } from "@/components/ui/choice/choice-option";
import { Combobox } from "@/components/ui/choice/combobox";
import { Select } from "@/components/ui/choice/select";
import { Field, FieldError } from "@/components/ui/field";
import { FormContext, faultOf } from "@/components/ui/field-context";
import { Input } from "@/components/ui/input";
import { accessLevels } from "@/lib/core/access/access-level";
import { matchesRole } from "@/lib/core/access/role";
import type { KeyOptions } from "@/lib/services/keys/read/key-view";
import { levelHints, namespaceGroupWords, namespaceWords } from "../key-words";
import { draftLevel, draftNamespace, draftPermissions, type KeyDraft } from "./key-draft";

type KeyAccessFieldsProps = {
  options: KeyOptions;
  draft: KeyDraft;
  onChange: (over: Partial<KeyDraft>) => void;
};

const highestFirst = [...accessLevels].reverse();

/** Namespace, access level and roles of the new key. Options that are unavailable say why. */
export function KeyAccessFields({ options, draft, onChange }: KeyAccessFieldsProps) {
  const namespace = draftNamespace(draft, options);
  const level = draftLevel(draft, options);
  const open = draft.type === "public";
  return (
    <>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field
          label="Namespace"
          hint={namespace && `${namespaceWords[namespace.type]}. The key reaches only what is in it.`}
          name="namespace"
        >
          <Combobox
            value={namespace?.id ?? draft.namespaceId}
            onValueChange={(namespaceId) => onChange({ namespaceId })}
            options={options.namespaces.map(({ id, name, type, level: own }) => ({
              value: id,
              text: name,
              secondary: `You are ${own}`,
              group: namespaceGroupWords[type],
            }))}
            placeholder="Choose a namespace"
            searchLabel="Search namespaces"
            more={notOffered(options)}
          />
        </Field>
        <Field
          label="Access level"
          hint={open ? "A public key is always MEMBER." : levelHints[level]}
          name="accessLevel"
        >
          <Select
            value={level}
            onValueChange={(accessLevel) => onChange({ accessLevel })}
            disabled={open}
            options={highestFirst.map((each) => ({
              value: each,
              label: each,
              text: each,
              disabledBecause: namespace?.levels.includes(each)
                ? undefined
                : namespace === undefined
                  ? "Choose a namespace first"
                  : `You are ${namespace.level} in ${namespace.name}`,
            }))}
          />
        </Field>
      </div>
      <RolesField options={options} draft={draft} onChange={(roles) => onChange({ roles })} />
    </>
  );
}

function notOffered({ withoutAccess, managesGrants }: KeyOptions): string | undefined {
  if (withoutAccess === 0) return undefined;
  const what = withoutAccess === 1 ? "1 more is not offered" : `${withoutAccess} more are not offered`;
  return `${what}: you have no access there. ${managesGrants ? "Give yourself a grant first." : "Ask an owner."}`;
}

type RolesFieldProps = {
  options: KeyOptions;
  draft: KeyDraft;
  onChange: (selected: string[]) => void;
};

/** Longer lists get a search box. */
const manyRoles = 8;
/** Limits how many roles are rendered at once. */
const shownAtOnce = 100;

/** A list of roles by id and title to choose from. Roles that would grant this key nothing say so. */
function RolesField({ options, draft, onChange }: RolesFieldProps) {
  const id = useId();
  const error = faultOf(use(FormContext).faults, "roles");
  const [filter, setFilter] = useState("");
  const { roles } = options;
  const selected = draft.roles;
  const found = roles.filter((role) => matchesRole(role, filter));
  const shown = found.slice(0, shownAtOnce);
  const idle = useMemo(
    () => new Set(roles.filter((role) => draftPermissions(draft, options, [role]).length === 0)),
    [roles, draft, options],
  );
  const nothing =
    draft.type === "public"
      ? "Has no effect on a public key."
      : `Has no effect at ${draftLevel(draft, options)}.`;
  const toggle = (roleId: string, on: boolean) =>
    onChange(on ? [...selected, roleId] : selected.filter((other) => other !== roleId));
  return (
    <div className="grid gap-1.5">
      <div className="flex items-baseline justify-between gap-2">
        <span id={id} className="font-medium text-ink text-sm">
          Roles
        </span>
        <span className="text-ink-faint text-xs">{selected.length} selected</span>
      </div>
      {roles.length > manyRoles && (
        <Input
          type="search"
          aria-label="Filter roles"
          placeholder="Filter by ID, title or permission"
          autoComplete="off"
          spellCheck={false}
          className="[&::-webkit-search-cancel-button]:hidden"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          // Enter would submit the surrounding form.
          onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
        />
      )}
      <fieldset
        aria-labelledby={id}
        aria-describedby={`${id}-hint ${id}-error`}
        className="min-w-0 sm:max-h-48 divide-y overflow-y-auto rounded-md border border-line-input shadow-control"
      >
        {shown.map((role) => (
          <ChoiceOption
            key={role.id}
            type="checkbox"
            description={idle.has(role) ? `${role.description} ${nothing}`.trim() : role.description}
            checked={selected.includes(role.id)}
            onChange={(event) => toggle(role.id, event.target.checked)}
            label={
              <>
                <span className="font-mono text-[0.8125rem]">{role.id}</span> - {role.title}
              </>
            }
          />
        ))}
        <p role="status" className="px-3 py-2 text-ink-muted text-sm empty:hidden">
          {found.length === 0
            ? "No roles match. Your selection is kept."
            : found.length > shown.length
              ? `${found.length - shown.length} more: filter to find them.`
              : null}
        </p>
      </fieldset>
      <p id={`${id}-hint`} className="text-ink-muted text-xs">
        {rolesHint(draft, options)}
      </p>
      <FieldError id={`${id}-error`} message={error} />
    </div>
  );
}

function rolesHint(draft: KeyDraft, options: KeyOptions): string {
  if (draft.roles.length === 0) return "Without a role the key has no permissions.";
  const chosen = options.roles.filter((role) => draft.roles.includes(role.id));
  const count = draftPermissions(draft, options, chosen).length;
  if (count === 0) return "With these roles the key has no permissions.";
  const permissions = count === 1 ? "1 permission" : `${count} permissions`;
  if (draft.type === "public") {
    return `${permissions}: a public key keeps only read permissions that are safe to publish.`;
  }
  if (draft.roles.includes("full_access")) {
    return `${permissions}: everything the access level allows. Choose narrower roles to give less.`;
  }
  return `${permissions}: what its roles name and its access level allows.`;
}
