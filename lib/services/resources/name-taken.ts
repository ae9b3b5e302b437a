import type { ResourceType } from "@/lib/core/access/resource";
import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import { resourceWords } from "./resource-words";

export function nameTaken(type: ResourceType): Failure {
  const word = resourceWords[type];
  const message = `There is ${word === "application" ? "an" : "a"} ${word} with this name already`;
  return failure("conflict", `${message}.`, [{ field: "name", message }]);
}
