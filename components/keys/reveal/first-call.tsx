"use client";

import { useId, useState } from "react";
import { Segments } from "@/components/ui/choice/segments";

const languages = ["Shell", "Node.js", "Python", "Go"] as const;
type Language = (typeof languages)[number];

/** Example calls to paste. None contains the secret, so that it stays out of files and the shell's history. */
export function FirstCall() {
  const id = useId();
  const [language, setLanguage] = useState<Language>("Shell");
  // Only rendered in an open dialog, so `window` exists.
  const code = callIn[language](`${window.location.origin}/v1/me`);
  return (
    <section aria-labelledby={id} className="grid grid-cols-1 gap-1.5">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p id={id} className="font-medium text-ink text-sm">
          First call
        </p>
        <Segments
          aria-label="Language of the first call"
          options={languages.map((each) => ({ value: each, label: each }))}
          value={language}
          onValueChange={setLanguage}
        />
      </div>
      {/* One click selects the whole call. A copy button here would compete with the secret's. */}
      <pre className="select-all overflow-x-auto whitespace-pre-wrap rounded-md border bg-subtle p-2.5 font-mono text-ink text-xs leading-5 [overflow-wrap:anywhere]">
        {code}
      </pre>
      <p className="text-ink-muted text-xs">
        {language === "Shell"
          ? "Paste the secret where the first line waits; it stays out of your shell history."
          : "Set LATCHKEY_TOKEN to the secret first."}{" "}
        <a
          href="/docs"
          target="_blank"
          rel="noreferrer"
          className="whitespace-nowrap rounded text-accent-ink underline"
        >
          API documentation
        </a>
      </p>
    </section>
  );
}

const callIn: Record<Language, (url: string) => string> = {
  Shell: (url) => `read -rs LATCHKEY_TOKEN
curl -s '${url}' \\
  -H "Authorization: Bearer $LATCHKEY_TOKEN"`,
  "Node.js": (url) => `const response = await fetch("${url}", {
  headers: { Authorization: \`Bearer \${process.env.LATCHKEY_TOKEN}\` },
});
console.log(await response.json());`,
  Python: (url) => `import os, urllib.request

request = urllib.request.Request("${url}")
request.add_header("Authorization", "Bearer " + os.environ["LATCHKEY_TOKEN"])
print(urllib.request.urlopen(request).read().decode())`,
  Go: (url) => `request, _ := http.NewRequest("GET", "${url}", nil)
request.Header.Set("Authorization", "Bearer "+os.Getenv("LATCHKEY_TOKEN"))
response, err := http.DefaultClient.Do(request)`,
};
