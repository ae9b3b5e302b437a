"use client";

import type { Answer } from "@/components/forms/use-answer";
import { KeyLine } from "@/components/keys/list/key-line";
import { Badge } from "@/components/ui/badge";
import { Select } from "@/components/ui/choice/select";
import { Field } from "@/components/ui/field";
import { Skeleton } from "@/components/ui/skeleton";
import type { AffectedKey, MemberConsequences } from "@/lib/services/members/member-view";
import { nobody, type useTransfers } from "./use-transfers";

type AffectedKeysProps = {
  consequences: Answer<MemberConsequences>;
  transfers: ReturnType<typeof useTransfers>;
  /** The list's accessible name, also shown above it. */
  label: (count: number) => string;
  /** What happens to a key that is not transferred. */
  otherwise: string;
  none: string;
  /** Shows which permissions each key loses; for keys that keep working. */
  showsLoss?: boolean;
};

/** The keys a removal ends or a demotion limits, each with the people it could be transferred to. */
export function AffectedKeys(props: AffectedKeysProps) {
  const { consequences, transfers, label, otherwise, none, showsLoss = false } = props;
  if (consequences === "loading") {
    return (
      <div className="grid gap-2">
        <p role="status" className="sr-only">
          Loading the keys
        </p>
        <Skeleton className="h-4 w-2/3" />
        <Skeleton className="h-20 w-full" />
      </div>
    );
  }
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
