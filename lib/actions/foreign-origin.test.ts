import { beforeAll, expect, test, vi } from "vitest";
import { actionFiles } from "@/e2e/permission-matrix/action-files";
import { inRequest } from "@/e2e/permission-matrix/next-request";
import { loadEnv } from "@/lib/load-env";
import { freshForm } from "./form-state";

vi.mock("next/headers", () => import("@/e2e/permission-matrix/next-request"));
vi.mock("next/cache", () => import("@/e2e/permission-matrix/next-request"));

type Action = (...input: unknown[]) => Promise<unknown>;

const actions = new Map<string, Action>();
beforeAll(async () => {
  loadEnv({ AUTH_SECRET: "a".repeat(43), KEY_PEPPER: "b".repeat(43) });
  for (const { file } of actionFiles()) {
    const exported: Record<string, unknown> = await vi.importActual(`./${file}`);
    for (const [name, value] of Object.entries(exported)) {
      if (typeof value === "function") actions.set(`${file}: ${name}`, value as Action);
    }
  }
});

/** The part of each action's input that it reads before it checks the origin. */
function inputOf({ length }: Action): unknown[] {
  const form = new FormData();
  for (const field of ["email", "password", "token", "name"]) form.set(field, "somebody@example.com");
  return length === 3 ? ["home", freshForm, form] : ["home", form].slice(0, length);
}

const own = { origin: "http://localhost:3000", host: "localhost:3000" };

test.each([
  ["another site", { ...own, origin: "https://elsewhere.example" }],
  ["a page that hides its own", { ...own, origin: "null" }],
  ["another port of this machine", { ...own, origin: "http://localhost:3001" }],
  ["no page at all", { host: own.host }],
])("no server action is done for %s, whoever is signed in", async (_, headers) => {
  expect(actions.size).toBeGreaterThan(30);
  const answers = new Map<string, unknown>();
  for (const [name, action] of actions) {
    // No database is open, so an action that continued could not answer on its own.
    const work = () => action(...inputOf(action));
    const answer = await inRequest({ headers: new Headers(headers), cookies: new Map() }, work);
    answers.set(name, (answer as { failure?: { code: string } }).failure ?? answer);
  }
  for (const [name, answer] of answers) {
    expect(answer, name).toMatchObject({
      ok: false,
      code: "forbidden",
      detail: "This request did not come from a page of this dashboard.",
    });
  }
});
