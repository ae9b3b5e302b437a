import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { labelsByName } from "@/lib/core/keys/attributes/key-labels";
import type { KeyAttributes } from "@/lib/services/keys/key-attributes";
import { Facts } from "../facts";
import { LabelChips } from "../list/label-chips";
import { SubjectText } from "../list/subject-text";

/** The attributes that verification returns. */
export function VerificationFacts({ subject, metadata }: Pick<KeyAttributes, "subject" | "metadata">) {
  return (
    <Facts
      label="Returned by verification"
      facts={[
        [
          "Subject",
          subject === null ? (
            "None"
          ) : (
            <span key="subject" className="flex items-start gap-1">
              <SubjectText subject={subject} whole />
              <CopyButton
                value={subject}
                label="Copy subject"
                className="-my-1 text-ink-faint! hover:text-ink!"
              />
            </span>
          ),
        ],
        ["Metadata", metadata === null ? "None" : <MetadataText key="metadata" written={metadata} />],
      ]}
    />
  );
}

/** The attributes that only people see. */
export function LabelFacts({ labels }: Pick<KeyAttributes, "labels">) {
  const shown = labelsByName(labels);
  return (
    <section aria-label="Labels" className="text-ink text-sm">
      {shown.length === 0 ? "None" : <LabelChips labels={shown} />}
    </section>
  );
}

/** The metadata exactly as verification returns it. Long metadata scrolls, so that the rest stays in view. */
function MetadataText({ written }: { written: string }) {
  return (
    <div className="relative rounded-md border bg-subtle">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard */}
      <section aria-label="Metadata" tabIndex={0} className="max-h-64 overflow-y-auto rounded-md p-2.5 pr-10">
        <pre className="whitespace-pre-wrap font-mono text-ink text-xs leading-5 [overflow-wrap:anywhere]">
          {withNamesMarked(written)}
        </pre>
      </section>
      <CopyButton
        value={written}
        label="Copy metadata"
        className="absolute! top-1 right-1 bg-subtle text-ink-faint! hover:text-ink!"
      />
    </div>
  );
}

/** Colors the member names without changing the text. */
function withNamesMarked(written: string): ReactNode[] {
  let at = 0;
  return written.split(/("(?:[^"\\]|\\.)*")(?=\s*:)/).map((part, index) => {
    const key = at;
    at += part.length;
    return index % 2 === 0 ? (
      part
    ) : (
      <span key={key} className="text-accent-ink">
        {part}
      </span>
    );
  });
}
