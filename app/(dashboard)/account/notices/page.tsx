import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import type { UrlParameters } from "@/app/(dashboard)/shown-list";
import { MarkReadButton } from "@/components/notices/mark-read-button";
import { NoNotices } from "@/components/notices/no-notices";
import { NoticeList } from "@/components/notices/notice-list";
import { PageHeading } from "@/components/shell/page-heading";
import { Button } from "@/components/ui/button";
import { NowProvider } from "@/components/ui/time/now-provider";
import { requestOrigin } from "@/lib/auth/request-origin";
import { requireUser } from "@/lib/auth/require-user";
import { readNoticesAddress } from "@/lib/schemas/notices/notices";
import { listNotices } from "@/lib/services/notices/list-notices";
import { listMemberships } from "@/lib/services/users/list-memberships";

export const metadata: Metadata = { title: "Notices" };

export default async function NoticesPage({ searchParams }: { searchParams: Promise<UrlParameters> }) {
  const user = await requireUser();
  const asked = readNoticesAddress(await searchParams);
  const [listed, memberships] = await Promise.all([listNotices(user, asked), listMemberships(user.userId)]);
  if (!listed.ok) notFound();
  const { notices, unreadThrough, before } = listed.value;
  const now = (await requestOrigin()).at;
  return (
    <NowProvider serverNow={now}>
      <div className="grid max-w-3xl grid-cols-1 gap-6">
        <PageHeading
          title="Notices"
          action={unreadThrough === null ? undefined : <MarkReadButton through={unreadThrough} />}
        >
          What happened to your keys and organizations in the last 90 days.{" "}
          <Link
            href="/account/notices/mail"
            className="rounded-sm text-accent-ink underline underline-offset-2"
          >
            Choose what you get by mail
          </Link>
        </PageHeading>
        <NoticeList notices={notices} now={now} showOrganization={memberships.length > 1} />
        {notices.length === 0 && <NoNotices isFirstPage={asked === null} />}
        {(before !== null || (asked !== null && notices.length > 0)) && (
          <nav aria-label="Pages" className="flex items-center gap-2">
            {asked !== null && (
              <Button asChild>
                <Link href="/account/notices">Newest</Link>
              </Button>
            )}
            {before !== null && (
              <Button asChild>
                <Link href={`/account/notices?before=${before}`}>Older</Link>
              </Button>
            )}
          </nav>
        )}
      </div>
    </NowProvider>
  );
}
