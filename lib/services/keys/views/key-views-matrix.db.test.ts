import { randomUUID } from "node:crypto";
import { vi } from "vitest";
import type { MatrixWorld, Member } from "@/e2e/permission-matrix/matrix-world";
import { testMatrix } from "@/e2e/permission-matrix/test-matrix";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestView } from "@/e2e/support/data/test-view";
import * as actions from "@/lib/actions/key-views";
import { deleteKeyView, renameKeyView, saveKeyView } from "./change-key-views";

vi.mock("next/headers", () => import("@/e2e/permission-matrix/next-request"));
vi.mock("next/cache", () => import("@/e2e/permission-matrix/next-request"));

type Target = { readonly viewId: string };
const query = "status=revoked";
const unnamed = () => `View ${randomUUID().slice(0, 8)}`;

const insert = async ({ id }: TestOrganization, userId: string): Promise<Target> => ({
  viewId: await createTestView(id, userId),
});

testMatrix<Target>("Saved views of API keys", {
  proves: "[B2] views are a person's own, in one organization",
  calls: {
    saveKeyView: {
      door: (slug) => actions.saveKeyView(slug, { name: unnamed(), query }, randomUUID()),
      verb: (context) => saveKeyView(context, { name: unnamed(), query }),
    },
    renameKeyView: {
      door: (slug, { viewId }) => actions.renameKeyView(slug, { viewId, name: unnamed() }, randomUUID()),
      verb: (context, { viewId }) => renameKeyView(context, { viewId, name: unnamed() }),
      byId: true,
    },
    deleteKeyView: {
      door: (slug, { viewId }) => actions.deleteKeyView(slug, { viewId }, randomUUID()),
      verb: (context, { viewId }) => deleteKeyView(context, { viewId }),
      byId: true,
    },
  },
  targets: {
    "a new one": async () => ({ viewId: randomUUID() }),
    "their own": ({ organization }: MatrixWorld, { userId }: Member) => insert(organization, userId),
    somebodys: ({ organization, context }: MatrixWorld) => insert(organization, context.actor.userId),
    "one of another organization": ({ elsewhere }) => insert(elsewhere, elsewhere.userIds.OWNER),
  },
});
