"use client";

import { Tabs } from "radix-ui";
import { CodeBlock } from "./code-block";
import type { SampleLanguage } from "./code-samples";
import { sampleLanguages } from "./code-samples";
import { useDocs } from "./docs-context";

/** One call in each language. Choosing a language applies to every sample on the page. */
export function CodeSampleTabs({
  name,
  samples,
}: {
  name: string;
  samples: Readonly<Record<SampleLanguage, string>>;
}) {
  const { language, setLanguage } = useDocs();
  return (
    <Tabs.Root
      value={language}
      onValueChange={(value) => setLanguage(value as SampleLanguage)}
      className="grid min-w-0 gap-2"
    >
      <Tabs.List aria-label={`${name} by`} className="flex gap-1">
        {sampleLanguages.map((each) => (
          <Tabs.Trigger
            key={each}
            value={each}
            className="rounded-md px-2 py-1 text-ink-muted text-xs hover:text-ink data-[state=active]:bg-subtle-strong data-[state=active]:font-medium data-[state=active]:text-ink"
          >
            {each}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {sampleLanguages.map((each) => (
        <Tabs.Content key={each} value={each} tabIndex={-1} className="min-w-0">
          <CodeBlock label={`${name} by ${each}`} code={samples[each]} />
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
