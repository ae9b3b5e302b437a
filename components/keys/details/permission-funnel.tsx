import type { ReactNode } from "react";
import { levelWord } from "@/lib/core/access/access-level";
import type { KeyDetails } from "@/lib/services/keys/read/key-view";
import { typeWords } from "../key-words";

/** Counts the permissions that the roles name, those the key's level allows, and those the creator's level allows. */
export function PermissionFunnel({ details }: { details: KeyDetails }) {
  const { explanation, permissions, roles, accessLevel, type, createdBy, creatorLevel, namespace } = details;
  const [role, ...others] = roles;
  // The creator's level is checked last: what it blocks has passed the key's own level.
  const atLevel = explanation.filter(({ hindrance }) => hindrance === null || hindrance.by === "creator");
  return (
    <ol
      aria-label="Why these permissions"
      className="grid divide-line rounded-md border max-sm:divide-y sm:grid-cols-3 sm:divide-x"
    >
      <Step count={explanation.length} of={roles.length === 1 ? "in its role" : "in its roles"}>
        {role === undefined ? (
          "None"
        ) : (
          <>
            <span className="font-mono">{role.id}</span>
            {others.length > 0 && ` and ${others.length} more`}
          </>
        )}
      </Step>
      <Step count={atLevel.length} of={type === "public" ? "left for a public key" : "at its level"}>
        {type === "public" ? typeWords.public : levelWord(accessLevel)}
      </Step>
      <Step count={permissions.length} of="held by its creator">
        <bdi>{createdBy.name}</bdi>,{" "}
        {creatorLevel === null
          ? `without access to ${namespace.name}`
          : `${levelWord(creatorLevel)} in ${namespace.name}`}
      </Step>
    </ol>
  );
}

function Step({ count, of, children }: { count: number; of: string; children: ReactNode }) {
  return (
    <li className="flex min-w-0 items-center gap-3 px-3.5 py-2.5 text-ink-muted text-xs">
      <b className="min-w-6 font-semibold text-ink text-lg tabular-nums leading-6">{count}</b>
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {of}
        <span className="line-clamp-3">{children}</span>
      </span>
    </li>
  );
}
