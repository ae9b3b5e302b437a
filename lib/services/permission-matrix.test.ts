import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { matrixSections, readMatrix } from "@/e2e/permission-matrix/read-matrix";
import { createApi } from "@/lib/api/app";
import { freshPasswordRules, withoutFreshPassword } from "@/lib/core/fresh-password";

// Checks that everything callable from outside has a row in docs/permission-matrix.md, or a reason there. It searches
// the source, so that nothing new is left out silently.

const root = process.cwd();
const outside = "Outside of the tables";

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((file) => `${folder}/${file}`)
    .filter((file) => /\.tsx?$/.test(file) && !file.startsWith("lib/db/generated/"));
}

const isTest = (file: string) => /\.test\.tsx?$/.test(file);
const read = (file: string) => readFileSync(join(root, file), "utf8");

type Exported = { readonly name: string; readonly isAsync: boolean; readonly firstType: string };

/** The functions that a file exports, in any syntax. */
function exportedFunctions(file: string): Exported[] {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
  const isExported = (node: ts.Node) =>
    ts.canHaveModifiers(node) &&
    ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
  const found: Exported[] = [];
  const add = (name: string, made: ts.SignatureDeclaration | ts.Expression) => {
    const text = made.getText();
    const isPromise = /^(export )?async\b/.test(text) || /\bdatabase\(\)|\binTransaction\(/.test(text);
    const parameters = ts.isFunctionLike(made) ? made.parameters : undefined;
    const returned = ts.isFunctionLike(made) ? (made.type?.getText() ?? "") : "";
    const firstType = parameters?.[0]?.type?.getText() ?? "";
    found.push({ name, isAsync: isPromise || returned.startsWith("Promise<"), firstType });
  };
  for (const statement of source.statements) {
    if (!isExported(statement)) continue;
    if (ts.isFunctionDeclaration(statement)) add(statement.name?.text ?? "default", statement);
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (initializer !== undefined) add(name.getText(), initializer);
    }
  }
  return found;
}

/** No entry point may import lib/db, so none has the transaction that such a function takes first. */
const wantsTransaction = ({ firstType }: Exported) => firstType === "Transaction";

const named = (sections: readonly string[]) =>
  new Set(sections.flatMap((section) => readMatrix(section).map(({ verb }) => verb)));
const tables = matrixSections().filter((section) => section !== outside);
const matrixTests = sourceFiles("lib").filter((file) => file.endsWith("-matrix.db.test.ts"));

test("[B1, B2, P9] every verb is in docs/permission-matrix.md, or says there why not", () => {
  const verbs = sourceFiles("lib/services")
    .filter((file) => !isTest(file))
    .flatMap(exportedFunctions)
    .filter((each) => each.isAsync && !wantsTransaction(each))
    .map(({ name }) => name);
  const rows = [...named(matrixSections())].filter((name) => !name.includes("/"));
  expect(verbs.length).toBeGreaterThan(50);
  expect(
    verbs.filter((name) => !rows.includes(name)),
    "has no row",
  ).toEqual([]);
  expect(
    rows.filter((name) => !verbs.includes(name)),
    "has a row and is not there",
  ).toEqual([]);
});

test("every verb by which a person changes something declares when it needs a fresh password, and follows that rule", () => {
  const people = /^(MemberContext|ActingContext|UserActor)$/;
  const files = sourceFiles("lib/services").filter((file) => !isTest(file));
  const byName = new Map(
    files.flatMap((file) =>
      exportedFunctions(file)
        .filter(({ isAsync, firstType }) => isAsync && people.test(firstType))
        .map(({ name }) => [name, file] as const),
    ),
  );
  const tables = [...Object.keys(freshPasswordRules), ...Object.keys(withoutFreshPassword)];
  // A verb counts as read-only if its name says so and its file opens no transaction and writes no row.
  const reads = /^(read|list|see|preview)|^(keyOptions|memberContext)$/;
  const writes =
    /\binTransaction\w*\(|\$executeRaw|\b(transaction|database\(\))\.\w+\.(create|update|upsert|delete)/;
  const changing = [...byName].filter(([name, file]) => !reads.test(name) || writes.test(read(file)));
  expect(tables.sort()).toEqual(changing.map(([name]) => name).sort());
  const unasked = Object.keys(freshPasswordRules).filter(
    (verb) => !read(byName.get(verb) ?? "").includes(`requireFreshPassword(context, "${verb}"`),
  );
  expect(unasked, "never asks").toEqual([]);
});

test("[B1, B2, P9] every server action is called by a matrix test", () => {
  const files = sourceFiles("lib/actions").filter((file) => !isTest(file));
  const withDirective = files.filter((file) => read(file).startsWith('"use server"'));
  expect(withDirective.length).toBeGreaterThan(7);
  const uncalled = withDirective.flatMap((file) => {
    const callers = matrixTests.map(read).filter((text) => text.includes(`"@/${file.replace(".ts", "")}"`));
    return exportedFunctions(file)
      .filter(({ name }) => !callers.some((text) => text.includes(`.${name}`)))
      .map(({ name }) => `${file}: ${name}`);
  });
  expect(uncalled, "is called by no test of the matrix").toEqual([]);
  // A function that declares itself a server action inside its body also counts.
  const elsewhere = [...sourceFiles("app"), ...sourceFiles("components"), ...sourceFiles("lib")]
    .filter((file) => !withDirective.includes(file) && !isTest(file))
    .filter((file) => /^\s*["']use server["']/m.test(read(file)));
  expect(elsewhere).toEqual([]);
});

test("[B1, P10] every API route is in docs/permission-matrix.md", () => {
  const routes = createApi().routes.filter(({ path }) => path !== "/*");
  const paths = new Set(routes.map(({ path }) => path));
  // A path without a method of its own is answered by the fast lane.
  const methods = [...paths].flatMap((path) => {
    const own = routes.filter((route) => route.path === path && !["ALL", "OPTIONS"].includes(route.method));
    return own.length === 0 ? [`POST ${path}`] : own.map(({ method }) => `${method} ${path}`);
  });
  const rows = [...named(tables)].filter((name) => name.includes("/"));
  expect([...new Set(methods)].sort()).toEqual(rows.sort());
});

test("every table is tried by a test", () => {
  const sources = matrixTests.map(read).join("\n");
  expect(tables.filter((section) => !sources.includes(`("${section}"`))).toEqual([]);
});
