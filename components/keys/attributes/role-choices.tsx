"use client";

import { useState } from "react";
import { FilterInput } from "@/components/list/filter-input";
import { ChoiceOption } from "@/components/ui/choice/choice-option";
import { matchesRole } from "@/lib/core/access/role";
import { type RoleSelection, whyIdle } from "./roles-text";

export type RoleChoicesProps = RoleSelection & { onToggle: (roleId: string, on: boolean) => void };

/** Longer lists get a search box. */
const manyRoles = 8;
/** Limits how many roles are rendered at once. */
const shownAtOnce = 100;

/** A list of roles to choose from, by id and title. It marks roles that would grant this key nothing. */
export function RoleChoices({ onToggle, ...selection }: RoleChoicesProps) {
  const { roles, selected } = selection;
  const [filter, setFilter] = useState("");
  const found = roles.filter((role) => matchesRole(role, filter));
  const shown = found.slice(0, shownAtOnce);
  return (
    <>
      {roles.length > manyRoles && (
        <div className="border-b p-2">
          <FilterInput
            aria-label="Filter roles"
            placeholder="Filter by ID, title or permission"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
            // Enter would submit the surrounding form.
            onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
          />
        </div>
      )}
      <div className="min-h-0 flex-1 divide-y overflow-y-auto overscroll-contain">
        {shown.map((role) => (
          <ChoiceOption
            key={role.id}
            type="checkbox"
            description={[role.description, whyIdle(role, selection)].filter(Boolean).join(" ")}
            checked={selected.includes(role.id)}
            onChange={(event) => onToggle(role.id, event.target.checked)}
            label={
              <>
                <span className="font-mono text-[0.8125rem]">{role.id}</span> - {role.title}
              </>
            }
          />
        ))}
      </div>
      <p role="status" className="border-t px-3 py-2 text-ink-muted text-xs empty:hidden">
        {found.length === 0
          ? "No roles match. Your selection is kept."
          : found.length > shown.length
            ? `${found.length - shown.length} more: filter to find them.`
            : null}
      </p>
    </>
  );
}
