import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { presentKey } from "../support/api/api";
import {
  chooseAction,
  endKey,
  fillGenerateForm,
  generateKey,
  keyRow,
  keysPath,
  rollDialog,
  rollKey,
} from "../support/browser/api-keys-page";
import { membersPath } from "../support/browser/members-page";
import { readClipboard } from "../support/browser/read-clipboard";
import { type Latchkey, signInByForm, startLatchkey, stopLatchkey, test } from "../support/browser/test";
import { deferred } from "../support/timing/deferred";

let latchkey: Latchkey;
test.beforeAll(async () => {
  latchkey = await startLatchkey();
});
test.afterAll(() => stopLatchkey(latchkey));

/** Like page translation: wraps each text in new elements, including texts added later. */
function translateTexts() {
  const translate = (text: Node) => {
    const parent = text.parentElement;
    if (parent === null || parent.closest("font, script, style, title") !== null) return;
    if (text.nodeValue?.trim() === "") return;
    const outer = document.createElement("font");
    const inner = document.createElement("font");
    text.parentNode?.replaceChild(outer, text);
    outer.append(inner);
    inner.append(text);
  };
  const walk = (root: Node) => {
    const texts: Node[] = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode() !== null) texts.push(walker.currentNode);
    for (const text of texts) translate(text);
  };
  const start = () => {
    walk(document.body);
    new MutationObserver((records) => {
      for (const node of records.flatMap(({ addedNodes }) => [...addedNodes])) {
        if (node.nodeType === Node.TEXT_NODE) translate(node);
        else walk(node);
      }
    }).observe(document.body, { childList: true, subtree: true });
  };
  // People turn translation on after they see the page, when React has hydrated it.
  addEventListener("load", () => setTimeout(start, 500));
}

/**
 * Like extensions: adds attributes everywhere, and elements in the head, next to fields and after the body, from the
 * start.
 */
function extendPage() {
  const mark = (element: Element) => {
    element.setAttribute("data-darkreader-inline-color", "");
    if (element instanceof HTMLInputElement && element.nextSibling?.nodeName !== "GRAMMARLY-EXTENSION") {
      element.after(document.createElement("grammarly-extension"));
    }
  };
  new MutationObserver((records) => {
    for (const node of records.flatMap(({ addedNodes }) => [...addedNodes])) {
      if (!(node instanceof Element)) continue;
      mark(node);
      for (const element of node.querySelectorAll("*")) mark(element);
      if (node.nodeName !== "BODY") continue;
      node.setAttribute("data-gr-ext-installed", "");
      document.head.append(document.createElement("style"));
      document.documentElement.append(document.createElement("grammarly-desktop-integration"));
    }
  }).observe(document, { childList: true, subtree: true });
}

async function open(page: Page, path: string): Promise<string[]> {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  const { url } = latchkey.server;
  await signInByForm(page, url, "OWNER");
  await page.goto(url + path);
  return faults;
}

for (const [by, change] of [
  ["translated", translateTexts],
  ["changed by extensions", extendPage],
] as const) {
  test(`[P8] [L2] on a page that is ${by}, every secret is shown and every action reported`, async ({
    page,
  }) => {
    test.slow();
    await page.addInitScript(change);
    const faults = await open(page, keysPath);
    const { url } = latchkey.server;
    const sign = by === "translated" ? "font font" : "[data-darkreader-inline-color]";
    await expect(page.locator(`main ${sign}`).first()).toBeAttached();

    const { token, name } = await generateKey(page, { name: `Key, ${by}` });
    expect(await presentKey(url, token)).toBe("200");
    const rolled = await rollKey(page, name);
    expect(await presentKey(url, rolled)).toBe("200");
    await chooseAction(page, name, "Edit");
    const edit = page.getByRole("dialog", { name: "Edit key" });
    await edit.getByLabel("Description").fill("Seen");
    await edit.getByRole("button", { name: "Save" }).click();
    await expect(edit).toBeHidden();
    await expect(keyRow(page, name)).toContainText("Seen");
    await endKey(page, name, "Revoke");
    expect(await presentKey(url, rolled)).toBe("401 key_revoked");
    await page.getByRole("radio", { name: "Revoked" }).click();
    await endKey(page, name, "Delete");
    await expect(keyRow(page, name)).toHaveCount(0);

    await page.goto(url + membersPath);
    await expect(page.locator(`main ${sign}`).first()).toBeAttached();
    await page.getByRole("button", { name: "Invite member" }).click();
    const invite = page.getByRole("dialog", { name: "Invite member" });
    await invite.getByLabel("Email").fill(`${by.replaceAll(" ", "-")}@example.com`);
    await invite.getByRole("button", { name: "Invite" }).click();
    await expect(invite.getByLabel("Invitation link")).toHaveValue(/\/invite\//);
    await invite.getByRole("button", { name: "Copy" }).click();
    await invite.getByRole("button", { name: "Done" }).click();
    await expect(invite).toBeHidden();
    expect(faults.filter((fault) => !/Minified React error #418/.test(fault))).toEqual([]);
  });
}

test("[P8] [Y7] a secret that React cannot render is shown anyway, until it is copied", async ({ page }) => {
  await open(page, keysPath);
  const dialog = await fillGenerateForm(page, { name: "Undrawn" });
  await page.evaluate(() => {
    const { appendChild, insertBefore } = Node.prototype;
    const refuse = (added: Node) => {
      if (added.textContent?.includes("one time only")) throw new Error("An extension is in the way");
    };
    Node.prototype.appendChild = function <Added extends Node>(added: Added) {
      refuse(added);
      return appendChild.call(this, added) as Added;
    };
    Node.prototype.insertBefore = function <Added extends Node>(added: Added, before: Node | null) {
      refuse(added);
      return insertBefore.call(this, added, before) as Added;
    };
  });
  await dialog.getByRole("button", { name: "Generate", exact: true }).click();
  const rescue = page.getByRole("dialog", { name: "Secret of “Undrawn”" });
  const token = await rescue.getByLabel("Secret").inputValue();
  expect(await presentKey(latchkey.server.url, token)).toBe("200");
  await expect(page.getByText(/nothing (about them )?(has|was) changed/i)).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(rescue.getByRole("alert")).toContainText("has not been copied");
  await rescue.getByRole("button", { name: "Copy" }).click();
  await expect.poll(() => readClipboard(page)).toBe(token);
  await rescue.getByRole("button", { name: "Done" }).click();
  await expect(rescue).toBeHidden();
  expect(await page.content()).not.toContain(token.slice(22, 54));
});

test("[Y7] a secret that arrives after its dialog is gone is shown anyway", async ({ page }) => {
  await open(page, "/account/profile");
  await page.goto(latchkey.server.url + keysPath);
  const { token: before, name } = await generateKey(page, { name: "Answered late" });
  await chooseAction(page, name, "View details");
  await page.getByRole("dialog", { name: "API Key Details" }).getByRole("button", { name: "Roll" }).click();
  const roll = rollDialog(page);
  const held = deferred();
  await page.route("**/api-keys*", async (route) => {
    if (
      route.request().method() === "POST" &&
      route.request().postData()?.includes("graceSeconds") === true
    ) {
      await held.promise;
    }
    await route.fallback();
  });
  await roll.getByRole("button", { name: "Roll", exact: true }).click();
  await expect(roll.getByRole("button", { name: "Roll", exact: true })).toBeDisabled();
  await page.goBack();
  held.resolve();
  const rescueOrDialog = page.getByRole("dialog").filter({ has: page.getByLabel("Secret", { exact: true }) });
  const token = await rescueOrDialog.getByLabel("Secret", { exact: true }).inputValue();
  expect(token).not.toBe(before);
  expect(await presentKey(latchkey.server.url, token)).toBe("200");
});
