import { describe, expect, test } from "vitest";
import { keyListStatuses } from "@/lib/core/keys/key-list-settings";
import type { KeyFacet } from "@/lib/services/keys/filter/key-facets";
import { suggestionsFor } from "./suggestions";

const keys = { count: 2, isAll: true };
const counts = Object.fromEntries(keyListStatuses.map((status) => [status, keys])) as never;
const facet = (value: string, name: string | null = null, text = value): KeyFacet => ({
  ...{ value, name, text, keys },
});

const suggest = (
  name: Parameters<typeof suggestionsFor>[0]["name"],
  part: string,
  values: readonly KeyFacet[] = [],
  over = {},
) =>
  suggestionsFor(
    { start: 0, name, part },
    { facets: { values, more: false }, counts, own: false, ...over },
  ).map(({ value, text }) => value ?? text);

describe("[L13] completion suggests", () => {
  test("the names of filters and the status", () => {
    expect(suggest(null, "cre")).toEqual(["creator:", "created:"]);
    expect(suggest(null, "CRE", [], { own: true })).toEqual(["created:"]);
    expect(suggest(null, "st")).toEqual(["status:"]);
  });

  test("every status that the list has, and nothing once one is complete", () => {
    expect(suggest("status", "")).toEqual([...keyListStatuses].slice(0, 8));
    expect(suggest("status", "pau")).toEqual(["paused"]);
    expect(suggest("status", "Paused")).toEqual([]);
  });

  test("people by name or email, those with the typed prefix first", () => {
    const people = [
      facet("1", "Diana Ana", "diana@example.com"),
      facet("2", "Ana Sousa", "ana@example.com"),
      facet("3", "Ben", "ben@example.com"),
    ];
    expect(suggest("creator", "ana", people)).toEqual(["ana@example.com", "diana@example.com"]);
  });

  test("a namespace by its name, or by its id if the server sends that", () => {
    const places = [
      facet("application:1", "Storefront", "Storefront"),
      facet("workspace:2", "Storefront / Production", "Storefront / Production"),
      facet("usergroup:3", "Storefront", "usergroup:3"),
      facet("organization", "Acme"),
    ];
    expect(suggest("namespace", "store", places)).toEqual([
      ...["Storefront", "Storefront / Production", "usergroup:3"],
    ]);
    expect(suggest("namespace", "ac", places)).toEqual(["organization"]);
  });

  test("labels' names, then names and values", () => {
    expect(suggest("label", "te", [facet("team=data"), facet("team=web"), facet("env=test")])).toEqual([
      ...["team", "team=data", "team=web", "env=test"],
    ]);
  });

  test("the usual times, and those that start with a typed number", () => {
    expect(suggest("expires", "<3", [facet("<30d"), facet("<7d"), facet("never")])).toEqual([
      ...["<30d", "<3d", "<3w", "<3m", "<3y", "<3h"],
    ]);
    expect(suggest("expires", "n", [facet("<30d"), facet("never")])).toEqual(["never"]);
  });

  test("nothing until the server has answered", () => {
    expect(suggest("role", "re", [], { facets: null })).toEqual([]);
  });
});
