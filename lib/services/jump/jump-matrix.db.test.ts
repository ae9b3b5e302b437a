import { vi } from "vitest";
import { testMatrix } from "@/e2e/permission-matrix/test-matrix";
import * as actions from "@/lib/actions/jump";
import type { JumpInput } from "@/lib/schemas/list";

vi.mock("next/headers", () => import("@/e2e/permission-matrix/next-request"));
vi.mock("next/cache", () => import("@/e2e/permission-matrix/next-request"));

testMatrix<JumpInput>("Command menu", {
  proves: "[B2] the command menu answers members of the organization only",
  calls: { listMatches: { door: actions.listMatches } },
  targets: { "a name": async () => ({ text: "Default" }) },
});
