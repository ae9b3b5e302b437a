import * as openid from "openid-client";
import { describe, expect, test } from "vitest";
import { presentKey } from "@/e2e/support/api/api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { provideServer } from "@/e2e/support/processes/provide-server";
import { formatKeyId } from "@/lib/core/keys/key-id";

const server = provideServer(async () => {
  key = await createTestKey(await createTestOrganization("Built"));
});
let key: TestKey;

const client = () =>
  openid.discovery(new URL(server.url), formatKeyId(key.id), {}, openid.ClientSecretBasic(key.token), {
    algorithm: "oauth2",
    execute: [openid.allowInsecureRequests],
  });

describe("the built server", () => {
  test("[B6] grants tokens to a client that discovers everything under /.well-known, by the clock", async () => {
    const config = await client();
    const keys = await (await fetch(config.serverMetadata().jwks_uri ?? "")).json();
    expect(keys.keys).toHaveLength(1);
    const tokens = await openid.clientCredentialsGrant(config);
    expect(await presentKey(server.url, tokens.access_token)).toBe("200");
    await server.shiftClock(901_000);
    expect(await presentKey(server.url, tokens.access_token)).toBe("401 key_expired");
    const next = await openid.refreshTokenGrant(config, tokens.refresh_token ?? "");
    expect(await presentKey(server.url, next.access_token)).toBe("200");
    await server.shiftClock(0);
  });

  test("[B6] gives 50 simultaneous uses of one refresh token the same successor, over HTTP", async () => {
    const config = await client();
    // A busy machine may need more than ten seconds for all answers, after which they no longer count as simultaneous.
    config.timeout = 120;
    await server.stopClock();
    const { refresh_token = "" } = await openid.clientCredentialsGrant(config);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => openid.refreshTokenGrant(config, refresh_token)),
    );
    await server.shiftClock(0);
    expect(new Set(answers.map((answer) => answer.refresh_token)).size).toBe(1);
  });

  test("[Y3] logs no token of any kind", () => {
    expect(server.output()).not.toMatch(/lk_[sr][kt]_[0-9A-Za-z]|eyJ/);
  });
});
