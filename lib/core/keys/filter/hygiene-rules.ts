import { demandDays, youngestDays } from "../over-privileged";
import { type HygieneKind, hygieneDays } from "./hygiene";

/** Explains each finding to people. Only the server uses it, so that it adds no JavaScript to the page. */
export const hygieneRules: Readonly<Record<HygieneKind, string>> = {
  "never-used": `Created more than ${hygieneDays.neverUsed} days ago and never used.`,
  idle: `Used before, but not in the last ${hygieneDays.idle} days.`,
  "never-expires": "Has no expiry, and no maximum lifetime ends it.",
  "expiring-soon": `Ends within ${hygieneDays.expiringSoon} days, by its own expiry or by the maximum lifetime.`,
  "over-privileged": `Older than ${youngestDays} days and in use, but its calls needed less than a quarter of its permissions in the last ${demandDays} days. Or an Owner key with full_access that never expires.`,
};
