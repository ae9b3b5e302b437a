import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { requireContext } from "@/lib/auth/require-context";
import { maySeeAllKeys } from "@/lib/core/access/manage-keys";

type KeysLayoutProps = { params: Promise<{ organization: string }>; children: ReactNode };

/**
 * Checked here as well as in the page: once loading.tsx is sent the status is 200, and people who may not see the page
 * must get a 404.
 */
export default async function KeysLayout({ params, children }: KeysLayoutProps) {
  const { organization, level } = await requireContext((await params).organization);
  if (!maySeeAllKeys({ level, keyCreators: organization.keyCreators })) notFound();
  return children;
}
