import { expect, test } from "vitest";
import { builtInRole, builtInRoles } from "@/lib/core/access/role";
import type { KeyOptions } from "@/lib/services/keys/read/key-view";
import { draftLevel, draftNamespace, draftPermissions, emptyDraft, type KeyDraft } from "./key-draft";

const options: KeyOptions = {
  namespaces: [
    { type: "organization", id: "acme", name: "Acme", level: "OWNER", levels: ["OWNER", "ADMIN", "MEMBER"] },
    { type: "application", id: "store", name: "Storefront", level: "MEMBER", levels: ["MEMBER"] },
  ],
  withoutAccess: 0,
  managesGrants: true,
  managesRoles: true,
  keyCreators: "OWNER",
  lifetime: { requireExpiry: false, maximumLifetimeDays: null },
  roles: builtInRoles,
};
const draft = (over: Partial<KeyDraft> = {}): KeyDraft => ({ ...emptyDraft, ...over });
const verifier = builtInRoles.filter((role) => role.id === "key_verifier");

test("[P7] the first offered namespace is the default; one that no longer exists is not used", () => {
  expect(draftNamespace(draft(), options)?.id).toBe("acme");
  expect(draftNamespace(draft({ namespaceId: "store" }), options)?.id).toBe("store");
  expect(draftNamespace(draft({ namespaceId: "gone" }), options)).toBeUndefined();
});

test("[P9] the namespace and the type cap the chosen level", () => {
  const asked = draft({ accessLevel: "ADMIN" });
  expect(draftLevel(asked, options)).toBe("ADMIN");
  expect(draftLevel({ ...asked, namespaceId: "store" }, options)).toBe("MEMBER");
  expect(draftLevel({ ...asked, type: "public" }, options)).toBe("MEMBER");
});

test("[P9] a role grants what the permission table says for that level, namespace and type", () => {
  expect(draftPermissions(draft({ accessLevel: "ADMIN" }), options, verifier)).toEqual(["keys:verify"]);
  expect(draftPermissions(draft(), options, verifier)).toEqual([]);
  const inStore = draft({ accessLevel: "ADMIN", namespaceId: "store" });
  expect(draftPermissions(inStore, options, verifier)).toEqual([]);
  const everything = [builtInRole("full_access")].filter((role) => role !== undefined);
  expect(draftPermissions(draft({ type: "public" }), options, everything)).toEqual([
    "applications:read",
    "organizations:read",
  ]);
});
