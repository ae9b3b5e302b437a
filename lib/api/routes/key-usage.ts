import { z } from "zod";
import { usageOutcomes } from "@/lib/core/keys/usage-outcome";
import { goodAndRefused, usagePeriodLengths } from "@/lib/core/keys/usage-period";
import { mapResult } from "@/lib/core/result";
import { momentQuery } from "@/lib/schemas/fields/moment";
import { readUsageOfKey } from "@/lib/services/keys/read/key-usage";
import { operation } from "../operate/operation";
import { keyIdIn, keyIds } from "../shapes/key-json";

const count = z.int().min(0);

const usagePeriodJson = z
  .strictObject({
    start: z.iso.datetime(),
    calls: count.meta({ description: "Successful calls." }),
    refused: count,
    outcomes: z
      .strictObject(
        Object.fromEntries(usageOutcomes.map((outcome) => [outcome, count.optional()])) as Record<
          (typeof usageOutcomes)[number],
          z.ZodOptional<typeof count>
        >,
      )
      .meta({ description: "All calls by their code. Codes without calls are left out." }),
  })
  .meta({ id: "UsagePeriod" });

export const readKeyUsage = operation({
  method: "get",
  path: "/v1/keys/{id}/usage",
  operationId: "readKeyUsage",
  summary: "Read a key's usage",
  description:
    "The outcomes of calls with a correct secret of the key: verifications of it, and its own requests. Hours and days are whole UTC ones; periods without calls are included. Hours are kept for 90 days, days forever. A call appears within seconds. A key sees only the keys of its own namespace.",
  tag: "Keys",
  permission: "keys:read",
  params: keyIds,
  query: z.strictObject({
    per: z.enum(usagePeriodLengths).default("day").meta({ description: "The length of a period." }),
    from: momentQuery.optional().meta({
      description:
        "A time within the first period. Default: 29 days before the end, or one day for hours. At most 366 days before the end, or 31 for hours.",
    }),
    to: momentQuery.optional().meta({
      description: "The last period begins before this time. Default: now.",
    }),
  }),
  answer: {
    description: "The periods, oldest first.",
    schema: z.strictObject({ data: z.array(usagePeriodJson) }).meta({ id: "KeyUsage" }),
    example: {
      data: [
        {
          start: "2026-11-21T00:00:00.000Z",
          calls: 1250,
          refused: 3,
          outcomes: { VALID: 1250, INSUFFICIENT_PERMISSIONS: 3 },
        },
      ],
    },
  },
  handle: async ({ context, params, query }) =>
    mapResult(await readUsageOfKey(context, { ...query, keyId: keyIdIn(params) }), (periods) => ({
      data: periods.map((period) => {
        const { good: calls, refused } = goodAndRefused(period);
        return { start: period.start.toISOString(), calls, refused, outcomes: { ...period.calls } };
      }),
    })),
});
