import { readFileSync } from "node:fs";
import type { Answer, Reached } from "../api/raw-requests";
import { send } from "../api/raw-requests";

type Manifest = { readonly node: Record<string, { readonly exportedName?: string }> };

/** The id that a browser uses to call a server action of the build. */
export function actionId(name: string): string {
  const manifest: Manifest = JSON.parse(readFileSync(".next/server/server-reference-manifest.json", "utf8"));
  const found = Object.entries(manifest.node).find(([, { exportedName }]) => exportedName === name);
  if (found === undefined) throw new Error(`The build has no action ${name}`);
  return found[0];
}

/** Sends a form to a server action like Next's client. */
export function callFormAction(
  server: Reached,
  path: string,
  action: string,
  fields: Record<string, string>,
  headers: Record<string, string>,
): Promise<Answer> {
  const boundary = "----of-a-test";
  const parts = Object.entries(fields).map(([name, value]) => [`_1_${name}`, value]);
  parts.push(["0", '[{"failure":null,"values":{},"savedAt":null},"$K1"]']);
  const body = parts
    .map(
      ([name, value]) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    .join("");
  return send(server, "POST", path, {
    headers: {
      Accept: "text/x-component",
      "Content-Type": `multipart/form-data; boundary=${boundary}`,
      "Next-Action": action,
      ...headers,
    },
    body: `${body}--${boundary}--\r\n`,
  });
}
