"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { CodeFrame } from "../code/code-block";
import { useDocs } from "../frame/docs-context";
import { chosenIn, withChoice } from "./body-choices";
import { NativeSelect } from "./native-select";
import { type Response, send } from "./send-call";
import type { TryItCall } from "./try-it-call";

const notSent = "Not sent";

/** A form that sends a call to this installation with the credential that the reader entered. */
export function TryItForm({ call }: { call: TryItCall }) {
  const { token, setToken } = useDocs();
  const [body, setBody] = useState(call.body?.example ?? "");
  const [pending, setPending] = useState(false);
  const [response, setResponse] = useState<Response | null>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = new Map(
      [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]),
    );
    setPending(true);
    setResponse(await send(call, values, token));
    setPending(false);
  };
  return (
    // If the script has not loaded, method="dialog" keeps the browser from putting the token into the URL.
    <form method="dialog" onSubmit={submit} className="grid gap-3" autoComplete="off">
      {call.credential !== "none" && (
        <Field
          label="Token"
          hint="Stays in the memory of this tab, for all pages here, and is sent only to this server."
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
      {call.parameters.map(({ name, required, in: place, type, choices }) => (
        <Field
          key={name}
          label={name}
          required={required}
          aside={place}
          hint={choices.length > 0 ? undefined : type}
        >
          {choices.length > 0 ? (
            <NativeSelect name={`${place}:${name}`} choices={choices} none={required ? null : notSent} />
          ) : (
            <Input name={`${place}:${name}`} required={required} className="font-mono" spellCheck={false} />
          )}
        </Field>
      ))}
      {call.body?.choices.map((choice) => {
        const chosen = chosenIn(body, choice);
        const known = chosen === undefined || chosen === "" || choice.choices.includes(chosen);
        return (
          <Field key={choice.name} label={choice.name} aside="body">
            <NativeSelect
              choices={known ? choice.choices : [chosen, ...choice.choices]}
              none={choice.required && chosen !== "" ? null : notSent}
              value={chosen ?? ""}
              disabled={chosen === undefined}
              onChange={(event) => setBody(withChoice(body, choice, event.target.value))}
            />
          </Field>
        );
      })}
      {call.body !== null && (
        <Field label="Body" aside={call.body.type}>
          <Textarea
            name="body"
            rows={8}
            spellCheck={false}
            className="font-mono text-xs!"
            value={body}
            onChange={(event) => setBody(event.target.value)}
          />
        </Field>
      )}
      <div>
        <Button type="submit" variant="primary" pending={pending}>
          Send
        </Button>
      </div>
      <div aria-live="polite" className="grid min-w-0 gap-2 empty:hidden">
        {response !== null && (
          <>
            <p className="text-ink text-sm">{response.summary}</p>
            {response.text !== "" && (
              <CodeFrame label="the response" code={response.text}>
                {response.text}
              </CodeFrame>
            )}
          </>
        )}
      </div>
    </form>
  );
}
