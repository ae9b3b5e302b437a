import { countOf } from "@/components/ui/count-of";
import { grouped } from "@/components/ui/grouped";
import { dayText, zonedText } from "@/components/ui/time/zoned-text";
import type { NoticeWords } from "@/lib/core/notices/notice-text";

const toTheMinute = {
  ...({ day: "numeric", month: "short", year: "numeric" } as const),
  ...({ hour: "2-digit", minute: "2-digit", timeZoneName: "short" } as const),
};

/** Isolates a name, so that right-to-left text does not reorder the rest of the sentence. */
const isolated = (text: string) => `\u2068${text}\u2069`;

/** How pages format the values in a notice. */
export const pageWords: NoticeWords = {
  name: isolated,
  url: isolated,
  day: (moment) => dayText(moment, "UTC"),
  moment: (moment) => zonedText(moment, "UTC", toTheMinute),
  number: grouped,
  count: countOf,
};
