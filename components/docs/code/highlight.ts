export type CodeLanguage = "json" | "shell" | "typescript" | "python" | "text";

/** A piece of code and the colour it is shown in. */
export type Piece = { readonly text: string; readonly kind: PieceKind };
type PieceKind = "plain" | "comment" | "string" | "keyword" | "name" | "number";

const typescriptWords =
  "as|async|await|catch|const|else|export|false|for|from|function|if|import|let|new|null|of|return|throw|true|try|type|undefined";
const number = String.raw`(?<number>-?\b\d[\w.]*)`;
const doubleQuoted = String.raw`"(?:[^"\\\n]|\\.)*"`;

/** Finds the tokens to colour in each language. Every alternative consumes its match, so the text is read only once. */
const expressions: Readonly<Record<CodeLanguage, RegExp | null>> = {
  json: new RegExp(`(?<string>${doubleQuoted})|(?<keyword>\\b(?:true|false|null)\\b)|${number}`, "g"),
  shell:
    /(?<comment>^#.*$)|(?<string>'[^']*'|"(?:[^"\\]|\\.)*")|(?<keyword>^(?:curl|npm|node|read|export)\b)|(?<name>(?<=\s)--?[A-Za-z][\w-]*|\$\w+)/gm,
  typescript: new RegExp(
    String.raw`(?<comment>\/\/.*$)|(?<string>${doubleQuoted}|\x60(?:[^\x60\\]|\\.)*\x60)|(?<keyword>\b(?:${typescriptWords})\b)|${number}`,
    "gm",
  ),
  python: new RegExp(
    String.raw`(?<comment>#.*$)|(?<string>f?${doubleQuoted})|(?<keyword>\b(?:import|print|if|else|None|True|False)\b)|${number}`,
    "gm",
  ),
  text: null,
};

/** Splits code into pieces to colour. Joined again, they are the code. */
export function highlight(code: string, language: CodeLanguage): Piece[] {
  const expression = expressions[language];
  if (expression === null) return [{ text: code, kind: "plain" }];
  const pieces: Piece[] = [];
  let at = 0;
  for (const { 0: text, index, groups = {} } of code.matchAll(expression)) {
    if (index > at) pieces.push({ text: code.slice(at, index), kind: "plain" });
    at = index + text.length;
    const [found = "plain"] = Object.entries(groups).find(([, value]) => value !== undefined) ?? [];
    const isMember = language === "json" && found === "string" && code[at] === ":";
    pieces.push({ text, kind: isMember ? "name" : (found as PieceKind) });
  }
  if (at < code.length) pieces.push({ text: code.slice(at), kind: "plain" });
  return pieces;
}
