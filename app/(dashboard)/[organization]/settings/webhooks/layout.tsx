import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { requireContext } from "@/lib/auth/require-context";
import { levelHolds } from "@/lib/core/access/permission";

type WebhooksLayoutProps = { params: Promise<{ organization: string }>; children: ReactNode };

/** Checked here as well as in the page: once loading.tsx is sent the status is 200, and this must be a 404. */
export default async function WebhooksLayout({ params, children }: WebhooksLayoutProps) {
  const { organization, level } = await requireContext((await params).organization);
  if (!levelHolds(level, "webhooks:manage", organization.keyCreators)) notFound();
  return children;
}
