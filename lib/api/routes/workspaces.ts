import { resourceOperations } from "./resource-operations";

export const workspaceOperations = resourceOperations({
  type: "workspace",
  path: "/v1/workspaces",
  tag: "Workspaces",
  names: { one: "Workspace", many: "Workspaces" },
  words: { one: "workspace", many: "workspaces" },
  seen: "A key of an application sees its workspaces, a key of a workspace sees that one; no other key sees any, since namespaces are not nested.",
  created: "A key of an application creates them in it.",
  deleted: "Its keys are revoked, this one too if it is one of them.",
  example: { name: "Production", application_id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d13" },
});
