import { z } from "zod";
import { success } from "@/lib/core/result";
import { exampleKeyState, keyJson, keyStateFields } from "../key-json";
import { operation } from "../operation";

export const readMe = operation({
  method: "get",
  path: "/v1/me",
  operationId: "readMe",
  summary: "What is this credential?",
  description: "Every key may ask it of itself, whatever its roles.",
  tag: "Credentials",
  reach: "any-origin",
  permission: null,
  answer: {
    status: 200,
    description: "What it is and may do at this moment.",
    schema: z.strictObject({ kind: z.literal("key"), ...keyStateFields }).meta({ id: "Me" }),
    example: { kind: "key", ...exampleKeyState },
  },
  errors: [],
  handle: ({ caller }) => success({ kind: "key", ...keyJson(caller.key, caller) }),
});
