import { z } from "zod";
import { noticeKinds } from "@/lib/core/notices/notice-kinds";

export const markNoticesReadInput = z.strictObject({ through: z.int().min(0) });
export type MarkNoticesReadInput = z.output<typeof markNoticesReadInput>;

/** The kinds that a person wants by mail. */
export const chooseNoticeMailsInput = z.strictObject({
  mailed: z.array(z.enum(noticeKinds)).max(noticeKinds.length),
});
export type ChooseNoticeMailsInput = z.output<typeof chooseNoticeMailsInput>;

const address = z.object({ before: z.string().regex(/^\d{1,15}$/) });

/** Where the page's list of notices continues, from its URL; null for the newest, or if the parameter is invalid. */
export function readNoticesAddress(parameters: unknown): number | null {
  const parsed = address.safeParse(parameters);
  return parsed.success ? Number(parsed.data.before) : null;
}
