import type { ResourceVerb } from "@/lib/core/access/manage-resources";
import type { ResourceType } from "@/lib/core/access/resource";
import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";

/** The form within a sentence. */
export const resourceWords: Record<ResourceType, string> = {
  application: "application",
  workspace: "workspace",
  usergroup: "user group",
};

export const resourceRefusals: Record<ResourceVerb, (type: ResourceType) => string> = {
  update: (type) => `You may not rename this ${resourceWords[type]}.`,
  delete: (type) => `You may not delete this ${resourceWords[type]}.`,
  grant: (type) =>
    `Only an owner of this ${resourceWords[type]} or of the organization manages who has access to it.`,
};

export function nameTaken(type: ResourceType): Failure {
  const word = resourceWords[type];
  const message = `${word === "application" ? "An" : "A"} ${word} with this name already exists`;
  return failure("conflict", `${message}.`, [{ field: "name", message }]);
}
