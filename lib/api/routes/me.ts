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
    "Every key may read itself, whatever its roles. For an access token, the response describes the key behind it and what the token grants of it.",
  tag: "Credentials",
  permission: null,
  answer: {
    description: "The credential and what it may do right now.",
    schema: z
      .strictObject({
        kind: z
          .enum(["key", "user"])
          .meta({ description: "Whether it acts for the key itself or for a user." }),
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
      expiry_set_by: null,
      access_token: describeAccessToken(accessToken),
    });
  },
});
