import type { Operation } from "./operation";
import { readHealth, readReady } from "./routes/health";
import { readMe } from "./routes/me";
import { readDocument } from "./routes/openapi";
import { listOrganizationsOperation } from "./routes/organizations";
import { verifyKey } from "./routes/verify";

/** All that this API answers, in the order of the reference. */
export const operations: readonly Operation[] = [
  readMe,
  verifyKey,
  listOrganizationsOperation,
  readHealth,
  readReady,
  readDocument,
];
