"use server";

import { jumpInput } from "@/lib/schemas/list";
import { listMatches as listVerb } from "@/lib/services/jump/list-matches";
import { organizationRead } from "./action";

/** Takes tokens: an action's input is sent in a body and logged nowhere. */
export const listMatches = organizationRead(jumpInput, listVerb);
