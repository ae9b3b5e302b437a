/** Text from the description: paragraphs, with code in backticks. */
export function Prose({ text }: { text: string }) {
  return text.split(/\n\n+/).map((paragraph) => (
    <p key={paragraph} className="text-ink-muted text-sm leading-6 [overflow-wrap:anywhere]">
      <Words text={paragraph} />
    </p>
  ));
}

/** One line of prose. */
export function Words({ text }: { text: string }) {
  // Every second part is code from between backticks.
  const parts = text
    .split("`")
    .map((part, index) => ({ part, code: index % 2 === 1, at: `${index} ${part}` }));
  return parts.map(({ part, code, at }) =>
    code ? (
      <code key={at} className="rounded-sm bg-subtle px-0.5 py-px font-mono text-[0.8125rem] text-ink">
        {part}
      </code>
    ) : (
      part
    ),
  );
}
