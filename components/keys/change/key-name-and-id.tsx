import { formatKeyId } from "@/lib/core/keys/key-id";

/** How a dialog identifies its key. Names are not unique, so the id is shown too. */
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
