import { withoutAuditEntries } from "@/e2e/support/database/without-audit-entries";
import type { Result } from "@/lib/core/result";
import type { MemberContext, Organization } from "@/lib/services/access/context";
import { changedTables, databaseState, writtenSince } from "./database-state";
import { inBrowserOf } from "./doors";
import type { ActorName, MatrixWorld, Member } from "./matrix-world";

/** How to call a row's verb. */
export type Call<Target> = {
  /** Like a browser: the server action, or the page that reads. */
  readonly door: (organization: string, target: Target) => Promise<Result<unknown>>;
  /** For verbs that write, the verb itself: for contexts that an entry point would refuse. */
  readonly verb?: (context: MemberContext, target: Target) => Promise<Result<unknown>>;
  /** Whether the target has an id that could be sent to another organization. */
  readonly byId?: true | ((target: Target) => boolean);
};

/** Creates a new target for the verb. */
export type MakeTarget<Target> = (world: MatrixWorld, actor: Member) => Promise<Target>;

export type Row<Target> = {
  readonly call: Call<Target>;
  readonly makeTarget: MakeTarget<Target>;
  /** The number of audit entries that a success writes. */
  readonly entries: number;
};

/**
 * Runs one cell in every way this actor has, and returns the outcome in the table's words. Also reports rows written
 * despite a refusal, and wrong rows after a success.
 *
 * @param changes whether a change is expected, so that each way needs a new target
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

/** The outcome of an owner's change whose audit entry cannot be written, in the table's words or "stopped". */
export async function tryWithoutAudit<Target>(
  world: MatrixWorld,
  { call, makeTarget }: Pick<Row<Target>, "call" | "makeTarget">,
): Promise<string> {
  const actor = await world.actor("owner", true);
  const target = await makeTarget(world, actor);
  const before = await databaseState();
  const outcome = await withoutAuditEntries(async () => {
    const attempt = inBrowserOf(actor, () => call.door(world.context.organization.slug, target));
    const result = await attempt.catch(() => null);
    if (result === null || (!result.ok && result.code === "internal")) return "stopped";
    return result.ok ? "ok" : wordOf(result.code);
  });
  const changed = changedTables(before, await databaseState());
  return changed.length === 0 ? outcome : `${outcome}, but changed ${changed.join(", ")}`;
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
