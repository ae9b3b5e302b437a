import { z } from "zod";
import { accessLevels } from "@/lib/core/access/access-level";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { mapResult } from "@/lib/core/result";
import { env } from "@/lib/env";
import { email } from "@/lib/schemas/account";
import { cursorQuery, limitQuery } from "@/lib/schemas/list-query";
import type { InvitationView } from "@/lib/services/invitations/invitation-view";
import { listInvitationsOfKey, readInvitationOfKey } from "@/lib/services/invitations/invitations-of-key";
import { inviteMember } from "@/lib/services/invitations/invite-member";
import { revokeInvitation } from "@/lib/services/invitations/revoke-invitation";
import { noContent, operation } from "../../operate/operation";
import { pageAnswer, writePage } from "../../shapes/list-json";
import { publicKeyId } from "../../shapes/presented-key-json";
import { writeJson } from "../../shapes/write-json";

const tag = "Invitations";
const accessLevel = z.enum(accessLevels);
const invitation = z
  .strictObject({
    id: z.uuid(),
    email: z.string(),
    access_level: accessLevel,
    created_by: z
      .strictObject({ id: z.uuid(), name: z.string(), email: z.string() })
      .meta({ description: "The person who invites, or the creator of the key that does." }),
    created_by_key_id: publicKeyId.nullable().meta({
      description: "The key that made it; null for a person. The link works only while that key does.",
    }),
    created_at: z.iso.datetime(),
    expires_at: z.iso.datetime(),
  })
  .meta({ id: "Invitation" });

const example = {
  id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d16",
  email: "ben@example.com",
  access_level: "MEMBER",
  created_by: { id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d14", name: "Ana", email: "ana@example.com" },
  created_by_key_id: "key_0123456789abcdEF",
  created_at: "2026-11-21T09:30:00.000Z",
  expires_at: "2026-11-28T09:30:00.000Z",
} as const;

const made = z
  .strictObject({
    id: z.uuid(),
    email: z.string(),
    access_level: accessLevel,
    expires_at: z.iso.datetime(),
    invitation_link: z.url().optional().meta({
      description:
        "A single-use link to accept the invitation. Present only if no mail server is configured: otherwise the link is only mailed, which proves the address. Returned once: not when the request is repeated, and never later.",
    }),
    mail: z.enum(["off", "sent", "failed"]).meta({
      description:
        "`sent`: the mail server accepted the mail with the link. `failed`: it did not, or did not confirm in time; invite again. `off`: no mail server is configured, so pass the link on yourself.",
    }),
    note: z.string().optional().meta({
      description: "Only when the request is sent again: how to go on without the link.",
    }),
  })
  .meta({ id: "CreatedInvitation" });

const params = z.strictObject({ id: z.uuid().toLowerCase() });
const seen =
  "A key of the organization sees the open invitations to levels below its own. Other keys see none.";

const toJson = ({ createdByKeyId, ...view }: InvitationView) =>
  writeJson(invitation, { ...view, createdByKeyId: createdByKeyId && formatKeyId(createdByKeyId) });

export const invitationOperations = [
  operation({
    method: "get",
    path: "/v1/invitations",
    operationId: "listInvitations",
    summary: "List invitations",
    description: `Those that were neither accepted nor revoked, oldest first; they may have expired. ${seen}`,
    tag,
    permission: "users:create",
    query: z.strictObject({
      limit: limitQuery,
      cursor: cursorQuery("uuid"),
      email: email.optional().meta({ description: "Only the invitation of exactly this email." }),
    }),
    answer: pageAnswer("A page of the open invitations.", invitation, example),
    handle: async ({ context, query: { cursor: after = null, ...query } }) =>
      mapResult(await listInvitationsOfKey(context, { ...query, after }), writePage(toJson)),
  }),
  operation({
    method: "post",
    path: "/v1/invitations",
    operationId: "createInvitation",
    summary: "Invite a person",
    description:
      "Invites a person to a level below the key's: OWNER invites ADMIN and MEMBER, ADMIN invites MEMBER. They become a member when they accept, within seven days; a new person chooses name and password then. It replaces an open invitation of the same email. To add a new person at once, use `POST /v1/users`. The link ends with the key, or the access token, that made it. Mails are limited per hour: 5 to one address, 100 per creator of keys, 200 per organization.",
    tag,
    permission: "users:create",
    body: z.strictObject({ email, access_level: accessLevel }),
    example: { email: "ben@example.com", access_level: "MEMBER" },
    answer: {
      status: 201,
      description: "Invited.",
      schema: made,
      example: {
        id: example.id,
        email: example.email,
        access_level: example.access_level,
        expires_at: example.expires_at,
        mail: "sent",
      },
      once: ["invitation_link"],
      noteWhenRepeated:
        "This invitation was created by an earlier request with this idempotency key. Its link was shown once and cannot be shown again. If you did not receive it, invite the person again.",
    },
    errors: ["conflict", "rate_limited"],
    handle: async ({ context, body }) =>
      mapResult(await inviteMember(context, body), ({ token, ...invited }) => ({
        ...writeJson(made, invited),
        ...(token === null ? {} : { invitation_link: `${env().appUrl}/invite/${token}` }),
      })),
  }),
  operation({
    method: "get",
    path: "/v1/invitations/{id}",
    operationId: "readInvitation",
    summary: "Read an invitation",
    description: `${seen} One that was accepted or revoked is 404.`,
    tag,
    permission: "users:create",
    params,
    answer: { description: "The invitation, without its link.", schema: invitation, example },
    handle: async ({ context, params }) =>
      mapResult(await readInvitationOfKey(context, { invitationId: params.id }), toJson),
  }),
  operation({
    method: "delete",
    path: "/v1/invitations/{id}",
    operationId: "deleteInvitation",
    summary: "Revoke an invitation",
    description: `Its link stops working. A second DELETE is 404, and so is one that was accepted. ${seen}`,
    tag,
    permission: "users:create",
    params,
    answer: noContent("Revoked."),
    handle: ({ context, params }) => revokeInvitation(context, { invitationId: params.id }),
  }),
];
