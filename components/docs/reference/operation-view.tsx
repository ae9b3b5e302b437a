import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { CodeBlock } from "../code/code-block";
import { codeSamples, sampleLanguages } from "../code/code-samples";
import { CodeTabs } from "../code/code-tabs";
import { DocsPage } from "../frame/docs-page";
import type { Neighbours } from "../frame/docs-sections";
import { TryIt } from "../try-it/try-it";
import { tryItCall } from "../try-it/try-it-call";
import { FieldsList } from "./fields-list";
import { Prose } from "./prose";
import type { OperationFacts } from "./read-reference";

const places = { path: "Path", query: "Query parameters", header: "Headers" } as const;
const highlightNames = { curl: "shell", TypeScript: "typescript", Python: "python" } as const;

type OperationViewProps = { operation: OperationFacts; server: string; neighbours: Neighbours };

/** One operation: parameters and responses on the left, how to call it on the right. */
export function OperationView({ operation, server, neighbours }: OperationViewProps) {
  const { method, path, summary, description, parameters, body, answers } = operation;
  const samples = codeSamples(operation, server);
  const withExample = answers.filter(({ example }) => example !== undefined);
  return (
    <DocsPage title={summary} neighbours={neighbours} wide>
      <div className="grid gap-8 [overflow-wrap:anywhere] xl:grid-cols-2">
        <div className="grid min-w-0 content-start gap-6">
          <div className="grid gap-3">
            <p className="flex min-w-0 flex-wrap items-center gap-2">
              <Badge className="font-mono">{method}</Badge>
              <code className="font-mono text-ink text-sm [overflow-wrap:anywhere]">{path}</code>
            </p>
            <Prose text={description} />
          </div>
          {(["path", "query", "header"] as const).map((place) => (
            <FieldsList
              key={place}
              id={place}
              label={places[place]}
              fields={parameters.filter((parameter) => parameter.in === place)}
            />
          ))}
          {body !== null && (
            <FieldsList id="body" label={body.required ? "Body" : "Body, if any"} fields={body.fields} />
          )}
          {answers.map(({ status, description, fields }) => (
            <section key={status} className="grid gap-2">
              <h2 className="font-semibold text-ink text-sm">Response</h2>
              <p className="text-ink-muted text-sm">
                <span className="font-medium text-ink tabular-nums">{status}</span> {description}
              </p>
              <FieldsList id="response" fields={fields} answered />
            </section>
          ))}
          <Errors operation={operation} />
        </div>
        <div className="grid min-w-0 content-start gap-6">
          <section className="grid min-w-0 gap-2">
            <h2 className="font-semibold text-ink text-sm">Example request</h2>
            <CodeTabs
              name={summary}
              tabs={sampleLanguages.map((label) => ({
                label,
                content: (
                  <CodeBlock
                    label={`${summary} by ${label}`}
                    code={samples[label]}
                    language={highlightNames[label]}
                  />
                ),
              }))}
            />
          </section>
          {withExample.map(({ status, example, isText }) => (
            <section key={status} className="grid min-w-0 gap-2">
              <h2 className="font-semibold text-ink text-sm">Example response</h2>
              <CodeBlock
                label={`response of ${summary}`}
                code={isText ? String(example) : JSON.stringify(example, null, 2)}
                language={isText ? "text" : "json"}
              />
            </section>
          ))}
          <TryIt key={operation.id} call={tryItCall(operation)} />
        </div>
      </div>
    </DocsPage>
  );
}

function Errors({ operation: { errors } }: { operation: OperationFacts }) {
  if (errors.length === 0) return null;
  return (
    <section className="grid gap-2">
      <h2 className="font-semibold text-ink text-sm">Errors</h2>
      <ul className="grid gap-1.5 text-sm">
        {errors.map(({ status, codes }) => (
          <li key={status} className="flex gap-2">
            <span className="w-8 shrink-0 py-0.5 text-ink-muted leading-5 tabular-nums">{status}</span>
            <span className="flex flex-wrap gap-x-3 gap-y-1">
              {codes.map((code) => (
                <Link
                  key={code}
                  href={`/docs/errors#${code}`}
                  prefetch={false}
                  className="inline-block rounded py-0.5 font-mono text-[0.8125rem] text-accent-ink leading-5 underline underline-offset-4"
                >
                  {code}
                </Link>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
