import { resourceOperations } from "./resource-operations";

export const userGroupOperations = resourceOperations({
  type: "usergroup",
  path: "/v1/usergroups",
  tag: "User groups",
  names: { one: "UserGroup", many: "UserGroups" },
  words: { one: "user group", many: "user groups" },
  seen: "A key of the organization sees the organization's own user groups, a key of an application those of the application, a key of a user group that one.",
  created:
    "A key of an application creates them in it, a key of the organization those that are in no application.",
  deleted: "Its keys are revoked, this one too if it is one of them.",
  example: { name: "Support", application_id: null },
});
