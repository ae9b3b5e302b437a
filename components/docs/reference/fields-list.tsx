import { Words } from "./prose";
import { type FieldFact, listedType } from "./read-fields";

type FieldsListProps = {
  /** Prefix of the fields' element ids, which the search links to: `body` in `body-subject`. */
  id: string;
  label?: string;
  fields: readonly FieldFact[];
  /** True for response fields: labels those that may be missing, rather than those that are required. */
  answered?: boolean;
};

/** Fields and their descriptions, with nested fields below. */
export function FieldsList({ id, label, fields, answered = false }: FieldsListProps) {
  if (fields.length === 0) return null;
  const list = <Fields id={id} fields={fields} answered={answered} />;
  if (label === undefined) return list;
  return (
    <section className="grid gap-2">
      <h2 className="font-semibold text-ink text-sm">{label}</h2>
      {list}
    </section>
  );
}

type FieldsProps = { id?: string; fields: readonly FieldFact[]; answered: boolean };

function Fields({ id, fields, answered }: FieldsProps) {
  return (
    <ul className="divide-y divide-line rounded-md border">
      {fields.map((field) => (
        <li
          key={field.name}
          id={id && `${id}-${field.name}`}
          className="grid scroll-mt-28 gap-1 px-3 py-2 target:bg-accent-soft md:scroll-mt-16"
        >
          <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
            <code className="font-mono text-[0.8125rem] text-ink">{field.name}</code>
            <span className="text-ink-faint text-xs [overflow-wrap:anywhere]">{listedType(field.type)}</span>
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
