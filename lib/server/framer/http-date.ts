let second = 0;
let text = "";

/** The Date header of a response sent now (RFC 9110, 5.6.7). Made once a second. */
export function httpDate(now = Date.now()): string {
  const current = Math.floor(now / 1000);
  if (current !== second) {
    second = current;
    text = new Date(current * 1000).toUTCString();
  }
  return text;
}
