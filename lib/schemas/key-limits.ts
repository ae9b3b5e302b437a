import { z } from "zod";
import { canonicalRange } from "@/lib/core/keys/address-range";
import { maximumAllowedAddresses, maximumRateSeconds, maximumRequests } from "@/lib/core/keys/key-rate-limit";

/** Longer than any valid CIDR. */
const rangeMaximum = 64;

const range = z
  .string()
  .max(rangeMaximum, "This is not an IP address or a CIDR such as 203.0.113.0/24")
  .transform((text, context) => {
    const read = canonicalRange(text);
    if ("range" in read) return read.range;
    context.addIssue({ code: "custom", message: read.fault });
    return z.NEVER;
  });

/** Addresses and CIDRs a key may be used from, in their stored form; empty means any address. */
export const allowedAddresses = z
  .array(range)
  .max(maximumAllowedAddresses, `At most ${maximumAllowedAddresses} ranges`)
  .transform((ranges) => [...new Set(ranges)]);

/** A key's rate limit; null means unlimited. */
export const rateLimit = z
  .strictObject({
    requests: z
      .int("A whole number of requests is required")
      .min(1, "At least 1 request")
      .max(maximumRequests, `At most ${maximumRequests.toLocaleString("en")} requests`),
    seconds: z
      .int("A whole number of seconds is required")
      .min(1, "At least 1 second")
      .max(
        maximumRateSeconds,
        `At most ${maximumRateSeconds.toLocaleString("en")} seconds, which is 30 days`,
      ),
  })
  .nullable();
