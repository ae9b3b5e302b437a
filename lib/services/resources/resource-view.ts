import type { AccessLevel } from "@/lib/core/access-level";
import type { ResourceType } from "@/lib/core/resource";
import type { KeyRow } from "@/lib/services/keys/read/key-view";

/** One row of a table of applications, workspaces or user groups. */
export type ResourceRow = {
  readonly type: ResourceType;
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  /** The grant of who looks; null when they have none. */
  readonly level: AccessLevel | null;
  /** Who has a grant in it. */
  readonly people: number;
  /** Keys of it that work now; null for who may not see the organization's keys. */
  readonly liveKeys: number | null;
  /** Of an application, those that who looks may see; null of the others. */
  readonly workspaces: number | null;
  readonly userGroups: number | null;
  /** What who looks may do with it; `grant` is to say who has access. */
  readonly allowed: { readonly update: boolean; readonly delete: boolean; readonly grant: boolean };
};

export type ResourcePage = {
  readonly rows: readonly ResourceRow[];
  readonly total: number;
  /** May who looks create one here? */
  readonly creatable: boolean;
};

export type ResourceDetails = ResourceRow & {
  /** The application that it belongs to. */
  readonly application: { readonly id: string; readonly name: string } | null;
  /** What who looks may create in it. */
  readonly creatable: { readonly workspace: boolean; readonly usergroup: boolean };
};

/** A key that ends with its namespace. */
export type EndingKey = Pick<
  KeyRow,
  "id" | "name" | "accessLevel" | "namespace" | "lastUsedAt" | "createdBy"
>;

/** What a deletion would take with it. */
export type ResourceDeletion = {
  /** At most 100 of them, the latest used first. */
  readonly keys: readonly EndingKey[];
  readonly keyTotal: number;
  readonly workspaces: number;
  readonly userGroups: number;
  /** Who has a grant in it. */
  readonly people: number;
};
