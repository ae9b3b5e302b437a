import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { type CodeLanguage, highlight } from "./highlight";

const colours = {
  plain: "",
  comment: "text-ink-faint",
  string: "text-status-active-ink",
  keyword: "text-status-paused-ink",
  name: "text-accent-ink",
  number: "text-accent-ink",
} as const;

type CodeBlockProps = {
  label: string;
  code: string;
  language: CodeLanguage;
  /** The text to copy, if it differs from the code shown. */
  copied?: string;
};

/** Code to copy, coloured on the server. */
export function CodeBlock({ label, code, language, copied = code }: CodeBlockProps) {
  const pieces = highlight(code, language).map((piece, index) => ({ ...piece, at: `${index}` }));
  return (
    <CodeFrame label={label} code={copied}>
      {pieces.map(({ text, kind, at }) =>
        kind === "plain" ? (
          text
        ) : (
          <span key={at} className={colours[kind]}>
            {text}
          </span>
        ),
      )}
    </CodeFrame>
  );
}

/** Long lines wrap instead of scrolling sideways; the copied text is unwrapped. */
export function CodeFrame({ label, code, children }: { label: string; code: string; children: ReactNode }) {
  return (
    <figure
      translate="no"
      aria-label={label}
      className="relative min-w-0 rounded-md border bg-subtle p-3 pr-10"
    >
      <pre className="whitespace-pre-wrap font-mono text-ink text-xs leading-5 [overflow-wrap:anywhere]">
        {children}
      </pre>
      <CopyButton value={code} label={`Copy ${label}`} className="absolute! top-1.5 right-1.5" />
    </figure>
  );
}
