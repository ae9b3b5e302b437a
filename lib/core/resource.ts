import type { NamespaceType } from "./namespace";

/** What an organization consists of; each is a namespace too. A workspace belongs to an application. */
export const resourceTypes = ["application", "workspace", "usergroup"] as const satisfies NamespaceType[];
export type ResourceType = (typeof resourceTypes)[number];

/** `id` is a UUID. */
export type Resource = { readonly type: ResourceType; readonly id: string };
