"use client";

import { useParams } from "next/navigation";
import { useState } from "react";
import type { Membership } from "@/lib/services/users/list-memberships";

/** The organization in the URL; on pages without one, the last one visited, or else the first. */
export function useCurrentOrganization(memberships: readonly Membership[]): Membership | undefined {
  const { organization: slug } = useParams<{ organization?: string }>();
  const [last, setLast] = useState(slug);
  const of = (wanted: string | undefined) => memberships.find((membership) => membership.slug === wanted);
  if (slug !== last && of(slug) !== undefined) setLast(slug);
  return of(slug) ?? of(last) ?? memberships[0];
}
