import { isIP } from "node:net";
import { resolve } from "node:path";
import ipaddr from "ipaddr.js";
import { z } from "zod";
import { DataDirectoryUnfit, ownDataDirectory } from "@/lib/db/embedded/own-data-directory";
import { readOrMakeSecret } from "@/lib/db/embedded/read-or-make-secret";
import { email, newPassword, organizationName } from "@/lib/schemas/account";
import { smtpServer } from "@/lib/schemas/fields/smtp-server";
import type { Peppers } from "@/lib/token/secret";
import type { Env } from "./env";
import { setEnv } from "./env";

/** Each fault is one line that names the variable. */
export class EnvironmentError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join("\n"));
  }
}

/** Short, because a person may be waiting for the response. */
const mailPatienceMs = 5_000;

type Variables = Readonly<Record<string, string | undefined>>;

/** What a process requires of its environment besides valid values. */
type Needs = { readonly needsPostgres?: boolean };

/** Parses the environment once for the process. @throws EnvironmentError with every fault */
export function loadEnv(variables: Variables, needs: Needs = {}): Env {
  const parsed = parseEnv(variables, needs);
  setEnv(parsed);
  return parsed;
}

/**
 * Reads every variable and collects every fault. Generates the two secrets of an embedded installation if they do not
 * exist yet. @throws EnvironmentError
 */
export function parseEnv(variables: Variables, { needsPostgres = false }: Needs = {}): Env {
  const faults: string[] = [];
  // An empty variable counts as not set: orchestrators pass one for a field left blank.
  const read = (name: string) => variables[name]?.trim() || undefined;
  const check = <T>(name: string, schema: z.ZodType<T>, value: unknown): T | undefined => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    faults.push(`${name}: ${parsed.error.issues[0]?.message ?? "is not valid"}`);
    return undefined;
  };

  const port = check("PORT", portNumber, read("PORT") ?? "3000") ?? 0;
  const host = check("HOST", hostName, read("HOST") ?? "127.0.0.1") ?? "";
  const appUrl = check("APP_URL", originUrl, read("APP_URL") ?? defaultAppUrl(host, port)) ?? "";
  const workers = check("WORKERS", workerCount, read("WORKERS") ?? "1") ?? 1;
  const databaseUrl = check("DATABASE_URL", postgresUrl.optional(), read("DATABASE_URL"));
  const redisUrl = check("REDIS_URL", redisAddress.optional(), read("REDIS_URL"));
  const trustedProxies = check("TRUSTED_PROXIES", cidrs, read("TRUSTED_PROXIES") ?? "") ?? [];
  const webhookAllowedAddresses =
    check("WEBHOOK_ALLOWED_ADDRESSES", cidrs, read("WEBHOOK_ALLOWED_ADDRESSES") ?? "") ?? [];
  const cachedKeys = check("CACHED_KEYS", keyCount, read("CACHED_KEYS") ?? "1000000") ?? 0;
  const keepAliveSeconds = check("KEEP_ALIVE_SECONDS", idleSeconds, read("KEEP_ALIVE_SECONDS") ?? "75") ?? 0;
  const framer = check("FRAMER", onOrOff, read("FRAMER") ?? "on") ?? true;
  const dataDir = resolve(read("DATA_DIR") ?? "./data");
  const bootstrapOwner = readBootstrapOwner(variables, read, check, faults);
  const server = check("SMTP_URL", smtpServer.optional(), read("SMTP_URL"));
  const from = check("SMTP_FROM", email.optional(), read("SMTP_FROM")) ?? defaultFrom(appUrl);
  if (server !== undefined && from === undefined && appUrl !== "")
    faults.push("SMTP_FROM: must be set, because the host of APP_URL cannot be used in an email address");
  const metricsToken = check("METRICS_TOKEN", bearerToken.optional(), read("METRICS_TOKEN"));
  const githubKeysUrl = check("GITHUB_KEYS_URL", keysUrl, read("GITHUB_KEYS_URL") ?? githubKeys) ?? "";

  const embedded = read("DATABASE_URL") === undefined;
  if (embedded && needsPostgres)
    faults.push("DATABASE_URL: must be set; only npm start can use the embedded database");
  if (workers > 1 && variables.NODE_ENV === "development")
    faults.push("WORKERS: must be 1 in development, where one process compiles the pages");
  else if (embedded && workers > 1)
    faults.push("WORKERS: must be 1 without DATABASE_URL; the embedded database is for one process");
  // Create nothing on disk if the start is going to fail anyway.
  if (embedded && faults.length === 0) faults.push(...ownedDataDirectory(dataDir));
  const secret = <T>(
    name: "AUTH_SECRET" | "KEY_PEPPER",
    schema: z.ZodType<T>,
    file: string,
  ): T | undefined => {
    const given = read(name);
    if (given !== undefined) return check(name, schema, given);
    if (!embedded)
      faults.push(`${name}: must be set when DATABASE_URL is set; generate one with: ${makeSecret}`);
    // Create nothing on disk if the start is going to fail anyway.
    return faults.length > 0 ? undefined : check(name, schema, readOrMakeSecret(dataDir, file));
  };
  const authSecret = secret("AUTH_SECRET", longSecret, "auth-secret");
  const peppers = secret("KEY_PEPPER", pepperList, "key-pepper");

  if (faults.length > 0 || authSecret === undefined || peppers === undefined)
    throw new EnvironmentError(faults);
  return {
    port,
    host,
    workers,
    appUrl,
    appUrlIsSet: read("APP_URL") !== undefined,
    dataDir,
    databaseUrl,
    redisUrl,
    authSecret,
    peppers,
    bootstrapOwner,
    smtp: server && from !== undefined ? { ...server, from, patienceMs: mailPatienceMs } : undefined,
    metricsToken,
    githubKeysUrl,
    ...{ cachedKeys, keepAliveSeconds, framer, trustedProxies, webhookAllowedAddresses },
  };
}

const makeSecret = `node -p "crypto.randomBytes(32).toString('base64url')"`;

const wholeNumber = (least: number, most: number, message: string) =>
  z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((number) => number >= least && number <= most, message);

const portNumber = wholeNumber(1, 65535, "must be a number from 1 to 65535");
const workerCount = wholeNumber(1, 64, "must be a number of processes from 1 to 64");
const keyCount = wholeNumber(1000, 999_999_999, "must be a number of keys, at least 1000");
const idleSeconds = wholeNumber(1, 3600, "must be a number of seconds from 1 to 3600");
const onOrOff = z.enum(["on", "off"], "must be on or off").transform((text) => text === "on");

const hostName = z.string().regex(/^[0-9A-Za-z.:_-]{1,253}$/, "must be a host name or an IP address");

const originUrl = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain =
    url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === "/" && url.search === "";
  if (plain && url.username === "" && url.hash === "") return url.origin;
  context.addIssue({
    code: "custom",
    message: "must be an address such as https://keys.example.com, without a path",
  });
  return z.NEVER;
});

/** The keys of github.com. A GitHub Enterprise Server has its own. */
const githubKeys = "https://api.github.com/meta/public_keys/secret_scanning";

/** Whoever controls this URL can get keys revoked, so it must be https or local. */
const keysUrl = z.string().refine((text) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isHere = url !== undefined && ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname);
  return (url?.protocol === "https:" || (url?.protocol === "http:" && isHere)) && url.username === "";
}, "must be an https:// address");

const postgresUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol),
    "must be a postgresql:// address",
  );

const redisAddress = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^rediss?:$/.test(new URL(text).protocol),
    "must be a redis:// or rediss:// address",
  );

const cidrs = z.string().transform((text, context) => {
  const list = text.split(",").map((part) => part.trim());
  const ranges = list.filter((part) => part !== "");
  for (const range of ranges) {
    if (!ipaddr.isValidCIDR(range)) {
      context.addIssue({ code: "custom", message: `"${range}" is not a CIDR such as 10.0.0.0/8` });
    }
  }
  return ranges;
});

const longSecret = z.string().min(32, "must have at least 32 characters");

const bearerToken = longSecret.regex(/^[0-9A-Za-z._~+/-]*=*$/, "must be letters, digits and ._~+/- only");

/** `secret`, or `2:secret,1:older`: the first is current, the others are only for verifying. */
const pepperList = z.string().transform((text, context): Peppers => {
  const byVersion = new Map<number, Buffer>();
  let current: number | undefined;
  for (const part of text.split(",")) {
    const [, version = "1", pepper = ""] = /^(?:(\d{1,6}):)?(.*)$/.exec(part.trim()) ?? [];
    if (pepper.length < 32 || byVersion.has(Number(version))) {
      const message =
        "must be at least 32 characters, or versions such as 2:new,1:old of that length, each once";
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    }
    byVersion.set(Number(version), Buffer.from(pepper));
    current ??= Number(version);
  }
  return { current: current ?? 1, byVersion };
});

function defaultAppUrl(host: string, port: number): string {
  const local = host === "0.0.0.0" || host === "::" || host === "127.0.0.1" || host === "";
  if (local) return `http://localhost:${port}`;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** An email address at the dashboard's domain; undefined if it is only reached by IP address. */
function defaultFrom(appUrl: string): string | undefined {
  const host = URL.canParse(appUrl) ? new URL(appUrl).hostname : "";
  return host === "" || isIP(host.replace(/^\[|\]$/g, "")) !== 0 ? undefined : `latchkey@${host}`;
}

function readBootstrapOwner(
  given: Variables,
  read: (name: string) => string | undefined,
  check: <T>(name: string, schema: z.ZodType<T>, value: unknown) => T | undefined,
  faults: string[],
): Env["bootstrapOwner"] {
  const names = ["BOOTSTRAP_OWNER_EMAIL", "BOOTSTRAP_OWNER_PASSWORD", "BOOTSTRAP_ORGANIZATION"] as const;
  const [address, , organization] = names.map(read);
  // Not trimmed, because the sign-in form does not trim passwords either.
  const password = given.BOOTSTRAP_OWNER_PASSWORD || undefined;
  if (address === undefined && password === undefined) return undefined;
  for (const name of names.slice(0, 2)) {
    if (!given[name]) faults.push(`${name}: must be set together with the other BOOTSTRAP_ variables`);
  }
  if (address === undefined || password === undefined) return undefined;
  const owner = {
    email: check(names[0], email, address),
    password: check(names[1], newPassword, password),
    organization: check(names[2], organizationName, organization ?? "My organization"),
  };
  if (owner.email === undefined || owner.password === undefined || owner.organization === undefined)
    return undefined;
  return { email: owner.email, password: owner.password, organization: owner.organization };
}

/** Makes the data directory private to this user; returns the fault if that is not possible. */
function ownedDataDirectory(dataDir: string): string[] {
  try {
    ownDataDirectory(dataDir);
    return [];
  } catch (error) {
    if (error instanceof DataDirectoryUnfit) return [`DATA_DIR: ${error.message}`];
    throw error;
  }
}
