import { vi } from "vitest";
import { onPage } from "@/e2e/permission-matrix/doors";
import { testMatrix } from "@/e2e/permission-matrix/test-matrix";
import * as organizationActions from "@/lib/actions/organization";
import type { AuditLogQuery } from "@/lib/schemas/audit/audit-log-address";
import { readKeySet } from "@/lib/services/tokens/read-key-set";
import { readAuditCheckpoint } from "./read-audit-checkpoint";
import { readAuditExport } from "./read-audit-export";
import { readAuditLog } from "./read-audit-log";
import { readPendingCut } from "./retention/read-pending-cut";

vi.mock("next/headers", () => import("@/e2e/permission-matrix/next-request"));
vi.mock("next/cache", () => import("@/e2e/permission-matrix/next-request"));

testMatrix<AuditLogQuery>("Audit log", {
  proves: "[L7, B2] owners and admins read the organization's audit log, whoever may create keys",
  settings: ["OWNER", "ADMIN", "MEMBER"],
  calls: {
    readAuditLog: { door: (slug, query) => onPage(slug, (context) => readAuditLog(context, query)) },
    readAuditExport: {
      door: (slug, query) => onPage(slug, (context) => readAuditExport(context, query, "csv")),
    },
    previewAuditRetention: { door: (slug) => organizationActions.previewAuditRetention(slug, { days: 30 }) },
    readPendingCut: { door: (slug) => onPage(slug, readPendingCut) },
    readAuditCheckpoint: { door: (slug) => onPage(slug, readAuditCheckpoint) },
  },
  targets: {
    all: async () => {
      // Creates the signing key, which the first checkpoint would otherwise create.
      await readKeySet(new Date());
      return { after: null };
    },
  },
});
