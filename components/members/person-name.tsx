import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";

/** A person in a row of a table. */
export function PersonName({ name, isSelf }: { name: string; isSelf: boolean }) {
  return (
    <span className="flex items-center gap-2" title={name}>
      <Avatar name={name} size="small" />
      <span className="min-w-0 truncate font-medium text-ink">{name}</span>
      {isSelf && <Badge className="shrink-0">You</Badge>}
    </span>
  );
}
