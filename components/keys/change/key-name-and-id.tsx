import { formatKeyId } from "@/lib/core/key-id";

/** What a dialog calls its key. Two keys may have one name, so the name alone does not say which it is. */
export function KeyNameAndId({
  apiKey: { name, id },
}: {
  apiKey: { readonly name: string; readonly id: string };
}) {
  return (
    <>
      “{name}” <span className="whitespace-nowrap font-mono text-xs">{formatKeyId(id)}</span>
    </>
  );
}
