"use client";

import { useAnswer } from "@/components/forms/use-answer";
import { OwnersToAsk } from "@/components/members/owners-to-ask";
import { Alert } from "@/components/ui/alert";
import { countOf } from "@/components/ui/count-of";
import { grouped } from "@/components/ui/grouped";
import { Skeleton } from "@/components/ui/skeleton";
import { listBulkKeys } from "@/lib/actions/bulk-keys";
import type { BulkVerb } from "@/lib/core/keys/bulk/bulk-change";
import { listedAtOnce } from "@/lib/core/keys/bulk/bulk-change";
import { success } from "@/lib/core/result";
import type { ListBulkKeysInput } from "@/lib/schemas/bulk/bulk-keys";
import type { KeyChangesPreview } from "@/lib/services/keys/bulk/bulk-view";
import { MostUsedKeys, useImpactPage } from "../impact/most-used-keys";
import { CountsAndHours } from "../impact/use-of-keys";
import { notResumableText, skipWords } from "./bulk-words";

type BulkPreviewProps = { verb: BulkVerb; own: boolean; preview: KeyChangesPreview | null };

/** The result of the dry run: how many keys change, which are left alone and why, and which calls are at stake. */
export function BulkPreview({ verb, own, preview }: BulkPreviewProps) {
  if (preview === null) return <PreviewLoading />;
  const { keys, skipped, hours, callsLast24Hours, inUse, alsoChange, notResumable } = preview;
  const left = skipped.reduce((sum, { count }) => sum + count, 0);
  return (
    <section aria-label="Dry run" className="grid gap-4">
      <CountsAndHours
        label="What changes"
        counts={[
          [keys.length, countedWords(verb, keys.length)],
          [left, "left alone"],
          [callsLast24Hours, "calls in 24 hours"],
        ]}
        hours={hours}
      />
      {inUse > 0 && verb !== "resume" && (
        <p className="text-ink-muted text-sm">
          {keys.length === 1
            ? "It was"
            : `${inUse === keys.length ? "All" : grouped(inUse)} of them ${inUse === 1 ? "was" : "were"}`}{" "}
          used in the last 24 hours.
        </p>
      )}
      {alsoChange > 0 && (
        <p className="text-ink-muted text-sm">
          {countOf(alsoChange, "key")} made with their tokens {verb === "pause" ? "pause" : "end"}
          {alsoChange === 1 ? "s" : ""} with them.
        </p>
      )}
      {notResumable.count > 0 && (
        <Alert tone="warning" heading={notResumableText(notResumable, keys.length)}>
          <OwnersToAsk />
        </Alert>
      )}
      {keys.length > 0 && <ChangingKeys own={own} preview={preview} />}
      {left > 0 && (
        <div className="grid gap-1.5">
          <h3 className="font-medium text-ink text-sm">Left alone</h3>
          <ul aria-label="Left alone" className="grid gap-1 text-ink-muted text-sm">
            {skipped.map(({ reason, count, names }) => (
              <li key={reason} className="[overflow-wrap:anywhere]">
                <span className="text-ink">{countOf(count, "key")}:</span> {skipWords[reason]}
                {names.length > 0 && (
                  <span className="text-ink-faint">
                    {" "}
                    (<bdi>{names.join(", ")}</bdi>
                    {count > names.length && `, and ${grouped(count - names.length)} more`})
                  </span>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

type ChangingKeysProps = { own: boolean; preview: KeyChangesPreview };

/** Every key that changes, by name: the most used first, the rest a page at a time. */
function ChangingKeys({ own, preview: { keys, mostUsed } }: ChangingKeysProps) {
  const pages = useImpactPage();
  const from = (pages.page - 1) * listedAtOnce;
  const ids = pages.page === 0 ? null : keys.slice(from, from + listedAtOnce).map(({ id }) => id);
  const [answer] = useAnswer(listPage, ids === null ? null : { own, ids });
  const rows = ids === null ? success(mostUsed) : answer;
  return <MostUsedKeys pages={pages} total={keys.length} rows={rows} />;
}

const listPage = async (organization: string, page: ListBulkKeysInput | null) =>
  page === null ? success([]) : listBulkKeys(organization, page);

/** The words below the number of keys: "keys end" for Revoke and Delete, else "keys change". */
function countedWords(verb: BulkVerb, count: number): string {
  const ends = verb === "revoke" || verb === "delete";
  return count === 1 ? (ends ? "key ends" : "key changes") : ends ? "keys end" : "keys change";
}

function PreviewLoading() {
  return (
    <div className="grid gap-3">
      <p role="status" className="sr-only">
        Checking what would change
      </p>
      <Skeleton className="h-16 w-full" />
      <Skeleton className="h-4 w-2/3" />
      <Skeleton className="h-24 w-full" />
    </div>
  );
}
