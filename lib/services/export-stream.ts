import type { Result } from "@/lib/core/result";

/** A part of an exported file, and where the next one begins; null after the last one. */
export type ExportedPart<Position> = { readonly text: string; readonly next: Position | null };

/**
 * An exported file, part by part, as fast as it is read and no further: an aborted download asks for no more parts.
 * Fails when a part is refused, so that the browser reports a broken download instead of saving a part as the whole.
 *
 * @param head the file's first line or lines
 * @param read reads a part for who asks at that moment: a person who was removed or demoted half-way gets no more
 */
export function exportStream<Position>(
  head: string,
  first: ExportedPart<Position>,
  read: (after: Position) => Promise<Result<ExportedPart<Position>>>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let next = first.next;
  let isFirst = true;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (isFirst) {
          isFirst = false;
          controller.enqueue(encoder.encode(`${head}${first.text}`));
        } else if (next !== null) {
          const part = await read(next);
          if (!part.ok) throw new Error("The export was refused half-way");
          next = part.value.next;
          if (part.value.text !== "") controller.enqueue(encoder.encode(part.value.text));
        }
        if (next === null) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}
