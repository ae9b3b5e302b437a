import { Badge } from "@/components/ui/badge";
import { type Label, labelText } from "@/lib/core/keys/attributes/key-labels";

type LabelChipsProps = {
  labels: readonly Label[];
  /** Shows as many, on one line, and how many more there are. */
  first?: number;
};

/** A key's labels. */
export function LabelChips({ labels, first }: LabelChipsProps) {
  const shown = labels.slice(0, first);
  const more = labels.length - shown.length;
  return (
    <ul className={first === undefined ? "flex flex-wrap gap-1" : "flex gap-1"}>
      {shown.map((label) => (
        <li key={label[0]} className="min-w-0">
          <Badge
            title={labelText(label)}
            className={
              first === undefined
                ? "whitespace-normal! font-mono [overflow-wrap:anywhere]"
                : "block! font-mono"
            }
          >
            {labelText(label)}
          </Badge>
        </li>
      ))}
      {more > 0 && (
        <li title={labels.map(labelText).join("\n")} className="shrink-0">
          <Badge className="tabular-nums">+{more}</Badge>
        </li>
      )}
    </ul>
  );
}
