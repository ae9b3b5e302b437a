/** RFC 9110, 5.6.2 and 5.6.4. */
const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const quoted = `"(?:[\\t !#-\\[\\]-~\\x80-\\xff]|\\\\[\\t -~\\x80-\\xff])*"`;
const typePattern = new RegExp(`^${token}/${token}`);
/** RFC 9110, 5.6.6: a parameter may be empty. */
const parameterPattern = new RegExp(`[ \\t]*;[ \\t]*(?:(${token})=(${token}|${quoted}))?`, "y");

/**
 * Does this Content-Type name `type`, in UTF-8 if it names a charset? An unknown parameter could change the meaning of
 * the body, so it does not match. (RFC 9110, 8.3.1)
 *
 * @param header Content-Type; undefined if there is none
 * @param type in lower case, such as `application/json`
 */
export function isMediaType(header: string | undefined, type: string): boolean {
  // Nearly all requests use exactly this form.
  if (header === type) return true;
  const text = header?.replace(/(?<![ \t])[ \t]+$/, "") ?? "";
  const [said = ""] = typePattern.exec(text) ?? [];
  if (said.toLowerCase() !== type) return false;
  let hasCharset = false;
  let at = said.length;
  while (at < text.length) {
    parameterPattern.lastIndex = at;
    const [whole, name, value = ""] = parameterPattern.exec(text) ?? [];
    if (whole === undefined) return false;
    at += whole.length;
    if (name === undefined) continue;
    if (hasCharset || name.toLowerCase() !== "charset" || !isUtf8(value)) return false;
    hasCharset = true;
  }
  return true;
}

function isUtf8(value: string): boolean {
  const plain = value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, "$1") : value;
  return plain.toLowerCase() === "utf-8";
}
