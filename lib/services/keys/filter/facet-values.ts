import { accessLevels } from "@/lib/core/access/access-level";
import { keyTypes } from "@/lib/core/access/effective-permissions";
import { builtInRoles } from "@/lib/core/access/role";
import { holds } from "@/lib/core/keys/filter/holds";
import { hygieneKinds } from "@/lib/core/keys/filter/hygiene";
import type { FilterKind } from "@/lib/core/keys/filter/key-filters";
import { database } from "@/lib/db/client";
import type { Whose } from "./resolve-filters";
import { creatorsOf, findPlaces } from "./resolve-filters";

/** A value that a filter can take. */
export type FacetValue = {
  /** The value in the URL. */
  readonly value: string;
  /** The name of a person or namespace, or the title of a role; null if the value needs no name. */
  readonly name: string | null;
  /** The value as people type it, such as after `creator:`. */
  readonly text: string;
};

const presets: Readonly<Record<"created" | "used" | "expires", readonly string[]>> = {
  created: ["<1d", "<7d", "<30d", "<90d", ">90d", ">1y"],
  used: ["<1d", "<7d", "<30d", ">30d", ">90d", "never"],
  expires: ["<7d", "<14d", "<30d", "<90d", ">90d", "never"],
};

const itself = (value: string): FacetValue => ({ value, name: null, text: value });

/** The possible values of a list's filter, by name; null if they can only be read from the keys. */
export async function facetValues(whose: Whose, kind: FilterKind): Promise<readonly FacetValue[] | null> {
  switch (kind) {
    case "creator": {
      const people = await creatorsOf(whose);
      return people.map(({ id, name, email }) => ({ value: id, name, text: email }));
    }
    case "namespace": {
      const places = await findPlaces(whose);
      return places
        .filter(({ isDeleted }) => !isDeleted)
        .map(({ type, id, name }) =>
          type === "organization"
            ? { value: "organization", name, text: "organization" }
            : { value: `${type}:${id}`, name, text: `${type}:${id}` },
        );
    }
    case "role": {
      const own = await database().role.findMany({
        where: { organizationId: whose.organizationId },
        select: { roleId: true, title: true },
        orderBy: { roleId: "asc" },
      });
      return [...builtInRoles.map(({ id, title }) => ({ roleId: id, title })), ...own].map(
        ({ roleId, title }) => ({ value: roleId, name: title, text: roleId }),
      );
    }
    case "level":
      return [...accessLevels].reverse().map((level) => itself(level.toLowerCase()));
    case "type":
      return keyTypes.map(itself);
    case "is":
      return hygieneKinds.map(itself);
    case "created":
    case "used":
    case "expires":
      return presets[kind].map(itself);
    default:
      return null;
  }
}

/** Does the value contain the searched text? */
export function isFound({ value, name, text }: FacetValue, find: string): boolean {
  return [value, name ?? "", text].some((word) => holds(word, find));
}
