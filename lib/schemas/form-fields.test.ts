import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  acceptAsNewInput,
  changePasswordInput,
  profileInput,
  requestPasswordResetInput,
  resetPasswordInput,
  setFirstPasswordInput,
  setupInput,
  signInInput,
} from "./account";
import { giveGrantInput } from "./grant";
import { generateKeyInput, updateKeyInput } from "./key";
import { inviteMemberInput } from "./member";
import { foundOrganizationInput, updateOrganizationInput } from "./organization";
import { createResourceInput, renameResourceInput } from "./resource";
import { createRoleInput, updateRoleInput } from "./role";
import { renameKeyViewInput, saveKeyViewInput } from "./views/key-views";

const files = globSync("{app,components}/**/*.tsx");
const textOf = (file: string) => readFileSync(file, "utf8");

test("[L12] every form keeps its input, clears errors and survives a lost answer the same way", () => {
  const forms = files.filter((file) => textOf(file).includes("<form"));
  expect(forms.sort()).toEqual([
    // Sends nothing; it only changes the URL.
    "components/audit/audit-filter-dialog.tsx",
    "components/docs/try-it/try-it-form.tsx",
    "components/forms/action-form.tsx",
    "components/forms/dialog-form.tsx",
  ]);
  for (const file of forms.slice(2)) {
    for (const hook of ["useFaultFocus(", "useFaults(", "forget"]) expect(textOf(file), file).toContain(hook);
  }
  for (const file of ["components/forms/action-form.tsx", "components/forms/use-action.ts"]) {
    for (const part of ["useLostAnswer(", "new RequestNames()"]) expect(textOf(file), file).toContain(part);
  }
});

const keys = ["attributes", "limits"].map((folder) => `components/keys/${folder}`);
/** Fields that are not typed: targets of a link or a row, values seen before, and choices that are always valid. */
const untyped = new Set([
  ...[
    "token",
    "keyId",
    "viewId",
    "query",
    "resource",
    "applicationId",
    "version",
    "seen",
    "shown",
    "submission",
  ],
  ...["type", "publishable", "keyCreators"],
]);

test.each([
  ["setup", setupInput, ["components/auth/token-forms.tsx"]],
  ["accept an invitation", acceptAsNewInput, ["components/auth/token-forms.tsx"]],
  ["reset a password", resetPasswordInput, ["components/auth/token-forms.tsx"]],
  ["set a first password", setFirstPasswordInput, ["components/auth/token-forms.tsx"]],
  ["sign in", signInInput, ["components/auth/sign-in-form.tsx"]],
  ["ask for a reset link", requestPasswordResetInput, ["components/auth/sign-in-form.tsx"]],
  ["change a password", changePasswordInput, ["components/auth/account-forms.tsx"]],
  ["edit a profile", profileInput, ["components/auth/account-forms.tsx"]],
  ["generate a key", generateKeyInput, ["components/keys/generate", ...keys]],
  ["edit a key", updateKeyInput, ["components/keys/change/edit-key-dialog.tsx", ...keys]],
  ["save a view", saveKeyViewInput, ["components/keys/filter/save-view-dialog.tsx"]],
  ["rename a view", renameKeyViewInput, ["components/keys/filter/saved-views-dialog.tsx"]],
  ["create a role", createRoleInput, ["components/roles/change"]],
  ["edit a role", updateRoleInput, ["components/roles/change"]],
  ["invite", inviteMemberInput, ["components/members/invite-member-dialog.tsx"]],
  ["give access", giveGrantInput, ["components/applications/people/give-access-dialog.tsx"]],
  ["create a resource", createResourceInput, ["components/applications/resource-name-dialogs.tsx"]],
  ["rename a resource", renameResourceInput, ["components/applications/resource-name-dialogs.tsx"]],
  ["found an organization", foundOrganizationInput, ["components/organization/new-organization-form.tsx"]],
  ["edit an organization", updateOrganizationInput, ["components/organization"]],
])("[L12] the form to %s shows a fault at each field that can be wrong", (_, { shape }, places) => {
  const shown = files
    .filter((file) => places.some((place) => file.startsWith(place)))
    .map(textOf)
    .join("\n");
  const fields = Object.keys(shape).filter((name) => !untyped.has(name) && !name.startsWith("seen"));
  expect(fields.length).toBeGreaterThan(0);
  const isShown = (name: string) =>
    [`name="${name}"`, `faultOf(faults, "${name}")`].some((at) => shown.includes(at));
  expect(fields.filter((name) => !isShown(name))).toEqual([]);
});
