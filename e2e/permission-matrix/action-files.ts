import { readdirSync, readFileSync } from "node:fs";

/** The files of server actions under lib/actions, with their text. */
export function actionFiles(): readonly { readonly file: string; readonly text: string }[] {
  return readdirSync("lib/actions", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => ({ file, text: readFileSync(`lib/actions/${file}`, "utf8") }))
    .filter(({ text }) => text.startsWith('"use server"'));
}
