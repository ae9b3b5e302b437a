/** Longer than any line of the protocol: the sender of such a line is not Latchkey. */
const maximumLength = 8 * 1024 * 1024;

/**
 * Splits incoming text into lines.
 *
 * @throws RangeError when a line is too long
 */
export function lineReader(onLine: (line: string) => void): (text: string) => void {
  let parts: string[] = [];
  let length = 0;
  return (text) => {
    const lines = text.split("\n");
    const last = lines.pop() ?? "";
    for (const line of lines) {
      const whole = parts.length === 0 ? line : parts.join("") + line;
      parts = [];
      length = 0;
      onLine(whole);
    }
    if (last === "") return;
    parts.push(last);
    length += last.length;
    if (length > maximumLength) throw new RangeError("a line has no end");
  };
}
