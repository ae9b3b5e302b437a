import { z } from "zod";
import { accessLevels } from "@/lib/core/access/access-level";
import { plainText, typedString } from "@/lib/schemas/fields/plain-text";

const emailMaximum = 254;

export const email = typedString(emailMaximum)
  .toLowerCase()
  .max(emailMaximum, "Email has at most 254 characters")
  .pipe(z.email("Enter an email address"));

const passwordMinimum = 12;

/**
 * Length instead of composition rules (NIST SP 800-63B, 5.1.1). The maximum keeps hashing affordable; the length is
 * that of the normalized form, which is hashed. `hashNewPassword` rejects passwords that are easy to guess.
 */
export const newPassword = z
  .string()
  .max(256, { error: "Password has at most 256 characters", abort: true })
  .refine((text) => text.trim() !== "", "Password cannot be blank")
  .refine(
    (text) => [...text.normalize("NFKC")].length >= passwordMinimum,
    `Password must have at least ${passwordMinimum} characters`,
  );

export const organizationName = plainText({ label: "Organization name", minimum: 1, maximum: 80 });

export const setupInput = z.strictObject({
  token: z.string().max(200),
  name: plainText({ label: "Your name", minimum: 1, maximum: 100 }),
  email,
  password: newPassword,
  organizationName,
});
export type SetupInput = z.infer<typeof setupInput>;

const invitationToken = z.string().max(200);

export const acceptInvitationInput = z.strictObject({ token: invitationToken });

export const acceptAsNewInput = z.strictObject({
  token: invitationToken,
  name: plainText({ label: "Your name", minimum: 1, maximum: 100 }),
  password: newPassword,
});
export type AcceptAsNewInput = z.infer<typeof acceptAsNewInput>;

export const signInInput = z.strictObject({ email, password: z.string().min(1).max(256) });
export type SignInInput = z.infer<typeof signInInput>;

export const confirmPasswordInput = z.strictObject({ password: z.string().min(1).max(256) });
export type ConfirmPasswordInput = z.infer<typeof confirmPasswordInput>;

export const changePasswordInput = z
  .strictObject({
    currentPassword: z.string().min(1, "Enter your current password").max(256),
    newPassword,
  })
  .refine((typed) => typed.newPassword.normalize("NFKC") !== typed.currentPassword.normalize("NFKC"), {
    path: ["newPassword"],
    message: "This is your current password. Choose another one",
  });
export type ChangePasswordInput = z.infer<typeof changePasswordInput>;

export const requestPasswordResetInput = z.strictObject({ email });
export type RequestPasswordResetInput = z.infer<typeof requestPasswordResetInput>;

export const resetPasswordInput = z.strictObject({ token: z.string().max(200), password: newPassword });
export type ResetPasswordInput = z.infer<typeof resetPasswordInput>;

export const profileInput = z.strictObject({
  name: plainText({ label: "Your name", minimum: 1, maximum: 100 }),
  /** The values that the form was filled with. */
  seen: z.strictObject({ name: z.string().max(200) }).optional(),
});
export type ProfileInput = z.infer<typeof profileInput>;

/** The content of a known browser's cookie. */
export const knownBrowser = z.object({
  browserId: z.uuid(),
  userId: z.uuid(),
  passwordTag: z.string().regex(/^[\w-]{22}$/),
});

export const createUserInput = z.strictObject({
  email,
  name: plainText({ label: "Name", minimum: 1, maximum: 100 }),
  accessLevel: z.enum(accessLevels, "Choose an access level"),
});
export type CreateUserInput = z.infer<typeof createUserInput>;

export const setFirstPasswordInput = z.strictObject({ token: z.string().max(200), password: newPassword });
export type SetFirstPasswordInput = z.infer<typeof setFirstPasswordInput>;
