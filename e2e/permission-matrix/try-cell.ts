import type { Result } from "@/lib/core/result";
import type { MemberContext, Organization } from "@/lib/services/access/context";
import { changedTables, databaseState, writtenSince } from "./database-state";
import { inBrowserOf } from "./doors";
import type { ActorName, MatrixWorld, Member } from "./matrix-world";

/** How the verb of a row is called. */
export type Call<Target> = {
  /** As a browser does it: the server action, or the page that reads. */
  readonly door: (organization: string, target: Target) => Promise<Result<unknown>>;
  /** Of what writes, the verb itself: for contexts that a door would not give any more. */
  readonly verb?: (context: MemberContext, target: Target) => Promise<Result<unknown>>;
  /** What it is done to has an id, which somebody could name in an organization of their own. */
  readonly byId?: true | ((target: Target) => boolean);
};

/** Makes anew what the verb is done to. */
export type MakeTarget<Target> = (world: MatrixWorld, actor: Member) => Promise<Target>;

export type Row<Target> = {
  readonly call: Call<Target>;
  readonly makeTarget: MakeTarget<Target>;
  /** How many audit entries a success leaves. */
  readonly entries: number;
};

/**
 * Does one cell in every way that this actor has, and says in the words of the table what came of it. What
 * was left behind by a refusal, or is not as it should be after a success, is said too.
 *
 * @param changes whether to expect that it changes something, so that each way needs all of it anew
 */
export async function tryCell<Target>(
  world: MatrixWorld,
  name: ActorName,
  { call, makeTarget, entries }: Row<Target>,
  changes: boolean,
): Promise<string> {
  const outcomes = new Set<string>();
  let actor = await world.actor(name, changes);
  let target = await makeTarget(world, actor);
  for (const [index, way] of waysOf(name, call, target).entries()) {
    if (changes && index > 0) {
      actor = await world.actor(name, true);
      target = await makeTarget(world, actor);
    }
    const attempt = way(actor, target, world.context.organization);
    outcomes.add(await tryOnce(world, actor, attempt, entries));
  }
  return [...outcomes].join(" or ");
}

type Way<Target> = (actor: Member, target: Target, ours: Organization) => () => Promise<Result<unknown>>;

function waysOf<Target>(name: ActorName, { door, verb, byId }: Call<Target>, target: Target): Way<Target>[] {
  const isById = typeof byId === "function" ? byId(target) : byId;
  const byDoor: Way<Target> = (actor, target, ours) => () =>
    inBrowserOf(actor, () => door(ours.slug, target));
  const withoutSession: Way<Target> = (_, target, ours) => () =>
    inBrowserOf(null, () => door(ours.slug, target));
  const fromTheirOwn: Way<Target> = (actor, target) => () =>
    inBrowserOf(actor, () => door(actor.context.organization.slug, target));
  const asLetIn =
    (verbOf: NonNullable<typeof verb>, forged: boolean): Way<Target> =>
    (actor, target, ours) =>
    () =>
      verbOf(forged ? { ...actor.context, organization: ours } : actor.context, target);

  const ways = [byDoor];
  if (name === "nobody") ways.push(withoutSession);
  if (name === "stranger" && isById) ways.push(fromTheirOwn);
  if (name === "stranger" && verb) ways.push(asLetIn(verb, true));
  if ((name === "removed" || name === "demoted") && verb) ways.push(asLetIn(verb, false));
  return ways;
}

async function tryOnce(
  world: MatrixWorld,
  actor: Member,
  attempt: () => Promise<Result<unknown>>,
  entries: number,
): Promise<string> {
  const before = await databaseState();
  const result = await attempt();
  const outcome = result.ok ? "ok" : wordOf(result.code);
  const changed = changedTables(before, await databaseState());
  if (!result.ok || entries === 0) {
    return changed.length === 0 ? outcome : `${outcome}, but changed ${changed.join(", ")}`;
  }
  const written = await writtenSince(before);
  const own = written.entries.filter(
    (entry) => entry.organizationId === world.organization.id && entry.actorUserId === actor.userId,
  );
  if (own.length !== entries || written.entries.length !== entries) {
    return `${outcome}, but ${own.length} of ${written.entries.length} audit entries are theirs`;
  }
  return written.transactions === 1 ? outcome : `${outcome}, but in ${written.transactions} transactions`;
}

function wordOf(code: string): string {
  return code === "reauthentication_required" ? "password" : code.replaceAll("_", " ");
}
