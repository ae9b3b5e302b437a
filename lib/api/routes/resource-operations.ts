import { z } from "zod";
import { permissionWords } from "@/lib/core/access/namespace";
import type { ResourceType } from "@/lib/core/access/resource";
import { success } from "@/lib/core/result";
import { cursorQuery, limitQuery } from "@/lib/schemas/list-query";
import { resourceName } from "@/lib/schemas/resource";
import type { OrganizationId } from "@/lib/services/access/context";
import { createResource } from "@/lib/services/resources/create-resource";
import { deleteResource } from "@/lib/services/resources/delete-resource";
import { listResourcesOfKey } from "@/lib/services/resources/list-resources-of-key";
import { readResourceOfKey } from "@/lib/services/resources/read-resource-of-key";
import { renameResource } from "@/lib/services/resources/rename-resource";
import type { FoundResource } from "@/lib/services/resources/resource-table";
import type { Tag } from "../describe/tags";
import { inApiWords } from "../operate/answer-in-api-terms";
import type { Operation } from "../operate/operation";
import { noContent, operation } from "../operate/operation";
import { nextCursor, page } from "../shapes/list-json";

/** The names and texts of the operations on one kind of resource. */
export type ResourceKind = {
  readonly type: ResourceType;
  readonly path: "/v1/apps" | "/v1/workspaces" | "/v1/usergroups";
  readonly tag: Tag;
  /** For the operation ids, as in `listWorkspaces` and `readWorkspace`. */
  readonly names: { readonly one: string; readonly many: string };
  /** For sentences. */
  readonly words: { readonly one: string; readonly many: string };
  /** Which of them a key sees, depending on its namespace. */
  readonly seen: string;
  /** Where a key creates them. */
  readonly created: string;
  /** What a deletion ends along with it. */
  readonly deleted: string;
  readonly example: { readonly name: string; readonly application_id: string | null };
};

const id = z.uuid().toLowerCase();
const ids = z.strictObject({ id });
const byName = resourceName.optional().meta({ description: "Only the ones of exactly this name." });
const inApplication = id.optional().meta({ description: "Only the ones in this application." });

/** The five operations on applications, workspaces or user groups. */
export function resourceOperations(kind: ResourceKind): readonly Operation[] {
  const { type, path, tag, names, words, example } = kind;
  const isInApplication = type !== "application";
  const applicationId = type === "workspace" ? z.uuid() : z.uuid().nullable();
  const json = z
    .strictObject({
      id: z.uuid(),
      name: z.string(),
      organization_id: z.uuid(),
      ...(isInApplication ? { application_id: applicationId } : {}),
      created_at: z.iso.datetime(),
    })
    .meta({ id: names.one });
  const one = {
    id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d12",
    name: example.name,
    organization_id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d11",
    ...(isInApplication ? { application_id: example.application_id } : {}),
    created_at: "2026-11-21T09:30:00.000Z",
  } as z.input<typeof json>;
  const toJson = (organizationId: OrganizationId, found: FoundResource) =>
    ({
      id: found.id,
      name: found.name,
      organization_id: organizationId,
      ...(isInApplication ? { application_id: found.applicationId } : {}),
      created_at: found.createdAt.toISOString(),
    }) as z.input<typeof json>;
  const permission = (verb: string) => `${permissionWords[type]}:${verb}`;
  const whose = `${kind.seen} What it does not see is 404.`;

  const list = operation({
    method: "get",
    path,
    operationId: `list${names.many}`,
    summary: `List ${words.many}`,
    description: `${kind.seen} Where nothing is due the list is empty. Oldest first.`,
    tag,
    reach: "any-origin",
    permission: permission("read"),
    query: z.strictObject({
      limit: limitQuery,
      cursor: cursorQuery("uuid"),
      name: byName,
      ...(isInApplication ? { application_id: inApplication } : {}),
    }),
    answer: {
      status: 200,
      description: `A page of the ${words.many} that the key sees.`,
      schema: page(json),
      example: { data: [one], next_cursor: null },
    },
    errors: [],
    handle: async ({ context, query }) => {
      const { limit, cursor: after = null, name } = query;
      const within = applicationOf(query);
      const asked = { type, limit, after, name, ...(within ? { applicationId: within } : {}) };
      const found = await listResourcesOfKey(context, asked);
      if (!found.ok) return found;
      const { rows, next } = found.value;
      const data = rows.map((row) => toJson(context.organization.id, row));
      return success({ data, next_cursor: nextCursor(next) });
    },
  });

  const create = operation({
    method: "post",
    path,
    operationId: `create${names.one}`,
    summary: `Create ${aOrAn(words.one)}`,
    description: `${kind.created} Whoever created the key becomes OWNER there.`,
    tag,
    reach: "same-origin",
    permission: permission("create"),
    body: z.strictObject({
      name: resourceName,
      ...(isInApplication
        ? {
            application_id: (type === "workspace" ? id : id.nullable()).optional().meta({
              description:
                "Where it is to be. By default the key's own application, if that is its namespace.",
            }),
          }
        : {}),
    }),
    example: { name: example.name, ...(isInApplication ? { application_id: example.application_id } : {}) },
    answer: {
      status: 201,
      description: `The new ${words.one}.`,
      schema: json,
      example: one,
    },
    errors: ["not_found", "conflict"],
    handle: async ({ context, body, facts }) => {
      const { namespace } = context.actor;
      const own = isInApplication && namespace.type === "application" ? namespace.id : null;
      const asked = applicationOf(body);
      const where = asked === undefined ? own : asked;
      const made = await createResource(context, { type, name: body.name, applicationId: where });
      if (!made.ok) return inApiWords(made);
      const { id } = made.value;
      const found = { type, id, name: body.name, applicationId: where, createdAt: facts.at };
      return success(toJson(context.organization.id, found));
    },
  });

  const read = operation({
    method: "get",
    path: `${path}/{id}`,
    operationId: `read${names.one}`,
    summary: `Read ${aOrAn(words.one)}`,
    description: whose,
    tag,
    reach: "any-origin",
    permission: permission("read"),
    params: ids,
    answer: { status: 200, description: `The ${words.one}.`, schema: json, example: one },
    errors: [],
    handle: async ({ context, params }) => {
      const found = inApiWords(await readResourceOfKey(context, { type, id: params.id }));
      return found.ok ? success(toJson(context.organization.id, found.value)) : found;
    },
  });

  const update = operation({
    method: "patch",
    path: `${path}/{id}`,
    operationId: `update${names.one}`,
    summary: `Rename ${aOrAn(words.one)}`,
    description: `In the key's namespace alone, and only what the key's creator may rename too. ${whose}`,
    tag,
    reach: "same-origin",
    permission: permission("update"),
    params: ids,
    body: z.strictObject({ name: resourceName }),
    example: { name: example.name },
    answer: { status: 200, description: `The ${words.one} with its new name.`, schema: json, example: one },
    errors: ["conflict"],
    handle: async ({ context, params, body }) => {
      const resource = { type, id: params.id };
      const renamed = inApiWords(await renameResource(context, { resource, name: body.name }));
      return renamed.ok ? success(toJson(context.organization.id, renamed.value)) : renamed;
    },
  });

  const remove = operation({
    method: "delete",
    path: `${path}/{id}`,
    operationId: `delete${names.one}`,
    summary: `Delete ${aOrAn(words.one)}`,
    description: `${kind.deleted} It cannot be undone. In the key's namespace alone, and only what the key's creator may delete too. ${whose}`,
    tag,
    reach: "same-origin",
    permission: permission("delete"),
    params: ids,
    answer: noContent("It is deleted."),
    errors: [],
    handle: async ({ context, params }) =>
      inApiWords(await deleteResource(context, { resource: { type, id: params.id }, keyTotal: null })),
  });

  return [list, create, read, update, remove];
}

/** Undefined if none was named, as always for applications. */
function applicationOf(asked: { readonly application_id?: unknown }): string | null | undefined {
  const { application_id: applicationId } = asked;
  return typeof applicationId === "string" || applicationId === null ? applicationId : undefined;
}

function aOrAn(word: string): string {
  return `${/^a/.test(word) ? "an" : "a"} ${word}`;
}
