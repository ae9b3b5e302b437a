import type { Result } from "@/lib/core/result";

/** A chunk of an exported file, and where the next one starts; null after the last one. */
export type ExportedPart<Position> = { readonly text: string; readonly next: Position | null };

/**
 * Streams an exported file in chunks, each read when the client is ready for it, so an aborted download stops reading.
 * The stream fails if a chunk is refused, so that the browser reports a broken download instead of saving part of the
 * file.
 *
 * @param head the file's first line or lines
 * @param read reads a chunk with the person's current rights: somebody who was removed or demoted meanwhile gets no
 * more
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
