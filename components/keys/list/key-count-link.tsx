"use client";

import Link from "next/link";
import { useParams } from "next/navigation";
import { countOf } from "@/components/ui/count-of";
import { grouped } from "@/components/ui/grouped";

type KeyCountLinkProps = {
  count: number;
  /** The query string that lists just these keys, such as "creator=...". */
  query: string;
  noun: "key" | "live key";
  /** Completes the accessible name, such as "of Ana Sousa". */
  of: string;
};

/** A number of keys that links to their list. */
export function KeyCountLink({ count, query, noun, of }: KeyCountLinkProps) {
  const { organization } = useParams<{ organization: string }>();
  if (count === 0) return <span className="tabular-nums">0</span>;
  return (
    <Link
      href={`/${organization}/settings/api-keys?${query}`}
      prefetch={false}
      aria-label={`${countOf(count, noun)} ${of}`}
      className="rounded tabular-nums underline decoration-line-strong underline-offset-4 hover:decoration-current"
    >
      {grouped(count)}
    </Link>
  );
}
