import type { Answer, Reached } from "./raw-requests";
import { send } from "./raw-requests";

/** The id of the action that a page's first form is sent to. */
export async function actionOfForm(
  server: Reached,
  path: string,
  headers: Record<string, string>,
): Promise<string> {
  const page = await send(server, "GET", path, { headers });
  const id = /&quot;id&quot;:&quot;([0-9a-f]{42})/.exec(page.text)?.[1];
  if (id === undefined) throw new Error(`${path} has no form: ${page.status}`);
  return id;
}

/** Sends a form to a server action as Next's client does. */
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
