import type { AccessLevel } from "@/lib/core/access/access-level";
import { mayManageKey, maySeeOwnKeys } from "@/lib/core/access/manage-keys";
import { namespacePath } from "@/lib/core/access/namespace";
import type { Role } from "@/lib/core/access/role";
import { builtInRole } from "@/lib/core/access/role";
import { maximumFor } from "@/lib/core/keys/effective-end";
import { hasEnded, keyStatus, liveGraceEnd } from "@/lib/core/keys/key-status";
import type { Prisma } from "@/lib/db/generated/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";
import type { MemberContext } from "@/lib/services/access/context";
import { keyManager } from "@/lib/services/access/key-manager";
import { personSelect } from "@/lib/services/users/person-select";
import { attributesOfKey } from "../key-attributes";
import { limitsOfKey } from "../key-limits";
import type { KeyRow, NamespaceView } from "./key-view";
import { keyColumns } from "./key-view";

const inApplication = {
  select: { id: true, name: true, application: { select: { name: true } } },
} as const;

/** The relations that a row of a key needs. */
export const keyRowInclude = {
  creator: { select: personSelect },
  application: { select: { id: true, name: true } },
  workspace: inApplication,
  userGroup: inApplication,
  pausedBy: { select: personSelect },
  revokedBy: { select: personSelect },
  createdByKey: { select: { id: true, name: true } },
  roles: { include: { role: true }, orderBy: { id: "asc" } },
  // The secret that may still be in its grace period, which ends last. A newer one that was replaced unused may have
  // ended before.
  secrets: {
    where: { endsAt: { not: null } },
    orderBy: { endsAt: "desc" },
    take: 1,
    select: { endsAt: true },
  },
} as const satisfies Prisma.ApiKeyInclude;

type Payload = Prisma.ApiKeyGetPayload<{ include: typeof keyRowInclude }>;

type HeldRole = {
  readonly builtInRoleId: string | null;
  readonly role: (Omit<Role, "id"> & { readonly roleId: string }) | null;
};

/** The relations of `keyRowInclude`, with roles as `Role` needs them. */
export type KeyRelations = Omit<Pick<Payload, keyof typeof keyRowInclude>, "roles"> & {
  readonly roles: readonly HeldRole[];
};

export type KeyRowRecord = ApiKeyModel & KeyRelations;

/** @param ownLevel for the viewer's own key, their level in its namespace */
export function toKeyRow(
  key: KeyRowRecord,
  context: MemberContext,
  ownLevel: AccessLevel | null = null,
): KeyRow {
  const maximumLifetimeDays = maximumFor(context.organization, key.id);
  const shown = statusOf({ ...key, maximumLifetimeDays }, key.secrets[0]?.endsAt ?? null, context.origin.at);
  const may = (verb: "update" | "roll" | "revoke" | "delete") =>
    mayManageKey(keyManager(context), verb, key, ownLevel);
  return {
    ...pick(key, keyColumns),
    ...limitsOfKey(key),
    ...attributesOfKey(key),
    ...shown,
    maximumLifetimeDays,
    imported: hasImportedToken(key),
    roles: keyRoles(key).map(({ id, title }) => ({ id, title })),
    namespace: namespaceOf(key, context.organization),
    createdBy: key.creator,
    createdByKey: key.createdByKey,
    pausedBy: key.pausedBy,
    revokedBy: key.revokedBy,
    allowed: {
      update: may("update") && key.revokedAt === null,
      roll: may("roll") && !hasEnded(shown.status),
      duplicate: maySeeOwnKeys(keyManager(context)),
      pause: may("revoke") && !hasEnded(shown.status) && key.pausedAt === null,
      resume: may("update") && shown.status === "paused",
      revoke: may("revoke") && key.revokedAt === null,
      delete: may("delete"),
    },
    creatorManages: key.creatorId !== context.actor.userId && mayCreatorManage(key, context),
  };
}

/** Whether the creator may manage the key without being an owner. */
function mayCreatorManage({ accessLevel, namespaceType }: ApiKeyModel, { organization }: MemberContext) {
  return (
    organization.keyCreators !== "OWNER" && !(accessLevel === "OWNER" && namespaceType === "organization")
  );
}

/** Whether the current token comes from another system. Rolling replaces it with a Latchkey token. */
export function hasImportedToken(key: Pick<KeyRowRecord, "imported" | "secretVersion">): boolean {
  return key.imported && key.secretVersion === 1;
}

/** The key's status, and the end of its previous secret during a grace period. */
export function statusOf(key: Parameters<typeof keyStatus>[0], previousEndsAt: Date | null, now: Date) {
  const status = keyStatus(key, previousEndsAt, now);
  return { status, graceEndsAt: liveGraceEnd(status, previousEndsAt, now) };
}

/** Copies only the named columns, because a row goes to the browser. */
function pick<Row extends object, Name extends keyof Row>(row: Row, names: readonly Name[]) {
  return Object.fromEntries(names.map((name) => [name, row[name]])) as Pick<Row, Name>;
}

/** The roles of a key, built-in or the organization's own. */
export function keyRoles(key: Pick<KeyRowRecord, "roles">): Role[] {
  return key.roles.flatMap(({ builtInRoleId, role }) => {
    const found = role === null ? builtInRole(builtInRoleId ?? "") : { ...role, id: role.roleId };
    return found === undefined ? [] : [found];
  });
}

/** @param organization has no name when a key is the viewer, since keys see namespaces only by id */
export function namespaceOf(
  key: Pick<KeyRowRecord, "namespaceType" | "application" | "workspace" | "userGroup">,
  organization: { readonly id: string; readonly name?: string },
): NamespaceView {
  const within = key.workspace ?? key.userGroup;
  const place = within ?? key.application ?? organization;
  const name = namespacePath(place.name ?? "", within?.application?.name ?? null);
  return { type: key.namespaceType, id: place.id, name };
}
