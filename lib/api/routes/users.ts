import { z } from "zod";
import { accessLevels } from "@/lib/core/access/access-level";
import { mapResult } from "@/lib/core/result";
import { createUserInput, email } from "@/lib/schemas/account";
import { cursorQuery, limitQuery } from "@/lib/schemas/list-query";
import { transfersBody } from "@/lib/schemas/member";
import { changeAccessLevel } from "@/lib/services/members/change-access-level";
import { listAffectedKeys } from "@/lib/services/members/list-affected-keys";
import { removeMember } from "@/lib/services/members/remove-member";
import { createUser } from "@/lib/services/users/create-user";
import { listUsers, readUser } from "@/lib/services/users/list-users";
import type { UserView } from "@/lib/services/users/user-view";
import { noContent, operation } from "../operate/operation";
import { affectedKeysAnswer, affectedKeysQuery, writeAffectedKeys } from "../shapes/affected-key-json";
import { pageAnswer, writePage } from "../shapes/list-json";
import { writeJson } from "../shapes/write-json";

const accessLevel = z.enum(accessLevels);
const user = z
  .strictObject({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    access_level: accessLevel,
    created_at: z.iso.datetime().meta({ description: "When they became a member." }),
  })
  .meta({ id: "User" });

const example = {
  id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d14",
  email: "ben@example.com",
  name: "Ben",
  access_level: "MEMBER",
  created_at: "2026-11-21T09:30:00.000Z",
} as const;

const link = z.url().optional();
const created = z
  .strictObject({
    email: z.string(),
    access_level: accessLevel,
    status: z.enum(["created", "invited"]).meta({
      description:
        "`created`: the person is a member now and sets a password with the link. `invited`: the email already has an account, whose holder becomes a member by accepting.",
    }),
    user: user.nullable().meta({ description: "Null if the person is invited and not a member yet." }),
    password_link: link.meta({
      description:
        "A single-use link for a new person to set their password. Present only if no mail server is configured: otherwise the link is only mailed, which proves the address. Not returned when the request is repeated.",
    }),
    invitation_link: link.meta({
      description:
        "A link for the account's holder to accept. Present only if no mail server is configured. Not returned when the request is repeated.",
    }),
    link_expires_at: z.iso.datetime(),
    mail: z.enum(["off", "sent", "failed"]).meta({
      description:
        "`sent`: the mail server accepted the mail with the link. `failed`: it did not, or did not confirm in time. A created person gets another link with “Forgot your password?” on the sign-in page; for an invited person, send the same request again. `off`: no mail server is configured, so pass the link on yourself.",
    }),
  })
  .meta({ id: "CreatedUser" });

const params = z.strictObject({ id: z.uuid().toLowerCase() });
const seen =
  "People belong to the organization: a key of an application, a workspace or a user group sees none.";
const below =
  "Only for users below the key's level, and only to levels below it: no key creates or changes an OWNER.";

const toJson = (view: UserView) => writeJson(user, view);

export const userOperations = [
  operation({
    method: "get",
    path: "/v1/users",
    operationId: "listUsers",
    summary: "List users",
    description: `The members of the organization, in the order they joined. ${seen}`,
    tag: "Users",
    permission: "users:read",
    query: z.strictObject({
      limit: limitQuery,
      cursor: cursorQuery("uuid"),
      email: email.optional().meta({ description: "Only the user with exactly this email." }),
      access_level: accessLevel.optional().meta({ description: "Only users with this level." }),
    }),
    answer: pageAnswer("A page of the members.", user, example),
    handle: async ({ context, query: { cursor: after = null, ...query } }) =>
      mapResult(await listUsers(context, { ...query, after }), writePage(toJson)),
  }),
  operation({
    method: "post",
    path: "/v1/users",
    operationId: "createUser",
    summary: "Create a user",
    description: `Adds a member to the organization, with a level below the key's: OWNER creates ADMIN and MEMBER, ADMIN creates MEMBER. A new person gets a link to set their password once, within seven days. If the email already has an account, its holder is invited and nothing else changes. Mails are limited per hour: 5 to one address, 100 per creator of keys, 200 per organization. ${seen}`,
    tag: "Users",
    permission: "users:create",
    body: z.strictObject({
      email: createUserInput.shape.email,
      name: createUserInput.shape.name.meta({
        description: "The name of a new person. An existing account keeps its name.",
      }),
      access_level: accessLevel,
    }),
    example: { email: "ben@example.com", name: "Ben", access_level: "MEMBER" },
    answer: {
      status: 201,
      description: "Created, or invited.",
      schema: created,
      example: {
        email: "ben@example.com",
        access_level: "MEMBER",
        status: "created",
        user: example,
        link_expires_at: "2026-11-28T09:30:00.000Z",
        mail: "sent",
      },
      once: ["password_link", "invitation_link"],
    },
    errors: ["conflict", "rate_limited"],
    handle: async ({ context, body }) =>
      mapResult(await createUser(context, body), ({ user, link, expiresAt, ...made }) =>
        writeJson(created, {
          ...made,
          status: user === null ? "invited" : "created",
          user,
          ...(link === null ? {} : user === null ? { invitationLink: link } : { passwordLink: link }),
          linkExpiresAt: expiresAt,
        }),
      ),
  }),
  operation({
    method: "get",
    path: "/v1/users/{id}",
    operationId: "readUser",
    summary: "Read a user",
    description: seen,
    tag: "Users",
    permission: "users:read",
    params,
    answer: { description: "The member.", schema: user, example },
    handle: async ({ context, params }) => mapResult(await readUser(context, { userId: params.id }), toJson),
  }),
  operation({
    method: "patch",
    path: "/v1/users/{id}",
    operationId: "updateUser",
    summary: "Change a user's access level",
    description: `${below} Their keys' permissions change at once; \`GET /v1/users/{id}/affected-keys\` says how. ${seen}`,
    tag: "Users",
    permission: "users:update",
    params,
    body: z.strictObject({ access_level: accessLevel, transfers: transfersBody }),
    example: { access_level: "ADMIN" },
    answer: {
      description: "The member with the new level.",
      schema: user,
      example: { ...example, access_level: "ADMIN" },
    },
    errors: ["conflict"],
    handle: async ({ context, params, body }) => {
      const change = { ...body, userId: params.id };
      return mapResult(await changeAccessLevel(context, change), toJson);
    },
  }),
  operation({
    method: "delete",
    path: "/v1/users/{id}",
    operationId: "deleteUser",
    summary: "Remove a user",
    description: `Removes the user from the organization: their keys are revoked, and their access to everything in it ends. Only for users below the key's level. ${seen}`,
    tag: "Users",
    permission: "users:delete",
    params,
    answer: noContent("The user is no longer a member."),
    errors: ["conflict"],
    handle: async ({ context, params }) =>
      mapResult(await removeMember(context, { userId: params.id, transfers: [] }), () => null),
  }),
  operation({
    method: "post",
    path: "/v1/users/{id}/remove",
    operationId: "removeUser",
    summary: "Remove a user and keep keys",
    description: `Like DELETE, but the keys in \`transfers\` go to other members in the same step, and keep working. A transferred key keeps its secret, which the removed user may know. No operation creates a key for another person: the creator of a new key is the calling key's creator. ${seen}`,
    tag: "Users",
    permission: "users:delete",
    params,
    body: z.strictObject({ transfers: transfersBody }).default({ transfers: [] }),
    example: {
      transfers: [{ key_id: "key_0123456789abcdEF", to_user_id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d15" }],
    },
    answer: noContent("The user is no longer a member."),
    errors: ["conflict"],
    handle: async ({ context, params, body }) =>
      mapResult(await removeMember(context, { userId: params.id, ...body }), () => null),
  }),
  operation({
    method: "get",
    path: "/v1/users/{id}/affected-keys",
    operationId: "listAffectedKeysOfUser",
    summary: "List the keys that a change would affect",
    description: `What a new level, or without \`access_level\` the removal, would do to the user's keys now. Needs \`users:update\` or, for the removal, \`users:delete\`, and \`keys:read\`. Changes nothing. ${seen}`,
    tag: "Users",
    permission: "keys:read",
    params,
    query: affectedKeysQuery,
    answer: affectedKeysAnswer,
    handle: async ({ context, params, query: { cursor: after = null, accessLevel = null, limit } }) =>
      mapResult(
        await listAffectedKeys(context, { userId: params.id, accessLevel, limit, after }),
        writeAffectedKeys,
      ),
  }),
];
