/**
 * Tells a password manager which account a password belongs to. Managers ignore `type="hidden"`, so this is a text
 * field hidden from sight, screen readers and the Tab key.
 */
export function UsernameField({ email }: { email: string }) {
  return (
    <input
      type="text"
      name="username"
      autoComplete="username"
      value={email}
      readOnly
      tabIndex={-1}
      aria-hidden
      className="sr-only"
    />
  );
}
