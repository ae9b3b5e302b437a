import { classNames } from "@/components/ui/class-names";

type SubjectTextProps = {
  subject: string;
  /** Wraps; otherwise it is cut off at the column's edge. */
  whole?: boolean;
};

/** Spaces are part of a subject, so all of them are shown. */
export function SubjectText({ subject, whole = false }: SubjectTextProps) {
  return (
    <span
      title={whole ? undefined : subject}
      className={classNames(
        "font-mono text-ink text-xs leading-5",
        whole ? "whitespace-pre-wrap [overflow-wrap:anywhere]" : "block truncate whitespace-pre",
      )}
    >
      {subject}
    </span>
  );
}
