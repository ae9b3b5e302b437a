import { z } from "zod";
import { accessLevels } from "@/lib/core/access/access-level";
import type { TokenLimit } from "@/lib/core/token-grant";
import type { AuthenticatedToken } from "@/lib/verify/verdict/authenticated-key";
import type { Immutable } from "../operate/immutable";
import { writeJson } from "./write-json";

const permissions = z.array(z.string());

const tokenLimit = z
  .union([
    z.strictObject({ by: z.literal("scope"), permissions }),
    z.strictObject({ by: z.literal("user"), level: z.enum(accessLevels), permissions }),
  ])
  .meta({
    id: "TokenLimit",
    description: "Permissions that the key has and the access token does not grant.",
  });

/** What `GET /v1/me` returns about the presented access token. */
export const accessTokenJson = z
  .strictObject({
    id: z.uuid(),
    family: z.uuid().meta({ description: "Identifies all tokens from one exchange; they end together." }),
    issued_at: z.iso.datetime(),
    user: z
      .strictObject({
        id: z.uuid(),
        name: z.string(),
        email: z.email(),
        access_level: z.enum(accessLevels).meta({ description: "The current level in the key's namespace." }),
      })
      .nullable()
      .meta({ description: "The user it acts for; null if only for the key." }),
    limited_by: z.array(tokenLimit),
  })
  .meta({ id: "AccessToken" });

export function describeAccessToken(token: AuthenticatedToken) {
  return writeJson(accessTokenJson, {
    ...token,
    family: token.family.id,
    user: token.user && { ...token.user, accessLevel: token.user.level },
    limitedBy: token.limits.map(limitJson),
  });
}

function limitJson(limit: TokenLimit): Immutable<z.input<typeof tokenLimit>> {
  const { permissions } = limit;
  return limit.by === "scope"
    ? { by: limit.by, permissions }
    : { by: limit.by, level: limit.level, permissions };
}
