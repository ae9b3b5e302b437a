import type { AccessLevel } from "@/lib/core/access/access-level";

/** Tests with this tag only need a running server, and clean up or use unique names. */
export const deployedTag = "@deployed";

type Person = { readonly name: string; readonly email: string; readonly password: string };

export type DeployedServer = {
  /** Without a slash at the end. */
  readonly url: string;
  readonly organizationSlug: string;
  readonly people: Readonly<Record<AccessLevel, Person>>;
};

/**
 * The server of E2E_BASE_URL; undefined if the tests start their own.
 *
 * @throws Error if E2E_BASE_URL is set without E2E_PASSWORD, or is not an http URL
 */
export function deployedServer(): DeployedServer | undefined {
  const { E2E_BASE_URL = "", E2E_PASSWORD: password = "", E2E_ORGANIZATION } = process.env;
  if (E2E_BASE_URL === "") return undefined;
  if (!/^https?:\/\//.test(E2E_BASE_URL))
    throw new Error("E2E_BASE_URL is an address: https://keys.example.com");
  if (password === "") throw new Error("E2E_BASE_URL needs E2E_PASSWORD, the password of its people");
  const person = (variable: string, email: string, name: string) => {
    // "Ana Sousa <ana@example.com>", or the email alone.
    const given = /^(?:(.*\S)\s*<)?([^<>]+)>?$/.exec(process.env[variable] ?? "");
    return { name: given === null ? name : (given[1] ?? ""), email: given?.[2] ?? email, password };
  };
  return {
    url: E2E_BASE_URL.replace(/\/+$/, ""),
    organizationSlug: E2E_ORGANIZATION ?? "northwind-robotics",
    people: {
      OWNER: person("E2E_OWNER", "ana@example.com", "Ana Sousa"),
      ADMIN: person("E2E_ADMIN", "ben@example.com", "Ben Okafor"),
      MEMBER: person("E2E_MEMBER", "chloe@example.com", "Chloé Martin"),
    },
  };
}
