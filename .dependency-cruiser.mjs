// Who may import what. A row names a module and all that its files may import beside each other: modules
// of the project, `types of` one, single files, and packages. Any other import is an error; tests are exempt.
// After a change here, `node scripts/import-table.mjs` writes the table of ARCHITECTURE.md.
import { readdirSync } from "node:fs";
import { builtinModules } from "node:module";

const prisma = ["@prisma/client", "@prisma/adapter-pg", "pg", "@electric-sql/pglite"];

/** @type {Record<string, string[]>} */
export const table = {
  core: ["ipaddr.js"],
  token: ["node:crypto", "node:zlib"],
  schemas: ["core", "zod"],
  remember: [],
  formats: ["remember"],
  env: ["token", "remember"],
  "load-env": [
    "env",
    "schemas",
    "token",
    "lib/db/embedded/read-or-make-secret.ts",
    "lib/db/embedded/own-data-directory.ts",
    "zod",
    "ipaddr.js",
    "node:*",
  ],
  log: ["pino", "remember"],
  mail: ["core", "env", "log", "nodemailer", "node:*"],
  metrics: ["remember"],
  db: ["metrics", "remember", "lib/core/read-time.ts", ...prisma, "fs-native-extensions", "node:*"],
  services: [
    ...["core", "schemas", "token", "db", "verify", "mail", "env", "log", "metrics", "remember"],
    ...["@node-rs/argon2", "@zxcvbn-ts/core", "@zxcvbn-ts/language-common", "ipaddr.js", "jose", "node:*"],
  ],
  verify: [
    ...["core", "schemas", "token", "db", "env", "log", "metrics", "remember", "node:*"],
    ...["jose", "lru-cache", "rate-limiter-flexible", "@redis/client"],
  ],
  auth: ["core", "schemas", "services", "env", "log", "next-auth", "next", "react", "node:*"],
  actions: ["core", "schemas", "services", "auth", "env", "log", "lib/db/outage.ts", "next", "zod"],
  api: [
    ...["core", "schemas", "token", "services", "verify", "env", "log", "metrics", "remember"],
    "lib/db/outage.ts",
    ...["prom-client", "hono", "@hono/*", "@asteasolutions/zod-to-openapi", "zod", "node:*"],
  ],
  client: ["core", "token", "node:*"],
  server: ["core", "formats", "api", "services", "verify", "db", "env", "load-env", "log", "node:*"],
  "server.ts": ["server", "env", "next", "node:*"],
  "api-server.ts": ["server"],
  "components/ui": [
    ...["formats", "lib/core/typed-text.ts"],
    ...["react", "next-themes", "radix-ui", "lucide-react", "sonner", "cmdk"],
  ],
  "components/data-table": ["components/ui", "react", "lucide-react", "@tanstack/react-table"],
  "components/*": [
    ...["components/ui", "components/data-table", "core", "schemas", "actions"],
    ...["types of services", "react", "react-dom", "next", "next-themes", "nuqs", "radix-ui", "lucide-react"],
    ...["@tanstack/react-table", "cmdk"],
  ],
  app: [
    ...["components/*", "components/ui", "components/data-table"],
    ...["core", "formats", "schemas", "auth", "services"],
    ...["lib/api/describe/published-document.ts", "react", "next", "next-themes", "nuqs", "geist"],
  ],
  "instrumentation-client.ts": ["components/*"],
  "proxy.ts": ["auth", "next", "node:*"],
};

const tests = "\\.test\\.tsx?$";
const files = new Set(["env", "load-env", "log", "remember"]);

/** Where a module's files are. */
function pathOf(module) {
  if (module.endsWith(".ts")) return `^${literal(module)}$`;
  if (module === "components/*") return "^components/(?!ui/|data-table/)[^/]+/";
  if (module === "app" || module.startsWith("components/")) return `^${module}/`;
  return files.has(module) ? `^lib/${module}\\.ts$` : `^lib/${module}/`;
}

/** What an entry of a row lets through: a module, a file of the project, or a package. */
function pattern(entry) {
  if (Object.hasOwn(table, entry)) return pathOf(entry);
  if (entry.startsWith("lib/")) return `^${literal(entry)}$`;
  if (entry === "node:*") return `^(node:)?(${builtinModules.map(literal).join("|")})$`;
  if (entry.startsWith("node:")) return `^(node:)?${entry.slice("node:".length)}$`;
  const name = entry.endsWith("/*") ? `${literal(entry.slice(0, -1))}[^/]+` : literal(entry);
  return `(^|/)node_modules/${name}/`;
}

function literal(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

const typesOf = "types of ";

function rulesOf([module, row]) {
  const from = { path: pathOf(module), pathNot: tests };
  const typesAlone = row
    .filter((entry) => entry.startsWith(typesOf))
    .map((entry) => entry.slice(typesOf.length));
  const whole = row.filter((entry) => !entry.startsWith(typesOf));
  const allowed = [module, ...whole, ...typesAlone].map(pattern);
  const rules = [
    {
      name: `${module}-imports`,
      comment: `${module} may import: ${row.join(", ") || "nothing else"}`,
      severity: "error",
      from,
      to: { pathNot: allowed },
    },
  ];
  for (const other of typesAlone) {
    rules.push({
      name: `${module}-imports-types-of-${other}`,
      comment: `of ${other}, ${module} may import types only`,
      severity: "error",
      from,
      to: { path: pattern(other), dependencyTypesNot: ["type-only"] },
    });
  }
  return rules;
}

// A folder that the table does not name would be free of all rules.
for (const entry of readdirSync("lib")) {
  const module = entry.replace(/(\.d)?(\.test)?\.ts$/, "");
  if (!Object.hasOwn(table, module)) throw new Error(`lib/${entry} is not in the import table`);
}

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    ...Object.entries(table).flatMap(rulesOf),
    {
      name: "no-circular-imports",
      comment: "two files that need each other are one file, or three",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "product-imports-no-tests",
      comment: "what is shipped does not import tests or their support",
      severity: "error",
      from: {
        path: "^(app|components|lib)/|^[^/]+\\.ts$",
        pathNot: [tests, "^(vitest|playwright)\\.config\\.ts$"],
      },
      to: { path: [tests, "^(e2e|bench)/"] },
    },
    {
      name: "every-new-password-is-judged",
      comment: "what hashes a password by itself can set a weak one; ask hash-new-password",
      severity: "error",
      from: {
        path: "^lib/",
        pathNot: [tests, "^lib/services/users/password/(hash-new-password|check-password)\\.ts$"],
      },
      to: { path: "^lib/services/users/password/password\\.ts$" },
    },
    {
      name: "every-mail-within-the-budget",
      comment: "what sends a mail past the budget lets anybody flood others in this installation's name",
      severity: "error",
      from: { path: "^lib/", pathNot: [tests, "^lib/services/mail/mail-budget\\.ts$"] },
      to: { path: "^lib/mail/send-mail\\.ts$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "verifying-node-loads-no-dashboard",
      comment: "a node that only verifies has neither the memory nor the start of what makes pages",
      severity: "error",
      from: { path: "^api-server\\.ts$" },
      to: { path: "(^|/)node_modules/(next|react)/|^(app|components)/", reachable: true },
    },
    {
      name: "one-place-connects",
      comment: "a session is prepared where it begins, so only lib/db/postgres/connect-postgres begins one",
      severity: "error",
      from: {
        path: "^(app|components|lib|scripts)/",
        pathNot: [tests, "^lib/db/postgres/connect-postgres\\.ts$"],
      },
      to: { path: "(^|/)node_modules/pg/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "everything-resolves",
      comment: "an import that is not found is checked by no rule",
      severity: "error",
      from: {},
      // What a build makes need not be there yet.
      to: { couldNotResolve: true, pathNot: "/dist/" },
    },
    {
      name: "shipped-code-needs-dependencies",
      comment: "what is shipped imports no development dependency",
      severity: "error",
      from: { path: "^(app|components|lib)/|^(server|api-server|proxy)\\.ts$", pathNot: tests },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    doNotFollow: { path: ["node_modules", "^lib/db/generated/", "^dist/", "^\\.next/"] },
    // What stands beside in the benchmarks has packages of its own, which are there only when they are asked for.
    exclude: { path: ["^lib/db/generated/.+/", "^\\.next/", "^dist/", "^bench/others/"] },
    tsConfig: { fileName: "tsconfig.json" },
    // Imports that compiling removes count too: a type is a dependency.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".d.ts"],
      mainFields: ["module", "main", "types", "typings"],
    },
  },
};
