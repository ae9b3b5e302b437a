import { z } from "zod";
import { accessLevels } from "@/lib/core/access/access-level";
import { mapResult } from "@/lib/core/result";
import { cursorQuery, limitQuery } from "@/lib/schemas/list-query";
import { transfersBody } from "@/lib/schemas/member";
import { changeGrant } from "@/lib/services/grants/change-grant";
import { giveGrant } from "@/lib/services/grants/give-grant";
import type { GrantOfKey } from "@/lib/services/grants/grant-view";
import {
  listAffectedByGrant,
  listGrantsOfKey,
  readGrantOfKey,
  showGrantOfKey,
} from "@/lib/services/grants/grants-of-key";
import { takeGrant } from "@/lib/services/grants/take-grant";
import type { Operation } from "../../operate/operation";
import { noContent, operation } from "../../operate/operation";
import { affectedKeysAnswer, affectedKeysQuery, writeAffectedKeys } from "../../shapes/affected-key-json";
import { pageAnswer, writePage } from "../../shapes/list-json";
import { writeJson } from "../../shapes/write-json";
import type { ResourceKind } from "../resource-kinds";
import { resourceKinds } from "../resource-kinds";

const accessLevel = z.enum(accessLevels);
const uuid = z.uuid().toLowerCase();
const ofResource = z.strictObject({ id: uuid });
const ofPerson = z.strictObject({ id: uuid, user_id: uuid });

const grant = z
  .strictObject({
    user: z.strictObject({ id: z.uuid(), name: z.string(), email: z.string() }),
    access_level: accessLevel,
    created_at: z.iso.datetime().meta({ description: "When they got access." }),
  })
  .meta({ id: "Grant" });

const userId = "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d14";
const example = {
  user: { id: userId, name: "Ben", email: "ben@example.com" },
  access_level: "MEMBER",
  created_at: "2026-11-21T09:30:00.000Z",
} as const;
const transfer = {
  key_id: "key_0123456789abcdEF",
  to_user_id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d15",
};

const toJson = ({ id, name, email, ...view }: GrantOfKey) =>
  writeJson(grant, { ...view, user: { id, name, email } });

const within = "Only in the key's namespace; what it does not see is 404.";
const below =
  "The key's creator must be an OWNER there. A key gives only levels below its own, and changes only people below its level, so never an OWNER.";

/** The operations on access to an application, a workspace or a user group. */
export const grantOperations = resourceKinds.flatMap(operationsOf);

function operationsOf({ type, path, tag, names, words }: ResourceKind): readonly Operation[] {
  const grants = `${path}/{id}/grants` as const;
  const one = `${grants}/{user_id}` as const;
  const word = words.one;
  return [
    operation({
      method: "get",
      path: grants,
      operationId: `list${names.one}Grants`,
      summary: `List who has access to ${words.a}`,
      description: `The people with access, in the order they got it. Access to the ${word} is not access to anything else. ${within}`,
      tag,
      permission: "users:read",
      params: ofResource,
      query: z.strictObject({ limit: limitQuery, cursor: cursorQuery("uuid") }),
      answer: pageAnswer("A page of the people with access.", grant, example),
      handle: async ({ context, params: { id }, query: { limit, cursor: after = null } }) =>
        mapResult(
          await listGrantsOfKey(context, { resource: { type, id }, limit, after }),
          writePage(toJson),
        ),
    }),
    operation({
      method: "post",
      path: grants,
      operationId: `create${names.one}Grant`,
      summary: `Give access to ${words.a}`,
      description: `Gives a member of the organization access. Somebody who has access already is a conflict: change their level instead. ${below} ${within}`,
      tag,
      permission: "users:update",
      params: ofResource,
      body: z.strictObject({
        user_id: uuid.meta({ description: "A member of the organization; anybody else is 404." }),
        access_level: accessLevel,
      }),
      example: { user_id: userId, access_level: "MEMBER" },
      answer: { status: 201, description: "The new access.", schema: grant, example },
      handle: async ({ context, params: { id }, body }) => {
        const resource = { type, id };
        const given = await giveGrant(context, { ...body, resource });
        if (!given.ok) return given;
        return mapResult(await showGrantOfKey(context, { resource, userId: body.userId }), toJson);
      },
    }),
    operation({
      method: "get",
      path: one,
      operationId: `read${names.one}Grant`,
      summary: `Read a person's access to ${words.a}`,
      description: within,
      tag,
      permission: "users:read",
      params: ofPerson,
      answer: { description: "Their access.", schema: grant, example },
      handle: async ({ context, params: { id, user_id } }) =>
        mapResult(await readGrantOfKey(context, { resource: { type, id }, userId: user_id }), toJson),
    }),
    operation({
      method: "patch",
      path: one,
      operationId: `update${names.one}Grant`,
      summary: `Change a person's access to ${words.a}`,
      description: `Their keys' permissions there change at once. ${below} ${within}`,
      tag,
      permission: "users:update",
      params: ofPerson,
      body: z.strictObject({ access_level: accessLevel, transfers: transfersBody }),
      example: { access_level: "ADMIN" },
      answer: {
        description: "Their access with the new level.",
        schema: grant,
        example: { ...example, access_level: "ADMIN" },
      },
      errors: ["conflict"],
      handle: async ({ context, params: { id, user_id }, body }) => {
        const named = { resource: { type, id }, userId: user_id };
        const changed = await changeGrant(context, { ...body, ...named });
        return changed.ok ? mapResult(await showGrantOfKey(context, named), toJson) : changed;
      },
    }),
    operation({
      method: "delete",
      path: one,
      operationId: `delete${names.one}Grant`,
      summary: `Remove access to ${words.a}`,
      description: `Their keys there are revoked. Their other access stays. A second DELETE is 404. ${below} ${within}`,
      tag,
      permission: "users:update",
      params: ofPerson,
      answer: noContent("They have no access any more."),
      errors: ["conflict"],
      handle: async ({ context, params: { id, user_id } }) =>
        mapResult(
          await takeGrant(context, { resource: { type, id }, userId: user_id, transfers: [] }),
          () => null,
        ),
    }),
    operation({
      method: "post",
      path: `${one}/remove`,
      operationId: `remove${names.one}Grant`,
      summary: `Remove access to ${words.a} and keep keys`,
      description: `Like DELETE, but the keys in \`transfers\` go to other people with access in the same step, and keep working. ${below} ${within}`,
      tag,
      permission: "users:update",
      params: ofPerson,
      body: z.strictObject({ transfers: transfersBody }).default({ transfers: [] }),
      example: { transfers: [transfer] },
      answer: noContent("They have no access any more."),
      errors: ["conflict"],
      handle: async ({ context, params: { id, user_id }, body }) =>
        mapResult(await takeGrant(context, { resource: { type, id }, userId: user_id, ...body }), () => null),
    }),
    operation({
      method: "get",
      path: `${one}/affected-keys`,
      operationId: `listKeysAffectedBy${names.one}Grant`,
      summary: `List the keys that a change of access to ${words.a} would affect`,
      description: `What a new level or, without \`access_level\`, the loss of access would do to their keys in the ${word}. Needs \`users:update\` too. Changes nothing. ${within}`,
      tag,
      permission: "keys:read",
      params: ofPerson,
      query: affectedKeysQuery,
      answer: affectedKeysAnswer,
      handle: async ({
        context,
        params: { id, user_id },
        query: { cursor: after = null, accessLevel: level = null, limit },
      }) => {
        const asked = { resource: { type, id }, userId: user_id, accessLevel: level, limit, after };
        return mapResult(await listAffectedByGrant(context, asked), writeAffectedKeys);
      },
    }),
  ];
}
