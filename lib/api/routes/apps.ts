import { resourceOperations } from "./resource-operations";

export const appOperations = resourceOperations({
  type: "application",
  path: "/v1/apps",
  tag: "Applications",
  names: { one: "App", many: "Apps" },
  words: { one: "application", many: "applications" },
  seen: "A key of the organization sees all of its applications; a key of an application, of a workspace or of a user group in one sees exactly that one.",
  created: "A key of the organization creates them.",
  deleted:
    "Its workspaces and user groups go with it, and all keys of these and of it are revoked, this one too if it is one of them.",
  example: { name: "Storefront", application_id: null },
});
