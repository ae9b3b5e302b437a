import type { AccessLevel } from "@/lib/core/access/access-level";
import type { ResourceType } from "@/lib/core/access/resource";
import type { UseOfKeys, WithUse } from "@/lib/services/keys/impact/keys-impact";
import type { KeyRow, PersonView } from "@/lib/services/keys/read/key-view";

/** One row of a table of applications, workspaces or user groups. */
export type ResourceRow = {
  readonly type: ResourceType;
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  /** The level of the viewer's grant; null if they have none. */
  readonly level: AccessLevel | null;
  /** How many people have a grant in it. */
  readonly people: number;
  /** How many of its keys work now; null if the viewer may not see the organization's keys. */
  readonly liveKeys: number | null;
  /** For an application, how many of each the viewer may see; null for other types. */
  readonly workspaces: number | null;
  readonly userGroups: number | null;
  /** What the viewer may do with it; `grant` means managing who has access. */
  readonly allowed: { readonly update: boolean; readonly delete: boolean; readonly grant: boolean };
};

export type ResourcePage = {
  readonly rows: readonly ResourceRow[];
  readonly total: number;
  /** Whether the viewer may create one here. */
  readonly creatable: boolean;
};

export type ResourceDetails = ResourceRow & {
  /** The application it belongs to; null if none. */
  readonly application: { readonly id: string; readonly name: string } | null;
  /** What the viewer may create in it. */
  readonly creatable: { readonly workspace: boolean; readonly usergroup: boolean };
};

/** A key that ends with its namespace. */
export type EndingKey = Pick<KeyRow, "id" | "name" | "accessLevel" | "namespace" | "lastUsedAt"> & {
  readonly createdBy: PersonView;
};

/** What a deletion would remove or end. */
export type ResourceDeletion = Pick<UseOfKeys, "counts" | "hours"> & {
  /** One page of the keys, the most used first. */
  readonly keys: readonly WithUse<EndingKey>[];
  readonly keyTotal: number;
  readonly workspaces: number;
  readonly userGroups: number;
  /** How many people have a grant in it. */
  readonly people: number;
};
