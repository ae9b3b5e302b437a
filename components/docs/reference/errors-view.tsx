import { Badge } from "@/components/ui/badge";
import type { ErrorCode } from "@/lib/core/error";
import { errorStatus, errorTitles } from "@/lib/core/error";
import { errorHelp } from "@/lib/core/error-help";
import { DocsPage } from "../frame/docs-page";
import type { Neighbours } from "../frame/docs-sections";
import { errorsPage } from "../frame/docs-sections";

const codes = Object.keys(errorStatus) as ErrorCode[];

/** Every error of the API and the dashboard; a problem's `type` links here. */
export function ErrorsView({ neighbours }: { neighbours: Neighbours }) {
  return (
    <DocsPage
      title={errorsPage.title}
      about="What each error code means, and what to do about it. Programs should decide by the code."
      neighbours={neighbours}
    >
      {codes.map((code) => (
        <section
          key={code}
          id={code}
          aria-labelledby={`${code}-heading`}
          className="mt-6 grid scroll-mt-28 gap-2 border-t pt-6 md:scroll-mt-16 target:border-accent"
        >
          <h2 id={`${code}-heading`} className="flex flex-wrap items-center gap-2 font-semibold text-ink">
            <code className="font-mono text-sm">{code}</code>
            <Badge className="font-normal tabular-nums">{errorStatus[code]}</Badge>
          </h2>
          <p className="font-medium text-ink text-sm">{errorTitles[code]}</p>
          <p className="text-ink-muted text-sm">{errorHelp[code].meaning}</p>
          <p className="text-ink-muted text-sm">{errorHelp[code].remedy}</p>
        </section>
      ))}
    </DocsPage>
  );
}
