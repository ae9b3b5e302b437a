import { z } from "zod";
import { permissionWords } from "@/lib/core/access/namespace";
import { mapResult } from "@/lib/core/result";
import { cursorQuery, limitQuery } from "@/lib/schemas/list-query";
import { resourceName } from "@/lib/schemas/resource";
import type { KeyContext } from "@/lib/services/access/key-context";
import { createResource } from "@/lib/services/resources/create-resource";
import { deleteResource } from "@/lib/services/resources/delete-resource";
import { listResourcesOfKey } from "@/lib/services/resources/list-resources-of-key";
import { readResourceOfKey } from "@/lib/services/resources/read-resource-of-key";
import { renameResource } from "@/lib/services/resources/rename-resource";
import type { FoundResource } from "@/lib/services/resources/resource-table";
import type { Operation } from "../operate/operation";
import { noContent, operation } from "../operate/operation";
import { pageAnswer, writePage } from "../shapes/list-json";
import { writeJson } from "../shapes/write-json";
import type { ResourceKind } from "./resource-kinds";
import { resourceKinds } from "./resource-kinds";

const id = z.uuid().toLowerCase();
const params = z.strictObject({ id });
const byName = resourceName.optional().meta({ description: "Only those with exactly this name." });
const inApplication = id.optional().meta({ description: "Only those in this application." });

/** The five operations on each type of resource. */
export const resourceOperations = resourceKinds.flatMap(operationsOf);

function operationsOf(kind: ResourceKind): readonly Operation[] {
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
  const toJsonIn =
    ({ organization }: KeyContext) =>
    (found: FoundResource) =>
      writeJson(json, { ...found, organizationId: organization.id });
  const permission = (verb: string) => `${permissionWords[type]}:${verb}`;
  const whose = `${kind.seen} Any other is 404.`;

  return [
    operation({
      method: "get",
      path,
      operationId: `list${names.many}`,
      summary: `List ${words.many}`,
      description: `${kind.seen} If the key sees none, the list is empty. Oldest first.`,
      tag,
      permission: permission("read"),
      query: z.strictObject({
        limit: limitQuery,
        cursor: cursorQuery("uuid"),
        name: byName,
        ...(isInApplication ? { application_id: inApplication } : {}),
      }),
      answer: pageAnswer(`A page of the ${words.many} that the key sees.`, json, one),
      handle: async ({ context, query }) => {
        const { limit, cursor: after = null, name } = query;
        const within = applicationOf(query);
        const asked = { type, limit, after, name, ...(within ? { applicationId: within } : {}) };
        return mapResult(await listResourcesOfKey(context, asked), writePage(toJsonIn(context)));
      },
    }),
    operation({
      method: "post",
      path,
      operationId: `create${names.one}`,
      summary: `Create ${words.a}`,
      description: `${kind.created} The key's creator becomes OWNER there.`,
      tag,
      permission: permission("create"),
      body: z.strictObject({
        name: resourceName,
        ...(isInApplication
          ? {
              application_id: (type === "workspace" ? id : id.nullable()).optional().meta({
                description:
                  "The application to create it in. Default: the key's application, if that is its namespace.",
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
        const resource = { type, name: body.name, applicationId: where };
        return mapResult(await createResource(context, resource), ({ id }) =>
          toJsonIn(context)({ ...resource, id, createdAt: facts.at }),
        );
      },
    }),
    operation({
      method: "get",
      path: `${path}/{id}`,
      operationId: `read${names.one}`,
      summary: `Read ${words.a}`,
      description: whose,
      tag,
      permission: permission("read"),
      params,
      answer: { description: `The ${words.one}.`, schema: json, example: one },
      handle: async ({ context, params }) =>
        mapResult(await readResourceOfKey(context, { type, id: params.id }), toJsonIn(context)),
    }),
    operation({
      method: "patch",
      path: `${path}/{id}`,
      operationId: `update${names.one}`,
      summary: `Rename ${words.a}`,
      description: `Only in the key's namespace, and only if the key's creator may rename it too. ${whose}`,
      tag,
      permission: permission("update"),
      params,
      body: z.strictObject({ name: resourceName }),
      example: { name: example.name },
      answer: { description: `The ${words.one} with its new name.`, schema: json, example: one },
      errors: ["conflict"],
      handle: async ({ context, params, body }) => {
        const resource = { type, id: params.id };
        return mapResult(await renameResource(context, { resource, name: body.name }), toJsonIn(context));
      },
    }),
    operation({
      method: "delete",
      path: `${path}/{id}`,
      operationId: `delete${names.one}`,
      summary: `Delete ${words.a}`,
      description: `${kind.deleted} This cannot be undone. Only in the key's namespace, and only if the key's creator may delete it too. ${whose}`,
      tag,
      permission: permission("delete"),
      params,
      answer: noContent("Deleted."),
      handle: ({ context, params }) =>
        deleteResource(context, { resource: { type, id: params.id }, keyTotal: null }),
    }),
  ];
}

/** Undefined if the request names no application. Requests about applications never do. */
function applicationOf({ applicationId }: { readonly applicationId?: unknown }): string | null | undefined {
  return typeof applicationId === "string" || applicationId === null ? applicationId : undefined;
}
