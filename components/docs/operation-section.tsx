import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { CodeBlock } from "./code-block";
import { CodeSampleTabs } from "./code-sample-tabs";
import { codeSamples } from "./code-samples";
import { Prose, Words } from "./prose";
import type { FieldFact } from "./read-fields";
import type { OperationFacts } from "./read-reference";
import { TryIt } from "./try-it";

const places = { path: "Path", query: "Query parameters", header: "Headers" } as const;

/** One operation: parameters and responses on the left, how to call it on the right. */
export function OperationSection({ operation, server }: { operation: OperationFacts; server: string }) {
  const { id, method, path, summary, description, parameters, body, answers } = operation;
  return (
    <section
      id={id}
      aria-labelledby={`${id}-heading`}
      className="grid scroll-mt-16 gap-6 border-t py-8 [overflow-wrap:anywhere] xl:grid-cols-2"
    >
      <div className="grid min-w-0 content-start gap-4">
        <h3 id={`${id}-heading`} className="font-semibold text-base text-ink">
          {summary}
        </h3>
        <p className="flex min-w-0 flex-wrap items-center gap-2">
          <Badge className="font-mono">{method}</Badge>
          <code className="font-mono text-ink text-sm [overflow-wrap:anywhere]">{path}</code>
        </p>
        <Prose text={description} />
        {(["path", "query", "header"] as const).map((place) => (
          <FieldsList
            key={place}
            label={places[place]}
            fields={parameters.filter((parameter) => parameter.in === place)}
          />
        ))}
        {body !== null && <FieldsList label={body.required ? "Body" : "Body, if any"} fields={body.fields} />}
        {answers.map((answer) => (
          <div key={answer.status} className="grid gap-2">
            <p className="text-sm">
              <span className="font-medium text-ink">{answer.status}</span>{" "}
              <span className="text-ink-muted">{answer.description}</span>
            </p>
            <FieldsList label="Answer" fields={answer.fields} answered />
          </div>
        ))}
        <Errors operation={operation} />
      </div>
      <div className="grid min-w-0 content-start gap-4">
        <CodeSampleTabs name={summary} samples={codeSamples(operation, server)} />
        {answers.map(({ status, example, isText }) =>
          example === undefined ? null : (
            <CodeBlock
              key={status}
              label={`answer of ${summary}`}
              code={isText ? String(example) : JSON.stringify(example, null, 2)}
            />
          ),
        )}
        <TryIt operation={operation} />
      </div>
    </section>
  );
}

function Errors({ operation: { errors } }: { operation: OperationFacts }) {
  if (errors.length === 0) return null;
  return (
    <div className="grid gap-2">
      <h4 className="font-medium text-ink text-sm">Errors</h4>
      <ul className="grid gap-1.5 text-sm">
        {errors.map(({ status, codes }) => (
          <li key={status} className="flex gap-2">
            <span className="w-8 shrink-0 py-0.5 text-ink-muted leading-5 tabular-nums">{status}</span>
            <span className="flex flex-wrap gap-x-3 gap-y-1">
              {codes.map((code) => (
                <Link
                  key={code}
                  href={`/docs/errors#${code}`}
                  className="inline-block rounded py-0.5 font-mono text-[0.8125rem] text-accent-ink leading-5 underline underline-offset-4"
                >
                  {code}
                </Link>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

type FieldsListProps = {
  label: string;
  fields: readonly FieldFact[];
  /** For response fields, label those that may be missing; for request fields, those that are required. */
  answered?: boolean;
};

/** Fields and their descriptions, with nested fields below. */
function FieldsList({ label, fields, answered = false }: FieldsListProps) {
  if (fields.length === 0) return null;
  return (
    <div className="grid gap-2">
      <h4 className="font-medium text-ink text-sm">{label}</h4>
      <Fields fields={fields} answered={answered} />
    </div>
  );
}

function Fields({ fields, answered }: { fields: readonly FieldFact[]; answered: boolean }) {
  return (
    <ul className="divide-y divide-line rounded-md border">
      {fields.map((field) => (
        <li key={field.name} className="grid gap-1 px-3 py-2">
          <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
            <code className="font-mono text-[0.8125rem] text-ink">{field.name}</code>
            <span className="text-ink-faint text-xs [overflow-wrap:anywhere]">{field.type}</span>
            {field.required !== answered && (
              <span className="text-ink-muted text-xs">{answered ? "may be missing" : "required"}</span>
            )}
          </p>
          {field.description !== "" && (
            <p className="text-ink-muted text-sm">
              <Words text={field.description} />
            </p>
          )}
          {field.fields.length > 0 && <Fields fields={field.fields} answered={answered} />}
        </li>
      ))}
    </ul>
  );
}
