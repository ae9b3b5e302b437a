/** A picture that was made, or the reason why it was not. */
export type Taken = {
  /** Such as `60-keys/keys-1440-dark`; the file's name adds `.png`. */
  readonly name: string;
  readonly failure?: string;
};

/** A page with all pictures, in the order they were made. */
export function contactSheet(taken: readonly Taken[]): string {
  const groups = new Map<string, Taken[]>();
  for (const each of taken) {
    const group = each.name.replace(/-\d+-(light|dark|forced-colors)$/, "");
    groups.set(group, [...(groups.get(group) ?? []), each]);
  }
  const sections = [...groups].map(
    ([group, members]) =>
      `<section><h2>${escaped(group)}</h2><div>${members.map(figure).join("")}</div></section>`,
  );
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Screenshots of Latchkey</title>
<style>
  body { font: 14px/20px system-ui, sans-serif; margin: 24px; background: #f5f5f5; color: #171717 }
  h2 { font-size: 14px; margin: 32px 0 8px }
  div { display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start }
  figure { margin: 0 } figcaption { color: #525252; font-size: 12px }
  img { display: block; height: 320px; border: 1px solid #cfcfcf; object-fit: cover; object-position: top }
  p { max-width: 320px; margin: 0; color: #b3202a; overflow-wrap: anywhere }
</style>
<h1>${taken.filter(({ failure }) => failure === undefined).length} screenshots</h1>
${sections.join("\n")}
</html>
`;
}

function figure({ name, failure }: Taken): string {
  const caption = `<figcaption>${escaped(name.replace(/^.*-(\d+-(?:light|dark|forced-colors))$/, "$1"))}</figcaption>`;
  if (failure !== undefined) return `<figure>${caption}<p>${escaped(failure)}</p></figure>`;
  const file = `${encodeURI(name)}.png`;
  return `<figure>${caption}<a href="${file}"><img loading="lazy" alt="${escaped(name)}" src="${file}"></a></figure>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
