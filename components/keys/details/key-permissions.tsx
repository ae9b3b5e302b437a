"use client";

import { Check, ChevronRight, Minus } from "lucide-react";
import { useId, useState } from "react";
import { shortCount } from "@/components/charts/round-ticks";
import { FilterInput } from "@/components/list/filter-input";
import { classNames } from "@/components/ui/class-names";
import { grouped } from "@/components/ui/grouped";
import { levelWord } from "@/lib/core/access/access-level";
import type { Hindrance, PermissionLine } from "@/lib/core/access/explain-permissions";
import type { KeyDetails } from "@/lib/services/keys/read/key-view";
import { PermissionFunnel } from "./permission-funnel";
import { permissionGroups } from "./permission-groups";

/** With more lines than this the groups start closed. */
const manyLines = 12;

/** What the key may do now, and why it lacks any permissions its roles list. */
export function KeyPermissions({ details }: { details: KeyDetails }) {
  const { explanation } = details;
  const [filter, setFilter] = useState("");
  const many = explanation.length > manyLines;
  const groups = permissionGroups(byUse(details), filter);
  return (
    <div className="grid gap-3">
      <PermissionFunnel details={details} />
      {many && (
        <FilterInput
          aria-label="Filter permissions"
          placeholder="Filter by permission or role"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      )}
      {groups.length > 0 && (
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
        </div>
      )}
      <p role="status" className="text-ink-muted empty:hidden">
        {explanation.length > 0 && groups.length === 0 ? "No permission matches." : null}
      </p>
    </div>
  );
}

type PermissionGroupProps = {
  resource: string;
  lines: readonly PermissionLine[];
  held: number;
  details: KeyDetails;
  /** The initial state; the person can open or close it. */
  open: boolean;
};

/** The permissions on one resource, in a collapsible group. */
function PermissionGroup({ resource, lines, held, details, open }: PermissionGroupProps) {
  const id = useId();
  const [chosen, setChosen] = useState<boolean | null>(null);
  const shown = chosen ?? open;
  return (
    <div>
      <button
        type="button"
        aria-expanded={shown}
        aria-controls={shown ? id : undefined}
        onClick={() => setChosen(!shown)}
        className="flex w-full items-center gap-2 px-3 py-2 text-left outline-offset-[-2px] hover:bg-subtle"
      >
        <ChevronRight
          aria-hidden
          className={classNames(
            "size-3.5 shrink-0 text-ink-faint transition-transform",
            shown && "rotate-90",
          )}
        />
        <span className="min-w-0 flex-1 font-medium text-ink [overflow-wrap:anywhere]">{resource}</span>
        <span className="text-ink-muted text-xs tabular-nums">
          {held} of {lines.length}
        </span>
      </button>
      {shown && (
        <ul id={id} aria-label={`Permissions on ${resource}`} className="divide-y border-t">
          {lines.map((line) => (
            <Line key={line.permission} line={line} details={details} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Line({ line, details }: { line: PermissionLine; details: KeyDetails }) {
  const { permission, roles, hindrance } = line;
  const Icon = hindrance === null ? Check : Minus;
  return (
    <li className="flex gap-2 px-3 py-2">
      <Icon
        aria-hidden
        className={classNames(
          "mt-0.5 size-3.5 shrink-0",
          hindrance === null ? "text-accent-ink" : "text-ink-faint",
        )}
      />
      <div className="grid min-w-0 flex-1 gap-0.5">
        <span
          className={classNames(
            "font-mono text-[0.8125rem] [overflow-wrap:anywhere]",
            hindrance === null ? "text-ink" : "text-ink-faint line-through",
          )}
        >
          {permission}
        </span>
        <span className="sr-only">
          {hindrance === null ? "The key has it." : "The key does not have it."}
        </span>
        {hindrance !== null && (
          <span className="text-ink text-xs [overflow-wrap:anywhere]">
            {hindranceText(hindrance, details)}
          </span>
        )}
        <span className="text-ink-muted text-xs [overflow-wrap:anywhere]">
          {hindrance === null ? "Granted by" : "Included in"} {roles.join(", ")}
        </span>
      </div>
      {hindrance === null && (
        <span className="shrink-0 text-ink-muted text-xs leading-5 tabular-nums">
          {demandText(line, details)}
        </span>
      )}
    </li>
  );
}

/** Permissions that the key holds come first, ordered by use. */
function byUse({ explanation, permissionUse }: KeyDetails): PermissionLine[] {
  const calls = new Map<string, number>(permissionUse.calls.map((use) => [use.permission, use.calls]));
  const rank = ({ permission, hindrance }: PermissionLine) =>
    hindrance === null ? (calls.get(permission) ?? 0) : -1;
  return [...explanation].sort((a, b) => rank(b) - rank(a));
}

/** How often calls demanded the permission; null if calls do not state what they need. */
function demandText({ permission }: PermissionLine, { permissionUse }: KeyDetails): string | null {
  const calls = permissionUse.calls.find((use) => use.permission === permission)?.calls ?? 0;
  if (calls === 0) return permissionUse.isPartial ? null : "Not used";
  return `${calls < 100_000 ? grouped(calls) : shortCount(calls)} ${calls === 1 ? "call" : "calls"} in 90 days`;
}

function hindranceText(hindrance: Hindrance, { createdBy, namespace }: KeyDetails): string {
  const level = "level" in hindrance && hindrance.level !== null ? levelWord(hindrance.level) : null;
  switch (hindrance.by) {
    case "key_type":
      return "Not for a public key, which reads only what is safe to publish";
    case "unknown_action":
      return "No access level holds it";
    case "access_level":
      if (hindrance.bySetting) return "Not for admins, by this organization's settings";
      return `Above the key's access level ${level}`;
    case "creator": {
      if (level === null) return `${createdBy.name} has no access to ${namespace.name} any more`;
      const role = `Limited by ${createdBy.name}'s ${level} role`;
      return hindrance.bySetting ? `${role}: not for admins, by this organization's settings` : role;
    }
  }
}
