import { z } from "zod";
import { success } from "@/lib/core/result";
import { actingLevel } from "@/lib/services/access/key-context";
import { operation } from "../operate/operation";
import { accessTokenJson, describeAccessToken } from "../shapes/access-token-json";
import { exampleKeyState, keyJson, keyStateFields } from "../shapes/presented-key-json";

export const readMe = operation({
  method: "get",
  path: "/v1/me",
  operationId: "readMe",
  summary: "What is this credential?",
  description:
    "Every key may ask it of itself, whatever its roles. Of an access token it says what the key behind it is, and what of that the token gives.",
  tag: "Credentials",
  permission: null,
  answer: {
    description: "What it is and may do at this moment.",
    schema: z
      .strictObject({
        kind: z.enum(["key", "user"]).meta({ description: "For whom it acts: the key itself, or a user." }),
        ...keyStateFields,
        access_token: accessTokenJson.optional(),
      })
      .meta({ id: "Me" }),
    example: { kind: "key", ...exampleKeyState },
  },
  handle: ({ caller }) => {
    const { key, accessToken } = caller;
    if (accessToken === null) return success({ kind: "key", ...keyJson(key, caller) });
    return success({
      ...keyJson(key, caller),
      kind: accessToken.user === null ? "key" : "user",
      access_level: actingLevel(caller),
      expires_at: accessToken.expiresAt.toISOString(),
      access_token: describeAccessToken(accessToken),
    });
  },
});
