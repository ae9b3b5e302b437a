import type { Mail } from "./send-mail";

/** Plain text, or a link. HTML shows a link as its label; plain text shows the lead, then the URL. */
export type Paragraph = string | { readonly lead: string; readonly label: string; readonly link: string };

/** A mail as text, and as simple HTML with the same content. */
export function paragraphMail({
  paragraphs,
  ...head
}: Pick<Mail, "to" | "subject"> & { readonly paragraphs: readonly Paragraph[] }): Mail {
  const text = paragraphs.map((each) => (typeof each === "string" ? each : `${each.lead}\n${each.link}`));
  const html = paragraphs.map((each) =>
    typeof each === "string"
      ? escapeHtml(each).replaceAll("\n", "<br>\n")
      : `<a href="${escapeHtml(each.link)}">${escapeHtml(each.label)}</a>`,
  );
  return {
    ...head,
    text: `${text.join("\n\n")}\n`,
    html: [
      '<div style="font:15px/1.5 system-ui,sans-serif;max-width:34em">',
      ...html.map((content) => `<p style="margin:0 0 16px">${content}</p>`),
      "</div>",
    ].join("\n"),
  };
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Escapes text for use between tags or inside a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}
