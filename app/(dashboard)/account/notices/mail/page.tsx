import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DailyMailTime } from "@/components/notices/daily-mail-time";
import { MailChoicesForm } from "@/components/notices/mail-choices-form";
import { PageHeading } from "@/components/shell/page-heading";
import { Alert } from "@/components/ui/alert";
import { requestOrigin } from "@/lib/auth/request-origin";
import { requireUser } from "@/lib/auth/require-user";
import { nextReminders } from "@/lib/core/notices/mail-times";
import { chosenKinds, paceOf } from "@/lib/core/notices/notice-kinds";
import { kindWords } from "@/lib/core/notices/notice-text";
import { isMailSet } from "@/lib/services/mail/is-mail-set";
import { readNoticeChoices } from "@/lib/services/notices/mail/read-notice-choices";

export const metadata: Metadata = { title: "Notices by mail" };

const groups = [
  { title: "At once", pace: "urgent" },
  { title: "In one mail a day", pace: "daily" },
].map(({ title, pace }) => ({
  title,
  pace,
  choices: chosenKinds.filter((kind) => paceOf[kind] === pace).map((kind) => ({ kind, ...kindWords[kind] })),
}));

export default async function NoticeMailPage() {
  const user = await requireUser();
  const choices = await readNoticeChoices(user);
  if (!choices.ok) notFound();
  const reminders = nextReminders((await requestOrigin()).at);
  return (
    <div className="grid max-w-2xl grid-cols-1 gap-6">
      <PageHeading title="Notices by mail">
        The dashboard shows all of them. Choose which ones are also mailed to {user.email}. A sign-in from a
        new browser and a shorter audit log always are.
      </PageHeading>
      {!isMailSet() && (
        <Alert>
          This server sends no mail, because SMTP_URL is not set. Your choices are kept for when it is.
        </Alert>
      )}
      <MailChoicesForm
        groups={groups.map(({ title, pace, choices: kinds }) => ({
          ...{ title, choices: kinds },
          about: pace === "daily" ? <DailyMailTime reminders={reminders} /> : undefined,
        }))}
        mailed={choices.value}
      />
    </div>
  );
}
