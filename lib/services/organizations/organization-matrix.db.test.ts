import { randomUUID } from "node:crypto";
import { vi } from "vitest";
import { outcomeOfForm } from "@/e2e/permission-matrix/doors";
import { testMatrix } from "@/e2e/permission-matrix/test-matrix";
import { freshForm } from "@/lib/actions/form-state";
import * as actions from "@/lib/actions/organization";
import { database } from "@/lib/db/client";
import type { UpdateOrganizationInput } from "@/lib/schemas/organization";
import { changeAuditRetention } from "@/lib/services/audit/retention/change-audit-retention";
import { updateOrganization } from "./update-organization";

vi.mock("next/headers", () => import("@/e2e/permission-matrix/next-request"));
vi.mock("next/cache", () => import("@/e2e/permission-matrix/next-request"));

const retention = { days: 30, seen: null };

function sendForm(slug: string, input: UpdateOrganizationInput) {
  const { name, keyCreators, tokenPrefix, maximumLifetimeDays } = input;
  const form = new FormData();
  form.set("name", name);
  form.set("keyCreators", keyCreators);
  if (typeof tokenPrefix === "string") form.set("tokenPrefix", tokenPrefix);
  if (typeof maximumLifetimeDays === "number") form.set("maximumLifetimeDays", String(maximumLifetimeDays));
  return outcomeOfForm(() => actions.updateOrganization(slug, freshForm, form));
}

testMatrix<UpdateOrganizationInput>("Organization", {
  proves: "[Y2] the organization and its setting are an owner's",
  calls: {
    updateOrganization: { door: sendForm, verb: updateOrganization },
    changeAuditRetention: {
      door: (slug) => actions.changeAuditRetention(slug, retention, randomUUID()),
      verb: (context) => changeAuditRetention(context, retention),
    },
  },
  targets: {
    "its name": async () => ({ name: `Renamed ${Math.random()}`, keyCreators: "OWNER" }),
    "key creators": async ({ organization, context }) => {
      await database().organization.update({
        where: { id: organization.id },
        data: { keyCreators: "OWNER" },
      });
      return { name: context.organization.name, keyCreators: "MEMBER" };
    },
    "a maximum lifetime": async ({ organization, context }) => {
      const { keyCreators } = await database().organization.update({
        where: { id: organization.id },
        data: { maximumLifetimeDays: null },
      });
      return { name: context.organization.name, keyCreators, maximumLifetimeDays: 3650 };
    },
    "30 days": async ({ organization, context }) => {
      const { keyCreators } = await database().organization.update({
        where: { id: organization.id },
        data: { auditRetentionDays: null },
      });
      return { name: context.organization.name, keyCreators };
    },
    "token prefix": async ({ organization, context }) => {
      const { keyCreators } = await database().organization.update({
        where: { id: organization.id },
        data: { tokenPrefix: null },
      });
      const own = await database().tokenPrefix.findFirst({ where: { organizationId: organization.id } });
      const tokenPrefix = own?.prefix ?? `m${organization.id.slice(-12)}`;
      return { name: context.organization.name, keyCreators, tokenPrefix };
    },
  },
});
