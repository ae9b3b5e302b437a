import { z } from "zod";
import { success } from "@/lib/core/result";
import { publishedDocument } from "../describe/published-document";
import { openOperation } from "../operate/operation";

export const readDocument = openOperation({
  method: "get",
  path: "/v1/openapi.json",
  operationId: "readDescription",
  summary: "The description of this API",
  description: "OpenAPI 3.1, generated from the schemas that parse the requests.",
  tag: "Service",
  reach: "any-origin",
  answer: {
    description: "This document.",
    schema: z.looseObject({ openapi: z.string().meta({ description: "The version of OpenAPI." }) }),
    example: { openapi: "3.1.1" },
  },
  handle: () => success(publishedDocument()),
});
