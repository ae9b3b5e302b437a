"use client";

import { useId, useState } from "react";
import { CheckboxOption } from "@/components/ui/checkbox-option";
import { FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { KeyType } from "@/lib/core/effective-permissions";
import { matchesRole } from "@/lib/core/role";
import type { KeyOptions } from "@/lib/services/keys/key-view";

type RolesFieldProps = {
  roles: KeyOptions["roles"];
  type: KeyType;
  selected: readonly string[];
  onChange: (selected: string[]) => void;
  error: string | undefined;
};

/** More than are looked over at a glance. */
const manyRoles = 8;

/** Any number of roles, each by its id and title. [S5] */
export function RolesField({ roles, type, selected, onChange, error }: RolesFieldProps) {
  const id = useId();
  const [filter, setFilter] = useState("");
  const shown = roles.filter((role) => matchesRole(role, filter));
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
          // Enter would send the form around it.
          onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
        />
      )}
      <fieldset
        aria-labelledby={id}
        aria-describedby={`${id}-hint ${id}-error`}
        className="min-w-0 sm:max-h-48 divide-y overflow-y-auto rounded-md border border-line-input shadow-control"
      >
        {shown.map((role) => (
          <CheckboxOption
            key={role.id}
            description={role.description}
            checked={selected.includes(role.id)}
            onCheckedChange={(checked) => toggle(role.id, checked === true)}
          >
            <span className="font-mono text-[0.8125rem]">{role.id}</span> - {role.title}
          </CheckboxOption>
        ))}
        <p role="status" className="px-3 py-2 text-ink-muted text-sm empty:hidden">
          {shown.length === 0 ? "No role matches. What is selected stays selected." : null}
        </p>
      </fieldset>
      <p id={`${id}-hint`} className="text-ink-muted text-xs">
        {rolesHint(type, selected)}
      </p>
      <FieldError id={`${id}-error`} message={error} />
    </div>
  );
}

function rolesHint(type: KeyType, selected: readonly string[]): string {
  if (selected.length === 0) return "Without a role the key has no permissions.";
  if (type === "public") return "Of its roles a public key keeps what only reads and is safe to publish.";
  if (selected.includes("full_access")) {
    return "full_access gives all that the access level allows. Choose narrower roles to give less.";
  }
  return "The key may do what its roles name and its access level allows.";
}
