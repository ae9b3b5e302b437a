import { CopyButton } from "@/components/ui/copy-button";

/** Code to copy. Long lines wrap instead of scrolling sideways; the copied text is unwrapped. */
export function CodeBlock({ label, code }: { label: string; code: string }) {
  return (
    <figure
      translate="no"
      aria-label={label}
      className="relative min-w-0 rounded-md border bg-subtle p-3 pr-10"
    >
      <pre className="whitespace-pre-wrap font-mono text-ink text-xs leading-5 [overflow-wrap:anywhere]">
        {code}
      </pre>
      <CopyButton value={code} label={`Copy ${label}`} className="absolute! top-1.5 right-1.5" />
    </figure>
  );
}
