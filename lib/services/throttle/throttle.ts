/** So many attempts on one subject in one window; the next ones are refused until the window ends. */
export type Throttle = {
  readonly name: string;
  readonly attempts: number;
  readonly windowMs: number;
};

const quarterOfAnHour = 15 * 60 * 1000;

/** Guesses at one person's password, from wherever they come. */
export const accountThrottle: Throttle = {
  name: "password:account",
  attempts: 10,
  windowMs: quarterOfAnHour,
};

/** Guesses from one address, at whosever password: an office shares an address, hence the room. */
export const addressThrottle: Throttle = {
  name: "password:address",
  attempts: 50,
  windowMs: quarterOfAnHour,
};

/** The row that counts a subject's attempts. */
export function throttleKey(throttle: Throttle, subject: string): string {
  return `${throttle.name}:${subject}`;
}
