import type { Answer } from "@/components/forms/use-answer";
import { KeyLine } from "@/components/keys/list/key-line";
import { Skeleton } from "@/components/ui/skeleton";
import type { ResourceDeletion } from "@/lib/services/resources/resource-view";

/** The keys that end with the deletion. */
export function EndingKeys({ deletion }: { deletion: Answer<ResourceDeletion> }) {
  if (deletion === "loading") {
    return (
      <div className="grid gap-2">
        <p role="status" className="sr-only">
          Loading the keys
        </p>
        <Skeleton className="h-4 w-2/3" />
        <Skeleton className="h-20 w-full" />
      </div>
    );
  }
  if (!deletion.ok) return null;
  const { keys, keyTotal } = deletion.value;
  if (keyTotal === 0) return <p className="text-ink-muted text-sm">No live key ends with it.</p>;
  const label = keyTotal === 1 ? "1 key ends" : `${keyTotal} keys end`;
  return (
    <div className="grid gap-2">
      <p className="font-medium text-ink text-sm">{label}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls and holds no control is reached with Tab */}
      <ul aria-label={label} tabIndex={0} className="max-h-64 divide-y overflow-y-auto rounded-md border">
        {keys.map((key) => (
          <li key={key.id} className="px-3 py-2.5">
            <KeyLine apiKey={key}> · Created by {key.createdBy.name}</KeyLine>
          </li>
        ))}
        {keyTotal > keys.length && (
          <li className="px-3 py-2.5 text-ink-muted text-sm">and {keyTotal - keys.length} more</li>
        )}
      </ul>
    </div>
  );
}
