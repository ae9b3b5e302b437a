import { z } from "zod";
import { success } from "@/lib/core/result";
import { singlePageQuery } from "@/lib/schemas/list-query";
import { listOrganizations } from "@/lib/services/organizations/list-organizations";
import { page } from "../list-json";
import { operation } from "../operation";

const organization = z
  .strictObject({
    id: z.uuid(),
    name: z.string(),
    slug: z.string().meta({ description: "What stands for it in the dashboard's addresses." }),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "Organization" });

const example = {
  id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d11",
  name: "Acme",
  slug: "acme",
  created_at: "2026-11-21T09:30:00.000Z",
};

export const listOrganizationsOperation = operation({
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
    if (!list.ok) return list;
    const data = list.value.map(({ createdAt, ...organization }) => ({
      ...organization,
      created_at: createdAt.toISOString(),
    }));
    return success({ data, next_cursor: null });
  },
});
