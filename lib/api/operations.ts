import type { Operation } from "./operation";
import { appOperations } from "./routes/apps";
import { readHealth, readReady } from "./routes/health";
import { readMe } from "./routes/me";
import { readDocument } from "./routes/openapi";
import { organizationOperations } from "./routes/organizations";
import { userGroupOperations } from "./routes/usergroups";
import { userOperations } from "./routes/users";
import { verifyKey } from "./routes/verify";
import { workspaceOperations } from "./routes/workspaces";

/** All that this API answers, in the order of the reference. */
export const operations: readonly Operation[] = [
  readMe,
  verifyKey,
  ...organizationOperations,
  ...appOperations,
  ...workspaceOperations,
  ...userGroupOperations,
  ...userOperations,
  readHealth,
  readReady,
  readDocument,
];
