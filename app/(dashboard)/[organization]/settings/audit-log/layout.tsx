import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { requireContext } from "@/lib/auth/require-context";
import { levelHolds } from "@/lib/core/access/permission";

type AuditLogLayoutProps = { params: Promise<{ organization: string }>; children: ReactNode };

/** Checked here as well as in the page: once loading.tsx is sent the status is 200, and this must be a 404. */
export default async function AuditLogLayout({ params, children }: AuditLogLayoutProps) {
  const { organization, level } = await requireContext((await params).organization);
  if (!levelHolds(level, "audit:read", organization.keyCreators)) notFound();
  return children;
}
