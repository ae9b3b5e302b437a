"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { CodeBlock } from "./code-block";
import { useDocs } from "./docs-context";
import type { OperationFacts } from "./read-reference";
import { type Answer, send } from "./send-call";

/** Sends a call from this page to this installation, with the credential the reader entered. */
export function TryIt({ operation }: { operation: OperationFacts }) {
  const { token, setToken } = useDocs();
  const [pending, setPending] = useState(false);
  const [answer, setAnswer] = useState<Answer | null>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = new Map(
      [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]),
    );
    setPending(true);
    setAnswer(await send(operation, values, token));
    setPending(false);
  };
  return (
    <details className="rounded-md border bg-surface">
      <summary className="cursor-pointer rounded-md px-3 py-2 font-medium text-ink text-sm hover:bg-subtle">
        Try it<span className="sr-only">: {operation.summary}</span>
      </summary>
      {/* With method="dialog" a submit before the page's script has loaded does nothing. With any other method the
          browser would submit the form itself, and a token in the body would end up in the URL. */}
      <form method="dialog" onSubmit={submit} className="grid gap-3 border-t p-3" autoComplete="off">
        {operation.credentials.length > 0 && (
          <Field
            label="Token"
            hint="Stays in this page's memory, for all its forms, and is sent only to this server."
          >
            <Input
              type="password"
              autoComplete="off"
              data-1p-ignore=""
              spellCheck={false}
              value={token}
              onChange={(event) => setToken(event.target.value)}
              className="font-mono"
            />
          </Field>
        )}
        {operation.parameters.map(({ name, required, in: place, type }) => (
          <Field key={name} label={name} required={required} aside={place} hint={type}>
            <Input name={`${place}:${name}`} required={required} className="font-mono" spellCheck={false} />
          </Field>
        ))}
        {operation.body !== null && (
          <Field label="Body" aside={operation.body.type}>
            <Textarea
              name="body"
              rows={8}
              spellCheck={false}
              className="font-mono text-xs!"
              defaultValue={JSON.stringify(operation.body.example ?? {}, null, 2)}
            />
          </Field>
        )}
        <div>
          <Button type="submit" variant="primary" pending={pending}>
            Send
          </Button>
        </div>
        <div aria-live="polite" className="grid min-w-0 gap-2 empty:hidden">
          {answer !== null && (
            <>
              <p className="text-ink text-sm">{answer.summary}</p>
              {answer.text !== "" && <CodeBlock label="the answer" code={answer.text} />}
            </>
          )}
        </div>
      </form>
    </details>
  );
}
