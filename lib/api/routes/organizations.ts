import { z } from "zod";
import { failure, success } from "@/lib/core/result";
import { organizationName } from "@/lib/schemas/account";
import { singlePageQuery } from "@/lib/schemas/list-query";
import type { OrganizationView } from "@/lib/services/organizations/list-organizations";
import { listOrganizations } from "@/lib/services/organizations/list-organizations";
import { updateOrganization } from "@/lib/services/organizations/update-organization";
import { inApiWords } from "../operate/answer-in-api-terms";
import { noContent, operation } from "../operate/operation";
import { nothingHere } from "../operate/parse-request";
import { page } from "../shapes/list-json";

const organization = z
  .strictObject({
    id: z.uuid(),
    name: z.string(),
    slug: z.string().meta({ description: "What stands for it in the dashboard's addresses." }),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "Organization" });

const ids = z.strictObject({ id: z.uuid().toLowerCase() });

const example = {
  id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d11",
  name: "Acme",
  slug: "acme",
  created_at: "2026-11-21T09:30:00.000Z",
};

const listOrganizationsOperation = operation({
  method: "get",
  path: "/v1/organizations",
  operationId: "listOrganizations",
  summary: "List organizations",
  description:
    "A key belongs to one organization, whatever its namespace, so the list has one page with exactly that one.",
  tag: "Organizations",
  reach: "any-origin",
  permission: "organizations:read",
  query: singlePageQuery,
  answer: {
    status: 200,
    description: "The one organization that the key belongs to.",
    schema: page(organization),
    example: { data: [example], next_cursor: null },
  },
  errors: [],
  handle: async ({ context }) => {
    const list = await listOrganizations(context);
    return list.ok ? success({ data: list.value.map(toJson), next_cursor: null }) : list;
  },
});

const readOrganizationOperation = operation({
  method: "get",
  path: "/v1/organizations/{id}",
  operationId: "readOrganization",
  summary: "Read an organization",
  description: "The one that the key belongs to; every other is 404.",
  tag: "Organizations",
  reach: "any-origin",
  permission: "organizations:read",
  params: ids,
  answer: { status: 200, description: "The organization.", schema: organization, example },
  errors: [],
  handle: async ({ context, params }) => {
    if (params.id !== context.organization.id) return nothingHere;
    const list = await listOrganizations(context);
    if (!list.ok) return list;
    const [found] = list.value;
    return found === undefined ? nothingHere : success(toJson(found));
  },
});

const updateOrganizationOperation = operation({
  method: "patch",
  path: "/v1/organizations/{id}",
  operationId: "updateOrganization",
  summary: "Rename an organization",
  description:
    "With a key of the organization itself; one of an application, a workspace or a user group sees it and may not. Its slug stays.",
  tag: "Organizations",
  reach: "same-origin",
  permission: "organizations:update",
  params: ids,
  body: z.strictObject({ name: organizationName }),
  example: { name: "Acme" },
  answer: {
    status: 200,
    description: "The organization with its new name.",
    schema: organization,
    example,
  },
  errors: [],
  handle: async ({ context, params, body }) => {
    if (params.id !== context.organization.id) return nothingHere;
    const updated = inApiWords(await updateOrganization(context, body));
    return updated.ok ? success(toJson(updated.value)) : updated;
  },
});

const byAPerson = "an organization outlives every key of it, so a person does this in the dashboard";

const createOrganizationOperation = operation({
  method: "post",
  path: "/v1/organizations",
  operationId: "createOrganization",
  summary: "Create an organization",
  description: `Refused to every key: ${byAPerson}.`,
  tag: "Organizations",
  reach: "same-origin",
  permission: null,
  body: z.strictObject({ name: organizationName }),
  example: { name: "Acme" },
  answer: { status: 201, description: "No key gets this answer.", schema: organization, example },
  errors: [],
  handle: () => failure("forbidden", `No key creates an organization: ${byAPerson}.`),
});

const deleteOrganizationOperation = operation({
  method: "delete",
  path: "/v1/organizations/{id}",
  operationId: "deleteOrganization",
  summary: "Delete an organization",
  description: `Refused to every key: ${byAPerson}.`,
  tag: "Organizations",
  reach: "same-origin",
  permission: null,
  params: ids,
  answer: noContent("No key gets this answer."),
  errors: [],
  handle: ({ context, params }) =>
    params.id === context.organization.id
      ? failure("forbidden", `No key deletes an organization: ${byAPerson}.`)
      : nothingHere,
});

function toJson({ createdAt, ...view }: OrganizationView) {
  return { ...view, created_at: createdAt.toISOString() };
}

export const organizationOperations = [
  listOrganizationsOperation,
  createOrganizationOperation,
  readOrganizationOperation,
  updateOrganizationOperation,
  deleteOrganizationOperation,
];
