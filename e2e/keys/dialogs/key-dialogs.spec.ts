import {
  chooseAction,
  copySecret,
  fillGenerateForm,
  generateKey,
  keysPath,
  openRoles,
} from "../../support/browser/api-keys-page";
import { expect, test } from "../../support/browser/test";

test("[L12] a field's error quotes the invalid value, and disappears when the field changes", async ({
  signedInAs,
}) => {
  const page = await signedInAs("OWNER");
  await page.goto(keysPath);
  const dialog = await fillGenerateForm(page, { name: "Bounded" });
  await dialog.getByRole("button", { name: "Advanced" }).click();
  const addresses = dialog.getByLabel("Allowed addresses");
  const rate = dialog.getByLabel("Rate limit");
  await addresses.fill("10.0.0.0/8\n10.4.0.0/33");
  await rate.fill("many");
  const generate = dialog.getByRole("button", { name: "Generate", exact: true });
  await generate.click();
  await expect(addresses).toHaveAccessibleDescription(
    /10\.4\.0\.0\/33: the part after the slash goes up to 32\.$/,
  );
  await expect(dialog.getByRole("alert")).toBeVisible();
  await addresses.fill("10.0.0.0/8");
  await expect(addresses).not.toHaveAttribute("aria-invalid");
  await expect(addresses).not.toHaveAccessibleDescription(/slash/);
  await expect(rate).toHaveAttribute("aria-invalid", "true");
  await rate.fill("100");
  await expect(rate).not.toHaveAttribute("aria-invalid");
  await expect(dialog.getByRole("alert")).toHaveCount(0);
  await generate.click();
  await copySecret(page.getByRole("dialog", { name: "Key created: Bounded" }));
});

test("[Y6] the dialog warns of a key that could do everything forever, and offers two fixes", async ({
  signedInAs,
}) => {
  const page = await signedInAs("OWNER");
  await page.goto(keysPath);
  const dialog = await fillGenerateForm(page, { name: "Almighty", choices: { accessLevel: "OWNER" } });
  const note = dialog.getByText("This key could do everything an owner can, forever");
  await expect(note).toBeVisible();
  await dialog.getByRole("button", { name: "Expire in 90 days" }).click();
  await expect(note).toBeHidden();
  await expect(dialog.getByRole("radio", { name: "90 days" })).toBeChecked();
  await dialog.getByRole("radio", { name: "Never expire" }).check();
  await dialog.getByRole("button", { name: "Use Admin and resource_manager" }).click();
  await expect(note).toBeHidden();
  await expect(dialog.getByLabel("Access level", { exact: true })).toHaveText("Admin");
  await openRoles(dialog);
  await expect(dialog.getByRole("checkbox", { name: /^resource_manager/ })).toBeChecked();
  await page.keyboard.press("Escape");
  await dialog.getByRole("button", { name: "Cancel" }).click();
});

test("[S7] the roles of a key can be edited", async ({ signedInAs }) => {
  const page = await signedInAs("OWNER");
  await page.goto(keysPath);
  const { name } = await generateKey(page, { name: "Narrowed" });
  await chooseAction(page, name, "Edit");
  const edit = page.getByRole("dialog", { name: "Edit key" });
  await openRoles(edit);
  await edit.getByRole("checkbox", { name: /^read_only/ }).check();
  await page.keyboard.press("Escape");
  await edit.getByRole("button", { name: "Remove role full_access" }).click();
  await expect(edit.getByRole("combobox", { name: "Roles" })).toBeFocused();
  await edit.getByRole("button", { name: "Save" }).click();
  await expect(edit).toBeHidden();
  await chooseAction(page, name, "Edit");
  await openRoles(edit);
  await expect(edit.getByRole("checkbox", { name: /^read_only/ })).toBeChecked();
  await expect(edit.getByRole("checkbox", { name: /^full_access/ })).not.toBeChecked();
});
