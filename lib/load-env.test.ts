import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { EnvironmentError, parseEnv } from "./load-env";

let DATA_DIR: string;
beforeEach(() => {
  DATA_DIR = mkdtempSync(join(tmpdir(), "latchkey-env-"));
});
afterEach(() => rmSync(DATA_DIR, { recursive: true, force: true }));

const secret = "0123456789abcdef0123456789abcdef";
const postgres = { DATABASE_URL: "postgresql://localhost/latchkey", AUTH_SECRET: secret, KEY_PEPPER: secret };

function faults(variables: Record<string, string>, needs = {}): readonly string[] {
  try {
    parseEnv({ DATA_DIR, ...variables }, needs);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.faults;
    throw error;
  }
  return [];
}

describe("what is not set", () => {
  test("gives the embedded database on port 3000 of this machine only", () => {
    const env = parseEnv({ DATA_DIR });
    expect(env).toMatchObject({
      port: 3000,
      host: "127.0.0.1",
      appUrl: "http://localhost:3000",
      trustedProxies: [],
      keepAliveSeconds: 75,
    });
    expect(env.databaseUrl).toBeUndefined();
    expect(env.redisUrl).toBeUndefined();
    expect(env.bootstrapOwner).toBeUndefined();
  });

  test("[L11] generates the two secrets once, readable only by this user, and finds them again", () => {
    const first = parseEnv({ DATA_DIR });
    const second = parseEnv({ DATA_DIR });
    expect(second.authSecret).toBe(first.authSecret);
    expect(second.peppers).toEqual(first.peppers);
    expect(first.authSecret).not.toBe(first.peppers.byVersion.get(1)?.toString());
    expect(readdirSync(DATA_DIR).sort()).toEqual(["auth-secret", "key-pepper"]);
    for (const file of ["auth-secret", "key-pepper"])
      expect(statSync(join(DATA_DIR, file)).mode & 0o777).toBe(0o600);
  });

  test("is not generated with a DATABASE_URL: the start is refused with both names", () => {
    const { DATABASE_URL } = postgres;
    expect(faults({ DATABASE_URL }).map((fault) => fault.split(":")[0])).toEqual([
      "AUTH_SECRET",
      "KEY_PEPPER",
    ]);
    expect(readdirSync(DATA_DIR)).toEqual([]);
  });

  test("does not give one of many processes an embedded database, and creates nothing", () => {
    expect(faults({}, { needsPostgres: true }).map((fault) => fault.split(":")[0])).toEqual(["DATABASE_URL"]);
    expect(readdirSync(DATA_DIR)).toEqual([]);
    expect(faults(postgres, { needsPostgres: true })).toEqual([]);
  });

  test("counts an empty variable as not set", () => {
    expect(parseEnv({ DATA_DIR, PORT: "", APP_URL: " ", DATABASE_URL: "" }).port).toBe(3000);
  });
});

describe("what is wrong", () => {
  test("is named in one line each, all at once, and no secret is generated", () => {
    const wrong = {
      PORT: "70000",
      HOST: "a b",
      APP_URL: "example.com",
      TRUSTED_PROXIES: "10.0.0.0/99, x",
      CACHED_KEYS: "9",
      KEEP_ALIVE_SECONDS: "0",
      FRAMER: "yes",
      WORKERS: "65",
    };
    const lines = faults(wrong);
    expect(lines.map((line) => line.split(":")[0])).toEqual([
      "PORT",
      "HOST",
      "APP_URL",
      "WORKERS",
      "TRUSTED_PROXIES",
      "CACHED_KEYS",
      "KEEP_ALIVE_SECONDS",
      "FRAMER",
    ]);
    expect(readdirSync(DATA_DIR)).toEqual([]);
  });

  const single: [string, Record<string, string>][] = [
    ["PORT", { PORT: "3e3" }],
    ["PORT", { PORT: "-1" }],
    ["APP_URL", { APP_URL: "https://keys.example.com/path" }],
    ["APP_URL", { APP_URL: "ftp://keys.example.com" }],
    ["APP_URL", { APP_URL: "https://user:password@keys.example.com" }],
    ["DATABASE_URL", { ...postgres, DATABASE_URL: "mysql://localhost/x" }],
    ["DATABASE_URL", { ...postgres, DATABASE_URL: "not an address" }],
    ["WORKERS", { ...postgres, WORKERS: "0" }],
    ["WORKERS", { WORKERS: "2" }],
    ["WORKERS", { ...postgres, WORKERS: "2", NODE_ENV: "development" }],
    ["REDIS_URL", { REDIS_URL: "localhost:6379" }],
    ["REDIS_URL", { REDIS_URL: "https://redis.example.com" }],
    ["SMTP_URL", { SMTP_URL: "mail.example.com" }],
    ["SMTP_URL", { SMTP_URL: "https://mail.example.com" }],
    ["SMTP_URL", { SMTP_URL: "smtp://" }],
    ["SMTP_URL", { SMTP_URL: `smtp://user@mail.example.com` }],
    ["SMTP_URL", { SMTP_URL: `smtp://:${secret}@mail.example.com` }],
    ["SMTP_URL", { SMTP_URL: `smtp://user:${secret}%zz@mail.example.com` }],
    ["SMTP_URL", { SMTP_URL: `smtp://user:${secret}@mail.example.com?ignoreTLS=true` }],
    ["SMTP_URL", { SMTP_URL: `smtp://user:${secret}@mail.example.com/path` }],
    ["SMTP_URL", { SMTP_URL: `smtp://user:${secret}@mail.example.com:99999` }],
    ["SMTP_FROM", { SMTP_URL: "smtp://mail.example.com", SMTP_FROM: "Latchkey <keys@example.com>" }],
    ["SMTP_FROM", { SMTP_URL: "smtp://mail.example.com", APP_URL: "http://192.0.2.7:3000" }],
    ["SMTP_FROM", { SMTP_URL: "smtp://mail.example.com", APP_URL: "http://[2001:db8::1]" }],
    ["GITHUB_KEYS_URL", { GITHUB_KEYS_URL: "api.github.com" }],
    ["GITHUB_KEYS_URL", { GITHUB_KEYS_URL: "http://ghe.example.com/meta/public_keys/secret_scanning" }],
    ["GITHUB_KEYS_URL", { GITHUB_KEYS_URL: `https://user:${secret}@ghe.example.com/` }],
    ["METRICS_TOKEN", { METRICS_TOKEN: "short" }],
    ["METRICS_TOKEN", { METRICS_TOKEN: `${secret} ${secret}` }],
    ["AUTH_SECRET", { ...postgres, AUTH_SECRET: "short" }],
    ["KEY_PEPPER", { ...postgres, KEY_PEPPER: "short" }],
    ["KEY_PEPPER", { ...postgres, KEY_PEPPER: `1:${secret},1:${secret}` }],
    ["BOOTSTRAP_OWNER_PASSWORD", { BOOTSTRAP_OWNER_EMAIL: "a@b.example" }],
    [
      "BOOTSTRAP_OWNER_PASSWORD",
      { BOOTSTRAP_OWNER_EMAIL: "a@b.example", BOOTSTRAP_OWNER_PASSWORD: " ".repeat(12) },
    ],
    ["BOOTSTRAP_OWNER_EMAIL", { BOOTSTRAP_OWNER_PASSWORD: "long enough, surely" }],
    ["BOOTSTRAP_OWNER_PASSWORD", { BOOTSTRAP_OWNER_EMAIL: "a@b.example", BOOTSTRAP_OWNER_PASSWORD: "short" }],
    [
      "BOOTSTRAP_OWNER_EMAIL",
      { BOOTSTRAP_OWNER_EMAIL: "a@", BOOTSTRAP_OWNER_PASSWORD: "long enough, surely" },
    ],
  ];
  for (const [name, variables] of single) {
    test(`${name} in ${JSON.stringify(variables)}`, () => {
      const lines = faults(variables);
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(new RegExp(`^${name}: `));
      expect(lines[0]).not.toContain(secret);
    });
  }
});

test("a mail server has a sender: by default from the dashboard's own name", () => {
  expect(parseEnv({ DATA_DIR }).smtp).toBeUndefined();
  const APP_URL = "https://keys.example.com:8443";
  expect(parseEnv({ DATA_DIR, APP_URL, SMTP_URL: "smtps://u%2B1:p%40@mail.example.com/" }).smtp).toEqual({
    host: "mail.example.com",
    port: 465,
    secure: true,
    user: "u+1",
    password: "p@",
    from: "latchkey@keys.example.com",
    patienceMs: 5_000,
  });
  const set = { SMTP_URL: "smtp://10.0.0.5:25", SMTP_FROM: "keys@example.com" };
  expect(parseEnv({ DATA_DIR, ...set }).smtp).toMatchObject({ port: 25, from: "keys@example.com" });
  expect(parseEnv({ DATA_DIR, SMTP_URL: "smtp://localhost:1025" }).smtp?.from).toBe("latchkey@localhost");
});

test("the first pepper named is the current one, and the others stay", () => {
  const { peppers } = parseEnv({ DATA_DIR, ...postgres, KEY_PEPPER: `2:${secret}b,1:${secret}a` });
  expect(peppers.current).toBe(2);
  expect([...peppers.byVersion.keys()]).toEqual([2, 1]);
});

test("a bootstrap owner needs every variable", () => {
  const owner = {
    BOOTSTRAP_OWNER_EMAIL: " Ana@Example.com ",
    // A password is used as typed, including surrounding spaces.
    BOOTSTRAP_OWNER_PASSWORD: " correct horse battery ",
  };
  expect(parseEnv({ DATA_DIR, ...owner, BOOTSTRAP_ORGANIZATION: "Acme" }).bootstrapOwner).toEqual({
    email: "ana@example.com",
    password: " correct horse battery ",
    organization: "Acme",
  });
});
