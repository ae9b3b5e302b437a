import { describe, expect, test } from "vitest";
import { cookiesOf, send, signInByForm } from "@/e2e/support/api/raw-requests";
import { createPeople, people } from "@/e2e/support/browser/people";
import { provideServer } from "@/e2e/support/processes/provide-server";

const server = provideServer(createPeople);

const owner = { email: people.OWNER.email, password: people.OWNER.password };
const signedInPage = "/account/profile";

describe("a page", () => {
  test("runs only scripts with its own nonce, a new one each time", async () => {
    const nonces = new Set<string>();
    for (let time = 0; time < 2; time++) {
      const page = await send(server, "GET", "/sign-in", {
        headers: { "x-nonce": "ours", "x-latchkey-path": "/x" },
      });
      const policy = page.headers.get("content-security-policy") ?? "";
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
      const scripts = page.text.match(/<script[^>]*>/g) ?? [];
      expect(scripts.length).toBeGreaterThan(3);
      expect(scripts.filter((script) => !script.includes(`nonce="${nonce}"`))).toEqual([]);
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(2);
    expect(nonces).not.toContain("ours");
  });

  test("is not cacheable, cannot be framed, and does not send its URL to other sites", async () => {
    const cookie = cookiesOf((await signInByForm(server, owner)).answer);
    const { headers } = await send(server, "GET", signedInPage, { headers: { Cookie: cookie } });
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(headers.get("strict-transport-security")).toBeNull();
    expect(headers.get("x-powered-by")).toBeNull();
  });

  test("asks the person to sign in and return to the requested URL", async () => {
    const headers = { "x-latchkey-path": "//evil.example" };
    const answer = await send(server, "GET", `${signedInPage}?a=b&c=d`, { headers });
    expect(answer.headers.get("location")).toBe("/sign-in?next=%2Faccount%2Fprofile%3Fa%3Db%26c%3Dd");
  });

  test.each(["x", "a.b.c.d.e", "%00", "eyJhbGciOiJub25lIn0.eyJzZXNzaW9uSWQiOiJ4In0."])(
    "ignores the cookie %s",
    async (value) => {
      const answer = await send(server, "GET", signedInPage, {
        headers: { Cookie: `latchkey-session=${value}` },
      });
      expect(answer.status).toBe(307);
    },
  );
});
