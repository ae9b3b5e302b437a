import { formatKeyId } from "@/lib/core/keys/key-id";

/** How many characters at the end of a key id people type to confirm. */
export const confirmedCharacters = 4;

type KeyNameAndIdProps = { apiKey: { readonly name: string; readonly id: string } };

/** How a dialog identifies its key. Names are not unique, so the id is shown too, its end bold as in the table. */
export function KeyNameAndId({ apiKey: { name, id } }: KeyNameAndIdProps) {
  const shown = formatKeyId(id);
  return (
    <>
      <bdi>{name}</bdi> ·{" "}
      <span className="whitespace-nowrap font-mono text-xs">
        {shown.slice(0, -confirmedCharacters)}
        <b className="font-semibold text-ink">{shown.slice(-confirmedCharacters)}</b>
      </span>
    </>
  );
}
