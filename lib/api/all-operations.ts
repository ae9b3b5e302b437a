import type { Operation } from "./operate/operation";
import { grantOperations } from "./routes/access/grants";
import { invitationOperations } from "./routes/access/invitations";
import { resourceDeletionOperations } from "./routes/access/resource-deletions";
import { roleOperations } from "./routes/access/roles";
import { readCheckpoint } from "./routes/audit-checkpoint";
import { listAuditEvents } from "./routes/audit-events";
import { authRequest, forwardAuth } from "./routes/forward-auth";
import { readHealth, readReady } from "./routes/health";
import { importKeysOperation } from "./routes/import-keys";
import { keyOperations } from "./routes/keys";
import { reportGithubLeaks } from "./routes/leaks/leaks-github";
import { reportLeak } from "./routes/leaks/leaks-report";
import { readMe } from "./routes/me";
import { readMetrics } from "./routes/metrics/read-metrics";
import { introspect } from "./routes/oauth/oauth-introspect";
import { revoke } from "./routes/oauth/oauth-revoke";
import { issueToken } from "./routes/oauth/oauth-token";
import { readJwks, readMetadata } from "./routes/oauth/well-known";
import { readDocument } from "./routes/openapi";
import { organizationOperations } from "./routes/organizations";
import { resourceOperations } from "./routes/resource-operations";
import { userOperations } from "./routes/users";
import { verifyKey } from "./routes/verify";
import { verifyKeys } from "./routes/verify-batch";
import { deliveryOperations } from "./routes/webhooks/deliveries";
import { webhookOperations } from "./routes/webhooks/webhooks";

/** All operations of this API, in the order of the reference. */
export const operations: readonly Operation[] = [
  readMe,
  ...keyOperations,
  importKeysOperation,
  verifyKey,
  verifyKeys,
  forwardAuth,
  authRequest,
  issueToken,
  introspect,
  revoke,
  readMetadata,
  readJwks,
  ...organizationOperations,
  ...resourceOperations,
  ...resourceDeletionOperations,
  ...grantOperations,
  ...userOperations,
  ...invitationOperations,
  ...roleOperations,
  ...webhookOperations,
  ...deliveryOperations,
  listAuditEvents,
  readCheckpoint,
  reportGithubLeaks,
  reportLeak,
  readHealth,
  readReady,
  readMetrics,
  readDocument,
];
