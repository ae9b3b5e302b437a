import { z } from "zod";
import { accessLevels } from "@/lib/core/access/access-level";
import { keyRules } from "@/lib/core/keys/impact/key-plan";
import { parseKeyId } from "@/lib/core/keys/key-id";
import { email } from "./account";
import { keyId } from "./key";
import { impactPage } from "./list";

const accessLevel = z.enum(accessLevels, "Choose an access level");
const userId = z.uuid("This is not a member");

/** Which of a member's keys to transfer to whom. Keys not listed stay with the member or end. */
const transfers = z
  .array(z.strictObject({ keyId, toUserId: userId }))
  .max(10_000)
  .refine((list) => new Set(list.map((transfer) => transfer.keyId)).size === list.length, {
    message: "A key can be transferred to only one person",
  })
  .default([]);
export type KeyTransfers = z.infer<typeof transfers>;

/**
 * What happens to all of a member's keys: a rule, and exceptions for the keys it does not decide. A member can have
 * thousands of keys, so the browser does not list them. `seen` and `stay` are what its dialog showed; if they are out
 * of date, nothing is changed.
 */
const keys = z
  .strictObject({
    rule: z.enum(keyRules),
    toUserId: userId.nullable(),
    except: z
      .array(z.strictObject({ keyId, toUserId: userId.nullable() }))
      .max(1000, "Make at most 1,000 exceptions")
      .refine((list) => new Set(list.map((each) => each.keyId)).size === list.length, {
        message: "A key can be transferred to only one person",
      }),
    seen: z.string().regex(/^[\w-]{43}$/, "Review their keys again"),
    /** How many keys are transferred to nobody. */
    stay: z.int().min(0),
  })
  .optional();
export type KeyPlanInput = z.infer<typeof keys>;

const transfersMaximum = 500;

/** The transfers in the body of an API request. */
export const transfersBody = z
  .array(
    z.strictObject({
      key_id: z
        .string()
        .transform((text, context) => {
          const id = parseKeyId(text);
          if (id !== null) return id;
          context.addIssue({ code: "custom", message: "A key id is key_ and 16 characters" });
          return z.NEVER;
        })
        .meta({ type: "string", examples: ["key_0123456789abcdEF"] }),
      to_user_id: z.uuid().toLowerCase(),
    }),
  )
  .max(transfersMaximum, `At most ${transfersMaximum} keys at once`)
  .refine((list) => new Set(list.map(({ key_id }) => key_id)).size === list.length, {
    message: "A key can be transferred to only one person",
  })
  .transform(
    (list): KeyTransfers => list.map(({ key_id, to_user_id }) => ({ keyId: key_id, toUserId: to_user_id })),
  )
  .default([])
  .meta({
    description:
      "Which of their keys go to which other member, all or none. Each receiver must be somebody who could have created the key. The calling key needs `keys:update`, and transfers only keys of its own namespace, below its level and within its own bounds.",
  });

/** The level that the person saw before they changed it. */
const seen = z.strictObject({ accessLevel }).optional();

export const changeAccessLevelInput = z.strictObject({ userId, accessLevel, transfers, keys, seen });
export type ChangeAccessLevelInput = z.infer<typeof changeAccessLevelInput>;

export const removeMemberInput = z.strictObject({ userId, transfers, keys });
export type RemoveMemberInput = z.infer<typeof removeMemberInput>;

/** What a change to this level would do; null asks about removing the member. */
export const memberConsequencesInput = z.strictObject({
  userId,
  accessLevel: accessLevel.nullable(),
  page: impactPage,
});
export type MemberConsequencesInput = z.infer<typeof memberConsequencesInput>;

export const inviteMemberInput = z.strictObject({ email, accessLevel });
export type InviteMemberInput = z.infer<typeof inviteMemberInput>;

export const invitationIdInput = z.strictObject({ invitationId: z.uuid("This is not an invitation") });
