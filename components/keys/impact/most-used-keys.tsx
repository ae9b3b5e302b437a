"use client";

import { type ReactNode, useId, useState } from "react";
import type { Answer } from "@/components/forms/use-answer";
import { Button } from "@/components/ui/button";
import { countOf } from "@/components/ui/count-of";
import { grouped } from "@/components/ui/grouped";
import { Skeleton } from "@/components/ui/skeleton";
import { RelativeTime } from "@/components/ui/time/relative-time";
import { levelWord } from "@/lib/core/access/access-level";
import type { WithUse } from "@/lib/services/keys/impact/keys-impact";
import type { KeyRow } from "@/lib/services/keys/read/key-view";
import { namespaceWords } from "../key-words";

export type ImpactedKey = WithUse<Pick<KeyRow, "id" | "name" | "accessLevel" | "namespace" | "lastUsedAt">>;

const mostUsed = 20;
const pageSize = 50;

/** The page of the list: 0 shows the most used keys, the pages from 1 on list all keys. */
export function useImpactPage() {
  const [page, setPage] = useState(0);
  return { page, setPage };
}

type MostUsedKeysProps<Key extends ImpactedKey> = {
  /** Left out if the list shows only the most used keys. */
  pages?: ReturnType<typeof useImpactPage>;
  total: number;
  /** The list's accessible name instead of the number of keys. */
  label?: string;
  /** The rows of this page. */
  rows: Answer<readonly Key[]>;
  /** Rendered at the end of a row. */
  choice?: (key: Key) => ReactNode;
  /** Rendered below a row. */
  more?: (key: Key) => ReactNode;
};

/** The 20 keys with the most calls; the rest is paginated, because thousands of rows would take seconds to render. */
export function MostUsedKeys<Key extends ImpactedKey>(props: MostUsedKeysProps<Key>) {
  const { pages, total, label, rows, choice, more } = props;
  const page = pages?.page ?? 0;
  const id = useId();
  const all = total <= mostUsed || page > 0;
  const last = Math.ceil(total / pageSize);
  return (
    <section aria-labelledby={id} className="grid grid-cols-1 rounded-md border">
      <div className="flex items-baseline justify-between gap-3 px-3 py-2 text-sm">
        <p className="text-ink-muted">
          <span id={id} className="font-medium text-ink">
            {all ? (label ?? countOf(total, "key")) : `${mostUsed} most used`}
          </span>
          {all && label !== undefined && ","} by calls in 24 hours
        </p>
        {pages !== undefined && total > mostUsed && (
          <Button variant="link" size="inline" onClick={() => pages.setPage(page === 0 ? 1 : 0)}>
            {page === 0 ? `Show all ${grouped(total)}` : `Show the ${mostUsed} most used`}
          </Button>
        )}
      </div>
      <Rows id={id} rows={rows} choice={choice} more={more} />
      {pages !== undefined && page > 0 && last > 1 && (
        <nav aria-label="Pages of keys" className="flex items-center gap-2 border-t px-3 py-2">
          <p role="status" className="mr-auto text-ink-muted text-xs tabular-nums">
            {grouped((page - 1) * pageSize + 1)}–{grouped(Math.min(total, page * pageSize))} of{" "}
            {grouped(total)}
          </p>
          <Button size="small" resting={page === 1} onClick={() => pages.setPage(page - 1)}>
            Previous keys
          </Button>
          <Button size="small" resting={page >= last} onClick={() => pages.setPage(page + 1)}>
            Next keys
          </Button>
        </nav>
      )}
    </section>
  );
}

type RowsProps<Key extends ImpactedKey> = { id: string } & Pick<
  MostUsedKeysProps<Key>,
  "rows" | "choice" | "more"
>;

function Rows<Key extends ImpactedKey>({ id, rows, choice, more }: RowsProps<Key>) {
  if (rows === "loading") return <Skeleton className="mx-3 mb-3 h-24" />;
  if (!rows.ok) {
    return (
      <p role="alert" className="border-t px-3 py-2 text-danger-ink text-sm">
        {rows.detail}
      </p>
    );
  }
  return (
    <ul
      aria-labelledby={id}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: only with focus can the keyboard scroll it
      tabIndex={0}
      className="scroll-edges max-h-[min(16rem,27dvh)] divide-y overflow-y-auto border-t"
    >
      {rows.value.map((key) => (
        <li key={key.id} className="grid gap-1 px-3 py-2">
          <div className="flex items-center gap-3">
            <div className="grid min-w-0 flex-1 gap-0.5">
              <p dir="auto" className="truncate text-start font-medium text-ink text-sm" title={key.name}>
                {key.name}
              </p>
              <p className="truncate text-ink-muted text-xs" title={key.namespace.name}>
                {levelWord(key.accessLevel)} · {namespaceWords[key.namespace.type]} {key.namespace.name}
              </p>
            </div>
            <p className="shrink-0 text-right text-xs">
              <span className="block text-ink tabular-nums">{grouped(key.calls)}</span>
              <span className="text-ink-muted">
                {key.lastUsedAt === null ? "Never used" : <RelativeTime moment={key.lastUsedAt} short />}
              </span>
            </p>
            {choice?.(key)}
          </div>
          {more?.(key)}
        </li>
      ))}
    </ul>
  );
}
