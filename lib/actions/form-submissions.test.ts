import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("every form identifies its submissions, and survives a lost answer", () => {
  const files = readdirSync("components", { recursive: true, encoding: "utf8" });
  const forms = files.filter((file) => /\.tsx?$/.test(file)).map((file) => `components/${file}`);
  const bare = forms.filter((file) => readFileSync(file, "utf8").includes("useActionState"));
  expect(bare).toEqual(["components/forms/action-form.tsx"]);
});
