import type { ResourceVerb } from "@/lib/core/access/manage-resources";
import type { ResourceType } from "@/lib/core/access/resource";
import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";

/** As written inside a sentence. */
export const resourceWords: Record<ResourceType, string> = {
  application: "application",
  workspace: "workspace",
  usergroup: "user group",
};

export const resourceRefusals: Record<ResourceVerb, (type: ResourceType) => string> = {
  update: (type) => `You may not rename this ${resourceWords[type]}.`,
  delete: (type) => `You may not delete this ${resourceWords[type]}.`,
  grant: (type) =>
    `Only an owner of this ${resourceWords[type]} or of the organization says who has access to it.`,
};

export function nameTaken(type: ResourceType): Failure {
  const word = resourceWords[type];
  const message = `There is ${word === "application" ? "an" : "a"} ${word} with this name already`;
  return failure("conflict", `${message}.`, [{ field: "name", message }]);
}
