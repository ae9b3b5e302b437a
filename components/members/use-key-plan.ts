"use client";

import { useEffect, useState } from "react";
import { isConfirmed, stillCounting } from "@/components/forms/text-to-confirm";
import { type Answer, useAnswer } from "@/components/forms/use-answer";
import { useImpactPage } from "@/components/keys/impact/most-used-keys";
import { type KeyRule, planReceivers } from "@/lib/core/keys/impact/key-plan";
import { type Failure, mapResult, type Result } from "@/lib/core/result";
import type { KeyPlanInput } from "@/lib/schemas/member";
import type { WithUse } from "@/lib/services/keys/impact/keys-impact";
import type { AccessImpact, AffectedKey } from "@/lib/services/members/member-view";

export type PlannedKey = WithUse<AffectedKey>;

type Exceptions = Readonly<Record<string, { readonly key: PlannedKey; readonly toUserId: string | null }>>;

/**
 * The state of the decision about a person's keys when their access ends or shrinks: one rule for all, and exceptions.
 *
 * @param ends whether keys that are not transferred are revoked; otherwise they lose permissions
 * @param failed the last refusal of the change; after a conflict, the keys are read again
 */
export function useKeyPlan<Asked extends object>(
  read: (organization: string, asked: Asked & { page: number }) => Promise<Result<AccessImpact>>,
  asked: Asked,
  { ends, failed }: { ends: boolean; failed: Failure | null },
) {
  const pages = useImpactPage();
  const [answer, readAgain] = useAnswer(read, { ...asked, page: pages.page });
  // While the next page of keys loads, the last answer keeps the totals on screen.
  const [last, setLast] = useState<AccessImpact | null>(null);
  if (answer !== "loading" && answer.ok && answer.value !== last) setLast(answer.value);
  const [chosen, setChosen] = useState<{ rule?: KeyRule; toUserId?: string }>({});
  const [exceptions, setExceptions] = useState<Exceptions>({});
  const [typed, setTyped] = useState("");
  useEffect(() => {
    if (failed?.code !== "conflict") return;
    setExceptions({});
    setTyped("");
    readAgain();
  }, [failed, readAgain]);

  const known = answer === "loading" || answer.ok ? last : null;
  const receiver =
    known?.receivers.find(({ id }) => id === chosen.toUserId) ??
    known?.receivers.find(({ isSelf }) => isSelf) ??
    known?.receivers[0];
  const used = known === null ? 0 : known.counts.today + known.counts.earlier;
  const offered = rulesFor(used, receiver !== undefined);
  // By default keys in use are transferred, so that they stay alive. A demotion ends no key, so its default transfers
  // none.
  const usual = ends ? offered[0] : "transfer_none";
  const rule = offered.find((each) => each === chosen.rule) ?? usual ?? "transfer_none";
  const toUserId = receiver?.id ?? null;

  const ruled = planReceivers({ rule, toUserId, except: [] });
  const total = known?.total ?? 0;
  const moved = movedBy(rule, receiver?.canGet) + movedByExceptions(exceptions, ruled);
  const stay = total - moved;
  const number = String(stay);
  const label = `Type ${number}, the number of keys revoked, to confirm`;
  const asks = ends && stay > 0 && used > 0;
  const decide = (key: PlannedKey, to: string | null) =>
    setExceptions(({ [key.id]: _, ...others }) =>
      ruled(key) === to ? others : { ...others, [key.id]: { key, toUserId: to } },
    );
  return {
    answer,
    known,
    pages,
    rows: rowsOf(answer),
    rule,
    offered,
    used,
    receiver,
    moved,
    stay,
    decide,
    /** Who gets this key. */
    receiverOf: (key: PlannedKey) =>
      key.id in exceptions ? (exceptions[key.id]?.toUserId ?? null) : ruled(key),
    /** Changes the rule or the receiver for all keys, and drops the exceptions. */
    choose: (over: { rule?: KeyRule; toUserId?: string }) => {
      setChosen((before) => ({ ...before, ...over }));
      setExceptions({});
    },
    confirmation: { asks, label, text: number, typed, onType: setTyped },
    /** What is missing before the change can be made, as a sentence. */
    missing: known === null ? stillCounting : asks && !isConfirmed(typed, number) ? `${label}.` : undefined,
    /** The plan to send to the server; undefined if there are no keys. */
    input: (): KeyPlanInput =>
      known === null || total === 0
        ? undefined
        : {
            rule,
            toUserId: rule === "transfer_none" ? null : toUserId,
            except: Object.values(exceptions).map(({ key, toUserId: to }) => ({
              keyId: key.id,
              toUserId: to,
            })),
            seen: known.seen,
            stay,
          },
  };
}

/**
 * The rules to offer, the default for a removal first. Without keys in use, "transfer used" would equal "transfer
 * none".
 */
function rulesFor(used: number, receivers: boolean): readonly KeyRule[] {
  if (!receivers) return ["transfer_none"];
  return used > 0 ? ["transfer_used", "transfer_all", "transfer_none"] : ["transfer_none", "transfer_all"];
}

function movedBy(rule: KeyRule, canGet: AccessImpact["receivers"][number]["canGet"] | undefined): number {
  if (canGet === undefined || rule === "transfer_none") return 0;
  return rule === "transfer_all" ? canGet.all : canGet.used;
}

function movedByExceptions(exceptions: Exceptions, ruled: (key: PlannedKey) => string | null): number {
  return Object.values(exceptions).reduce(
    (sum, { key, toUserId }) => sum + Number(toUserId !== null) - Number(ruled(key) !== null),
    0,
  );
}

function rowsOf(impact: Answer<AccessImpact>): Answer<readonly PlannedKey[]> {
  return impact === "loading" ? impact : mapResult(impact, ({ keys }) => keys);
}
