import { expect, test } from "vitest";
import { works } from "@/components/shell/jump/token-note";
import type { TokenMatch } from "@/lib/services/jump/list-matches";
import { tokenNow } from "./token-now";

const at = new Date("2026-12-01T12:00:00Z");
const token: TokenMatch = {
  id: "3UDAnB2Q9LBy7dVE",
  name: "Portal",
  status: "active",
  endedAt: null,
  secret: "current",
  secretVersion: 3,
};
const key = {
  ...{ name: "Portal", status: "active" as const, createdAt: at, expiresAt: null, maximumLifetimeDays: null },
  ...{ revokedAt: null, graceEndsAt: null, secretVersion: 3 },
};

test("[L2] a pasted token follows its key when that is paused, resumed, revoked, expired or renamed", () => {
  expect(tokenNow(token, undefined)).toEqual(token);
  const paused = tokenNow(token, { ...key, status: "paused" });
  expect(paused).toEqual({ ...token, status: "paused" });
  expect(tokenNow(paused, key)).toEqual(token);
  expect(tokenNow(token, { ...key, status: "revoked", revokedAt: at }).endedAt).toEqual(at);
  expect(tokenNow(token, { ...key, status: "expired", expiresAt: at }).endedAt).toEqual(at);
  expect(tokenNow(token, { ...key, name: "Store" }).name).toBe("Store");
  const gone = tokenNow(token, null);
  expect([gone.status, works(gone)], "deleted").toEqual(["deleted", false]);
});

test("[L3] a roll makes it the previous secret, which ends with the grace", () => {
  const rolling = { ...key, status: "rolling" as const, graceEndsAt: at, secretVersion: 4 };
  expect(tokenNow(token, rolling).secret).toBe("previous");
  expect(tokenNow(token, { ...rolling, status: "active", graceEndsAt: null }).secret).toBe("ended");
  const previous: TokenMatch = { ...token, status: "rolling", secret: "previous", secretVersion: 4 };
  expect(tokenNow(previous, rolling).secret).toBe("previous");
  expect(tokenNow(previous, { ...rolling, graceEndsAt: null }).secret).toBe("ended");
  const current: TokenMatch = { ...previous, secret: "current" };
  expect(tokenNow(current, rolling).secret, "the new secret was pasted").toBe("current");
});

test("[L3] a roll without grace ends the secret while the key lives on", () => {
  for (const status of ["active", "paused"] as const) {
    const rolled = tokenNow(token, { ...key, status, secretVersion: 4 });
    expect(rolled).toMatchObject({ status, endedAt: null, secret: "ended" });
    expect(works(rolled)).toBe(false);
  }
});

test("[L3] a roll during a grace can end either secret, so only the key is named", () => {
  const rolling = { ...key, status: "rolling" as const, graceEndsAt: at, secretVersion: 5 };
  expect(tokenNow(token, rolling).secret, "rolled twice").toBe("cut");
  for (const secret of ["current", "previous"] as const) {
    const pasted: TokenMatch = { ...token, status: "rolling", secret, secretVersion: 4 };
    expect(tokenNow(pasted, rolling).secret).toBe("cut");
    expect(tokenNow(pasted, { ...rolling, graceEndsAt: null }).secret).toBe("ended");
  }
});
