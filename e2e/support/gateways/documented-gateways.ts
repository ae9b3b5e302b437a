import { readFileSync } from "node:fs";
import { startCaddy, startHaproxy, startNginx, type TestProxy } from "../processes/proxies";

/** The blocks of this language in docs/gateways.md. */
export function documented(language: string): string[] {
  const blocks = readFileSync("docs/gateways.md", "utf8").matchAll(
    new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, "g"),
  );
  return [...blocks].map(([, block = ""]) => block);
}

export type Places = {
  /** Where the gateway listens. */
  readonly port: number;
  readonly latchkeyPort: number;
  readonly servicePort: number;
  /** Replaces `acme/reports:read` in the document. */
  readonly demand: string;
};

/** The first block of this language, with these ports and this demand. */
function configured(language: string, { port, latchkeyPort, servicePort, demand }: Places): string {
  const changes: readonly (readonly [string | RegExp, string])[] = [
    ["127.0.0.1:3000", `127.0.0.1:${latchkeyPort}`],
    ["127.0.0.1:8080", `127.0.0.1:${servicePort}`],
    ["/acme/reports:read/", `/${demand}/`],
    [/(?<=listen |bind :|^:)8000/, String(port)],
  ];
  return changes.reduce((text, [from, to]) => {
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`The ${language} of docs/gateways.md lacks ${from}`);
    return changed;
  }, documented(language)[0] ?? "");
}

/** Starts each gateway as docs/gateways.md configures it. */
export const documentedGateways = {
  nginx: (program: string, places: Places): Promise<TestProxy> =>
    startNginx(program, configured("nginx", places), [places.port]),
  caddy: (program: string, places: Places): Promise<TestProxy> =>
    startCaddy(program, configured("caddyfile", places), places.port),
  haproxy: (program: string, places: Places, [script = ""] = documented("lua")): Promise<TestProxy> =>
    startHaproxy(program, configured("haproxy", places), { "latchkey.lua": script }, places.port),
};
