import type { OperationFacts } from "../reference/read-reference";

export const sampleLanguages = ["curl", "TypeScript", "Python"] as const;
export type SampleLanguage = (typeof sampleLanguages)[number];

/** An operation with example values filled in. */
type Call = {
  readonly method: string;
  readonly url: string;
  /** OAuth clients send their id and secret; everything else sends the token. */
  readonly credential: "none" | "token" | "client";
  /** The headers the operation names as parameters. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly contentType: string | null;
  readonly body: unknown;
  readonly answersText: boolean;
};

/** One call of the operation per language, ready to paste; it reads the token from the environment. */
export function codeSamples(operation: OperationFacts, server: string): Record<SampleLanguage, string> {
  const call: Call = {
    method: operation.method,
    url: server + fillPath(operation),
    credential: credentialOf(operation),
    headers: operation.parameters
      .filter((parameter) => parameter.in === "header" && parameter.required)
      .map(({ name, example }) => [name, example || "..."]),
    contentType: operation.body?.type ?? null,
    body: operation.body === null ? undefined : (operation.body.example ?? {}),
    answersText: operation.answers.some(({ isText }) => isText),
  };
  return { curl: curl(call), TypeScript: typescript(call), Python: python(call) };
}

function credentialOf({ credentials: [first] }: OperationFacts): Call["credential"] {
  if (first === undefined) return "none";
  return first === "client" ? "client" : "token";
}

/** The path with example values, plus required query parameters. */
function fillPath({ path, parameters }: OperationFacts): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const example = parameters.find((parameter) => parameter.name === name)?.example;
    return example || "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d12";
  });
  const needed = parameters.filter((parameter) => parameter.in === "query" && parameter.required);
  const query = new URLSearchParams(needed.map(({ name, example }) => [name, example])).toString();
  return query === "" ? filled : `${filled}?${query}`;
}

const isForm = ({ contentType }: Call) => contentType === "application/x-www-form-urlencoded";

function curl(call: Call): string {
  const lines = [`curl ${call.method === "GET" ? "" : `-X ${call.method} `}${shell(call.url)}`];
  if (call.credential === "token") lines.push('-H "Authorization: Bearer $LATCHKEY_TOKEN"');
  if (call.credential === "client") lines.push('-u "$LATCHKEY_KEY_ID:$LATCHKEY_TOKEN"');
  for (const [name, value] of call.headers) lines.push(`-H ${shell(`${name}: ${value}`)}`);
  if (isForm(call)) {
    for (const [name, value] of formOf(call)) lines.push(`--data-urlencode ${shell(`${name}=${value}`)}`);
  } else if (call.contentType !== null) {
    lines.push(`-H ${shell(`Content-Type: ${call.contentType}`)}`, `-d ${shell(json(call.body))}`);
  }
  return lines.join(" \\\n  ");
}

/** JSON on one line if it fits, otherwise indented. */
function json(body: unknown): string {
  const line = JSON.stringify(body);
  return line.length > 60 ? JSON.stringify(body, null, 2) : line;
}

/** Quotes a word for a shell. Inside single quotes, everything except a single quote is literal. */
function shell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function typescript(call: Call): string {
  const headers = [
    ...(call.credential === "token" ? [`Authorization: \`Bearer \${process.env.LATCHKEY_TOKEN}\``] : []),
    ...(call.credential === "client"
      ? [
          `Authorization: \`Basic \${btoa(\`\${process.env.LATCHKEY_KEY_ID}:\${process.env.LATCHKEY_TOKEN}\`)}\``,
        ]
      : []),
    ...call.headers.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`),
    ...(call.contentType === null || isForm(call)
      ? []
      : [`"Content-Type": ${JSON.stringify(call.contentType)}`]),
  ];
  const options = [
    ...(call.method === "GET" ? [] : [`method: "${call.method}"`]),
    ...(headers.length === 0 ? [] : [`headers: {\n    ${headers.join(",\n    ")},\n  }`]),
    ...(call.contentType === null ? [] : [`body: ${typescriptBody(call)}`]),
  ];
  const second = options.length === 0 ? "" : `, {\n  ${options.join(",\n  ")},\n}`;
  return [
    `const response = await fetch(${JSON.stringify(call.url)}${second});`,
    "if (!response.ok) throw new Error((await response.json()).detail);",
    call.answersText
      ? "console.log(await response.text());"
      : "console.log(response.status === 204 ? null : await response.json());",
  ].join("\n");
}

function typescriptBody(call: Call): string {
  if (isForm(call))
    return `new URLSearchParams(${indent(JSON.stringify(Object.fromEntries(formOf(call)), null, 2))})`;
  return `JSON.stringify(${indent(JSON.stringify(call.body, null, 2))})`;
}

function python(call: Call): string {
  const parts = [JSON.stringify(call.url)];
  if (call.credential === "client") {
    parts.push(`auth=(os.environ["LATCHKEY_KEY_ID"], os.environ["LATCHKEY_TOKEN"])`);
  }
  const headers = [
    ...(call.credential === "token" ? [`"Authorization": f"Bearer {os.environ['LATCHKEY_TOKEN']}"`] : []),
    ...call.headers.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`),
  ];
  if (headers.length > 0) parts.push(`headers={${headers.join(", ")}}`);
  if (isForm(call)) parts.push(`data=${pythonValue(Object.fromEntries(formOf(call)), 1)}`);
  else if (call.contentType !== null) parts.push(`json=${pythonValue(call.body, 1)}`);
  return [
    ...(call.credential === "none" ? [] : ["import os", ""]),
    "import requests",
    "",
    `response = requests.${call.method.toLowerCase()}(\n    ${parts.join(",\n    ")},\n)`,
    "response.raise_for_status()",
    call.answersText ? "print(response.text)" : "print(response.json() if response.content else None)",
  ].join("\n");
}

function formOf({ body }: Call): [string, string][] {
  return Object.entries(body as Record<string, unknown>).map(([name, value]) => [name, String(value)]);
}

/** A Python literal: None, True and False instead of null, true and false. */
function pythonValue(value: unknown, depth: number): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "object") return JSON.stringify(value);
  const inside = "    ".repeat(depth + 1);
  const end = "    ".repeat(depth);
  const items = Array.isArray(value)
    ? value.map((item) => pythonValue(item, depth + 1))
    : Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${pythonValue(item, depth + 1)}`);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  if (items.length === 0) return open + close;
  return `${open}\n${items.map((item) => `${inside}${item},\n`).join("")}${end}${close}`;
}

function indent(text: string): string {
  return text.replaceAll("\n", "\n  ");
}
