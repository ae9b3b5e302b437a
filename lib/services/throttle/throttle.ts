/** Allows `attempts` per subject and window, and refuses more until the window ends. */
export type Throttle = {
  readonly name: string;
  readonly attempts: number;
  readonly windowMs: number;
};

/** The row that counts a subject's attempts. */
export function throttleKey(throttle: Throttle, subject: string): string {
  return `${throttle.name}:${subject}`;
}
