import { describe, expect, test } from "vitest";
import { type BulkFacts, type BulkVerb, bulkVerbs, whySkipped } from "./bulk-change";

const live: BulkFacts = {
  standing: "live",
  accessLevel: "MEMBER",
  allowed: true,
  carriesRole: false,
  roles: 1,
  isReceivers: false,
  mayReceive: true,
  isDefault: false,
};
const reasons = (over: Partial<BulkFacts>) =>
  Object.fromEntries(bulkVerbs.map((verb) => [verb, whySkipped(verb, { ...live, ...over })]));

describe("[L12] a key of many is left alone", () => {
  test("because of its state, as a single key would be refused", () => {
    const live = { revoke: null, pause: null, resume: "not_paused", delete: null, transfer: null };
    expect(reasons({})).toEqual({ ...live, addRole: null, removeRole: "lacks_role" });
    expect(reasons({ standing: "paused" })).toMatchObject({ ...live, pause: "paused", resume: null });
    expect(reasons({ standing: "expired" })).toMatchObject({
      revoke: null,
      delete: null,
      pause: "expired",
      resume: "expired",
      transfer: "expired",
      addRole: null,
    });
    const { delete: deletion, ...others } = reasons({ standing: "revoked" });
    expect(deletion).toBe(null);
    expect(new Set(Object.values(others))).toEqual(new Set(["revoked"]));
    expect(new Set(Object.values(reasons({ standing: "deleted" })))).toEqual(new Set(["gone"]));
  });

  test("because the person may not change it, and the reason tells who may", () => {
    const verbs: BulkVerb[] = ["revoke", "pause", "delete", "transfer", "addRole"];
    for (const verb of verbs) {
      expect(whySkipped(verb, { ...live, allowed: false })).toBe("not_allowed");
      expect(whySkipped(verb, { ...live, allowed: false, accessLevel: "OWNER" })).toBe("owner_level");
    }
    // For a key that has ended, that is the reason rather than a missing right.
    expect(whySkipped("revoke", { ...live, allowed: false, standing: "revoked" })).toBe("revoked");
  });

  test("because it is the organization's default key, for changes that would stop it", () => {
    expect(reasons({ isDefault: true })).toMatchObject({
      revoke: "default_key",
      pause: "default_key",
      delete: "default_key",
      transfer: null,
      addRole: null,
    });
    expect(whySkipped("delete", { ...live, isDefault: true, standing: "revoked" })).toBe("default_key");
  });

  test("because of its roles, or of who would receive it", () => {
    expect(reasons({ carriesRole: true })).toMatchObject({ addRole: "has_role", removeRole: null });
    expect(whySkipped("addRole", { ...live, roles: 50 })).toBe("too_many_roles");
    expect(whySkipped("addRole", { ...live, roles: 49 })).toBe(null);
    expect(whySkipped("transfer", { ...live, mayReceive: false })).toBe("receiver");
    expect(whySkipped("transfer", { ...live, isReceivers: true })).toBe("already_theirs");
  });
});
