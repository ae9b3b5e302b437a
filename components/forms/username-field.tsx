/**
 * Tells a password manager whose password a form takes. Managers read no `type="hidden"`, so this is a text
 * field that nobody sees, hears or reaches.
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
