import type { NamespaceType } from "./namespace";

/** The parts of an organization; each is also a namespace. A workspace belongs to an application. */
export const resourceTypes = ["application", "workspace", "usergroup"] as const satisfies NamespaceType[];
export type ResourceType = (typeof resourceTypes)[number];

/** `id` is a UUID. */
export type Resource = { readonly type: ResourceType; readonly id: string };
