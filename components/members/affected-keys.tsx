"use client";

import { useState } from "react";
import type { Answer } from "@/components/forms/use-answer";
import { KeyLine, KeysLoading } from "@/components/keys/list/key-line";
import { Badge } from "@/components/ui/badge";
import { Select } from "@/components/ui/choice/select";
import { Field } from "@/components/ui/field";
import type { KeyTransfers } from "@/lib/schemas/member";
import type { AffectedKey, MemberConsequences } from "@/lib/services/members/member-view";

export type AffectedKeysWords = {
  /** The list's accessible name, also shown above it. */
  readonly label: (count: number) => string;
  /** What happens to a key that is not transferred. */
  readonly otherwise: string;
  readonly none: string;
  /** Shows which permissions each key loses; for keys that keep working. */
  readonly showsLoss?: boolean;
};

/** For changes after which the person has no access. */
export const accessEnds: AffectedKeysWords = {
  label: (count) => (count === 1 ? "1 key ends" : `${count} keys end`),
  otherwise: "No transfer: revoked",
  none: "No live key ends.",
};

type AffectedKeysProps = {
  consequences: Answer<MemberConsequences>;
  transfers: ReturnType<typeof useTransfers>;
  words: AffectedKeysWords;
};

/** The keys a removal ends or a demotion limits, each with the people it could be transferred to. */
export function AffectedKeys({ consequences, transfers, words }: AffectedKeysProps) {
  const { label, otherwise, none, showsLoss = false } = words;
  if (consequences === "loading") return <KeysLoading />;
  if (!consequences.ok) return null;
  const { keys, receivers } = consequences.value;
  if (keys.length === 0) return <p className="text-ink-muted text-sm">{none}</p>;
  const optionsFor = (ids: readonly string[] | null) => [
    { value: nobody, label: otherwise, text: otherwise },
    ...receivers
      .filter(({ id }) => ids === null || ids.includes(id))
      .map(({ id, name, email }) => ({ value: id, label: `Transfer to ${name}`, text: `${name} ${email}` })),
  ];
  const [first] = keys;
  const all = first !== undefined && keys.every((key) => transfers.of(key) === transfers.of(first));
  return (
    <div className="grid gap-3">
      <p className="font-medium text-ink text-sm">{label(keys.length)}</p>
      {keys.length > 1 && receivers.length > 0 && (
        <Field label="All of them" hint="Each key goes to somebody who could have generated it.">
          <Select
            value={all ? transfers.of(first) : ""}
            options={optionsFor(null)}
            onValueChange={(to) => transfers.giveAll(keys, to)}
          />
        </Field>
      )}
      <ul aria-label={label(keys.length)} className="grid divide-y rounded-md border">
        {keys.map((key) => (
          <li key={key.id} className="grid gap-2 px-3 py-2.5">
            <KeyLine apiKey={key} />
            {showsLoss && <LostPermissions apiKey={key} />}
            {key.receivers.length === 0 ? (
              <p className="text-ink-muted text-xs">Nobody else could have generated it here.</p>
            ) : (
              <Select
                aria-label={`What becomes of ${key.name}`}
                value={transfers.of(key)}
                options={optionsFor(key.receivers)}
                onValueChange={(to) => transfers.give(key, to)}
              />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function LostPermissions({ apiKey: { name, lost } }: { apiKey: AffectedKey }) {
  return (
    <details className="text-xs">
      <summary className="w-fit cursor-pointer text-ink-muted hover:text-ink">
        {lost.length === 1 ? "1 permission" : `${lost.length} permissions`} lost
      </summary>
      <ul aria-label={`What ${name} loses`} className="flex flex-wrap gap-1 pt-1.5">
        {lost.map((permission) => (
          <li key={permission} className="max-w-full">
            <Badge className="font-mono">{permission}</Badge>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The value for "nobody" in a select, which cannot have an empty value. */
const nobody = "nobody";

/** Tracks who gets each key affected by a change to a member. */
export function useTransfers() {
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  return {
    of: (key: AffectedKey) => chosen[key.id] ?? nobody,
    give: (key: AffectedKey, to: string) => setChosen((before) => ({ ...before, [key.id]: to })),
    /** Transfers every key this person can take, and leaves the other choices alone. */
    giveAll: (keys: readonly AffectedKey[], to: string) =>
      setChosen((before) => ({
        ...before,
        ...Object.fromEntries(
          keys.filter((key) => to === nobody || key.receivers.includes(to)).map((key) => [key.id, to]),
        ),
      })),
    list: (): KeyTransfers =>
      Object.entries(chosen)
        .filter(([, toUserId]) => toUserId !== nobody)
        .map(([keyId, toUserId]) => ({ keyId, toUserId })),
  };
}
