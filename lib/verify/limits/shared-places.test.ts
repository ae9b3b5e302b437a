import fc from "fast-check";
import { expect, test } from "vitest";
import { SharedPlaces } from "./shared-places";

/** Requests a slot for each of these in turn. A tenant that is asked to leave does so at once. */
function taken(maximum: number, asked: readonly string[]): Record<string, number> {
  const places = new SharedPlaces<{ organizationId: string; giveUp: () => void }>(maximum);
  for (const organizationId of asked) {
    if (!places.hasRoomFor(organizationId)) continue;
    const place = { organizationId, giveUp: () => places.delete(place) };
    places.add(place);
    expect([...places].length).toBeLessThanOrEqual(maximum);
  }
  const held: Record<string, number> = {};
  for (const { organizationId } of places) held[organizationId] = (held[organizationId] ?? 0) + 1;
  return held;
}

test("[L10] a tenant that took all slots gives others their share, and does not get them back", () => {
  const greedy = Array<string>(20).fill("greedy");
  expect(taken(10, greedy)).toEqual({ greedy: 10 });
  expect(taken(10, [...greedy, "quiet", "quiet", ...greedy])).toEqual({ greedy: 8, quiet: 2 });
  expect(taken(10, [...greedy, ...Array<string>(20).fill("second")])).toEqual({ greedy: 5, second: 5 });
});

test("[L10] whatever is requested, everybody gets the share they requested", () => {
  const tenants = ["a", "b", "c", "d"];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...tenants), { maxLength: 60 }), (asked) => {
      const held = taken(8, asked);
      for (const tenant of tenants) {
        const wanted = asked.filter((each) => each === tenant).length;
        expect(held[tenant] ?? 0).toBeGreaterThanOrEqual(Math.min(wanted, 8 / tenants.length));
      }
    }),
  );
});
