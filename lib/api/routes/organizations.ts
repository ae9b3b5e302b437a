import { z } from "zod";
import { accessLevels } from "@/lib/core/access/access-level";
import { failure, mapResult, success } from "@/lib/core/result";
import { organizationName } from "@/lib/schemas/account";
import { singlePageQuery } from "@/lib/schemas/list-query";
import { auditRetentionDays, maximumLifetimeDays, tokenPrefix } from "@/lib/schemas/organization";
import type { OrganizationView } from "@/lib/services/organizations/list-organizations";
import { listOrganizations } from "@/lib/services/organizations/list-organizations";
import { updateOrganization } from "@/lib/services/organizations/update-organization";
import { noContent, operation } from "../operate/operation";
import { nothingHere } from "../operate/parse-request";
import { pageAnswer } from "../shapes/list-json";
import { writeJson } from "../shapes/write-json";

const tag = "Organizations";
const organization = z
  .strictObject({
    id: z.uuid(),
    name: z.string(),
    slug: z.string().meta({ description: "Identifies it in the dashboard's addresses." }),
    key_creators: z.enum(accessLevels).optional().meta({
      description:
        "Who may create keys: owners, owners and admins (`ADMIN`), or everyone (`MEMBER`). Returned to secret keys of the organization itself.",
    }),
    require_expiry: z.boolean().optional().meta({
      description: "Whether new keys need an expiry. Returned to the same keys.",
    }),
    maximum_lifetime_days: z.int().nullable().optional().meta({
      description:
        "How long its keys live at most, in days from their creation, whatever their own expiry. Null: no maximum. Returned to the same keys.",
    }),
    audit_retention_days: z.int().nullable().optional().meta({
      description: "How many days audit events are kept. Null: for good. Returned to the same keys.",
    }),
    pause_leaked_keys: z.boolean().optional().meta({
      description: "Whether leaked keys are paused instead of revoked. Returned to the same keys.",
    }),
    token_prefix: z.string().nullable().meta({
      description: "What its new tokens start with; null for `lk`. Tokens with an older prefix keep working.",
    }),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "Organization" });
const toJson = (view: OrganizationView) => writeJson(organization, view);

const params = z.strictObject({ id: z.uuid().toLowerCase() });
const body = z.strictObject({ name: organizationName });
const changes = z.strictObject({
  name: organizationName.optional(),
  key_creators: z.enum(accessLevels).optional().meta({
    description:
      "Who may create keys. To let more people create them, the key needs `keys:create`, `keys:update`, `keys:roll` and `keys:delete` itself, and neither an expiry nor limits.",
  }),
  require_expiry: z.boolean().optional().meta({
    description: "New keys need an expiry: `expires_at` is required then. Existing keys stay as they are.",
  }),
  maximum_lifetime_days: maximumLifetimeDays.nullable().optional().meta({
    description:
      "1 to 3650, in days from a key's creation; null for no maximum. It applies at once, to all keys except the public key that the organization started with. To shorten it, a key needs `keys:revoke`. A key that ends, by its expiry or by this maximum, can only shorten it, since a longer one would extend its own life. Under a maximum that is every secret key, so only an owner can lengthen or lift it, in the dashboard.",
  }),
  audit_retention_days: auditRetentionDays.nullable().optional().meta({
    description:
      "30 to 3650; null to keep all. A key can only lengthen it: a shorter time is set by an owner in the dashboard, and takes effect after seven days. Older events are removed within a day. The event that says so, `organization.audit_cut`, has the number and the hash of the last one removed, so the rest of the chain can still be checked.",
  }),
  pause_leaked_keys: z.boolean().optional().meta({
    description:
      "Whether a key that leaked is paused instead of revoked. A key can only switch it off; an owner switches it on in the dashboard.",
  }),
  token_prefix: tokenPrefix.nullable().optional().meta({
    description:
      "2 to 16 lowercase letters and digits, the first one a letter; null for `lk`. Once taken, a prefix is never another organization's.",
  }),
});

const example = {
  id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d11",
  name: "Acme",
  slug: "acme",
  key_creators: "OWNER" as const,
  require_expiry: true,
  maximum_lifetime_days: 90,
  audit_retention_days: 400,
  pause_leaked_keys: false,
  token_prefix: "acme",
  created_at: "2026-11-21T09:30:00.000Z",
};
const byAPerson = "an organization outlives all its keys, so only a person can do this, in the dashboard";

export const organizationOperations = [
  operation({
    method: "get",
    path: "/v1/organizations",
    operationId: "listOrganizations",
    summary: "List organizations",
    description:
      "A key belongs to one organization, whatever its namespace, so the list has one page with exactly that one.",
    tag,
    permission: "organizations:read",
    query: singlePageQuery,
    answer: pageAnswer("The organization that the key belongs to.", organization, example),
    handle: async ({ context }) =>
      mapResult(await listOrganizations(context), (list) => ({ data: list.map(toJson), next_cursor: null })),
  }),
  operation({
    method: "post",
    path: "/v1/organizations",
    operationId: "createOrganization",
    summary: "Create an organization",
    description: `Refused for every key: ${byAPerson}.`,
    tag,
    permission: null,
    body,
    example: { name: "Acme" },
    answer: { status: 201, description: "Never returned to a key.", schema: organization, example },
    handle: () => failure("forbidden", `A key cannot create an organization: ${byAPerson}.`),
  }),
  operation({
    method: "get",
    path: "/v1/organizations/{id}",
    operationId: "readOrganization",
    summary: "Read an organization",
    description: "The organization that the key belongs to; any other is 404.",
    tag,
    permission: "organizations:read",
    params,
    answer: { description: "The organization.", schema: organization, example },
    handle: async ({ context, params }) => {
      if (params.id !== context.organization.id) return nothingHere;
      const list = await listOrganizations(context);
      if (!list.ok) return list;
      const [found] = list.value;
      return found === undefined ? nothingHere : success(toJson(found));
    },
  }),
  operation({
    method: "patch",
    path: "/v1/organizations/{id}",
    operationId: "updateOrganization",
    summary: "Update an organization",
    description:
      "Omitted settings stay as they are. Needs a key of the organization itself; a key of an application, a workspace or a user group gets 403. The slug does not change.",
    tag,
    permission: "organizations:update",
    params,
    body: changes,
    example: { name: "Acme", key_creators: "ADMIN" },
    answer: {
      description: "The organization as it is now.",
      schema: organization,
      example: { ...example, key_creators: "ADMIN" },
    },
    errors: ["conflict"],
    handle: async ({ context, params, body }) =>
      params.id === context.organization.id
        ? mapResult(await updateOrganization(context, body), toJson)
        : nothingHere,
  }),
  operation({
    method: "delete",
    path: "/v1/organizations/{id}",
    operationId: "deleteOrganization",
    summary: "Delete an organization",
    description: `Refused for every key: ${byAPerson}.`,
    tag,
    permission: null,
    params,
    answer: noContent("Never returned to a key."),
    handle: ({ context, params }) =>
      params.id === context.organization.id
        ? failure("forbidden", `A key cannot delete an organization: ${byAPerson}.`)
        : nothingHere,
  }),
];
