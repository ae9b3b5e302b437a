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
    calls: count.meta({ description: "That were good." }),
    refused: count,
    outcomes: z
      .strictObject(
        Object.fromEntries(usageOutcomes.map((outcome) => [outcome, count.optional()])) as Record<
          (typeof usageOutcomes)[number],
          z.ZodOptional<typeof count>
        >,
      )
      .meta({ description: "All of them by their code; one that never came is left out." }),
  })
  .meta({ id: "UsagePeriod" });

export const readKeyUsage = operation({
  method: "get",
  path: "/v1/keys/{id}/usage",
  operationId: "readKeyUsage",
  summary: "Read a key's usage",
  description:
    "What came of calls with a right secret of the key: verifications of it, and what it asked itself. Hours and days are those of UTC, whole ones, and each is there, without calls too. Hours are kept for 90 days, days for good. A call is counted within seconds. A key sees the keys of its own namespace and no others.",
  tag: "Keys",
  permission: "keys:read",
  params: keyIds,
  query: z.strictObject({
    per: z.enum(usagePeriodLengths).default("day").meta({ description: "How long a period is." }),
    from: momentQuery.optional().meta({
      description:
        "The moment that the first period holds; left out, 29 days before the end, or of hours a day. At most 366 days before the end, of hours 31.",
    }),
    to: momentQuery.optional().meta({
      description: "The last period begins before this moment; left out, now.",
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
