"use client";

import { useState } from "react";
import { Input } from "@/components/ui/input";
import type { KeyDetails } from "@/lib/services/keys/read/key-view";
import { PermissionGroup } from "./permission-group";
import { permissionGroups } from "./permission-groups";

/** More than this are hard to scan, so groups start closed. */
const manyLines = 12;

/** What the key may do now, and why it lacks any permissions its roles list. */
export function KeyPermissions({ details }: { details: KeyDetails }) {
  const { explanation, permissions, creatorLevel, createdBy, namespace } = details;
  const [filter, setFilter] = useState("");
  const many = explanation.length > manyLines;
  const groups = permissionGroups(explanation, filter);
  return (
    <div className="grid gap-3">
      <p className="text-ink-muted">
        {summary(permissions.length, explanation.length)}{" "}
        {creatorLevel === null
          ? `${createdBy.name} has no access to ${namespace.name} any more.`
          : `${createdBy.name} is ${creatorLevel} in ${namespace.name} now.`}
      </p>
      {many && (
        <Input
          type="search"
          aria-label="Filter permissions"
          placeholder="Filter by permission or role"
          autoComplete="off"
          spellCheck={false}
          className="[&::-webkit-search-cancel-button]:hidden"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      )}
      {explanation.length > 0 && (
        <div className="divide-y overflow-hidden rounded-md border">
          {groups.map(({ resource, lines, held }) => (
            <PermissionGroup
              key={resource}
              resource={resource}
              lines={lines}
              held={held}
              details={details}
              // A search opens the groups that match.
              open={!many || filter.trim() !== ""}
            />
          ))}
          <p role="status" className="px-3 py-2 text-ink-muted empty:hidden">
            {groups.length === 0 ? "No permission matches." : null}
          </p>
        </div>
      )}
    </div>
  );
}

function summary(held: number, named: number): string {
  if (named === 0) return "None: the key has no role that names a permission.";
  if (held === named) return `All ${named} that its roles name.`;
  return `${held} of the ${named} that its roles name.`;
}
