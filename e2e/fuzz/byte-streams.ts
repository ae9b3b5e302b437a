/** A random generator that repeats its sequence for the same seed. (mulberry32) */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const lf = (text: string) => text.replaceAll("\n", "\r\n");
const verify = (headers: string, body = "") =>
  lf(`POST /v1/keys/verify HTTP/1.1\nHost: x\n${headers}\n`) + body;

/** Inputs that are known to make two parsers disagree, and similar ones. */
export const hostileRequests: readonly string[] = [
  // Several lengths, or none.
  verify("Content-Length: 5\nContent-Length: 5\n", "12345"),
  verify("Content-Length: 5\nContent-Length: 6\n", "12345"),
  ...["+5", "5,5", "0x5", "05", "5 ", " 5", "1_0", "-1", "5\t", "5;", "5.0", "", "99999999999", "65537"].map(
    (length) => verify(`Content-Length: ${length}\n`, "12345"),
  ),
  verify("Content-Length : 5\n", "12345"),
  verify("content_length: 5\nContent-Length: 5\n", "12345"),
  verify("Content-Length\0: 5\n", "12345"),
  verify(""),
  verify("Content-Length: 0\n"),
  // Chunks.
  verify("Transfer-Encoding: chunked\n", "0\r\n\r\n"),
  verify("Content-Length: 6\nTransfer-Encoding: chunked\n", "0\r\n\r\nG"),
  verify("Content-Length: 5\nTransfer-Encoding: xchunked\n", "12345"),
  verify("Content-Length: 5\nTransfer-Encoding : chunked\n", "0\r\n\r\n"),
  verify("Content-Length: 5\nTransfer-Encoding:\tchunked\n", "0\r\n\r\n"),
  verify("Content-Length: 5\nTransfer-Encoding: \x0bchunked\n", "0\r\n\r\n"),
  verify("Content-Length: 5\nTransfer-Encoding: identity\n", "12345"),
  verify("Content-Length: 5\nTRANSFER-ENCODING: chunked, identity\n", "0\r\n\r\n"),
  verify("Content-Length: 5\nX: y\n Transfer-Encoding: chunked\n", "0\r\n\r\n"),
  verify("Content-Length: 5\n Transfer-Encoding: chunked\n", "0\r\n\r\n"),
  verify("Transfer-Encoding: chunked\n", "5;a=b\r\n12345\r\n0\r\nX: y\r\n\r\n"),
  // Line endings and unusual characters.
  verify("Content-Length: 5\n", "12345").replaceAll("\r\n", "\n"),
  verify("X: a\rTransfer-Encoding: chunked\nContent-Length: 5\n", "0\r\n\r\n"),
  verify("X: a\n\tfolded\nContent-Length: 5\n", "12345"),
  `\r\n${verify("Content-Length: 5\n", "12345")}`,
  ...["\0", "\x7f", "\x80", "é", "\x0b", "\x0c"].map((odd) =>
    verify(`X: a${odd}b\nContent-Length: 5\n`, "12345"),
  ),
  ...[": y", "X y", "X", "X : y", "(X): y", "X\t: y", "Ä: y", "__proto__: y", "constructor: y", "X:"].map(
    (line) => verify(`${line}\nContent-Length: 5\n`, "12345"),
  ),
  // Hosts.
  verify("Host: y\nContent-Length: 5\n", "12345"),
  verify("Content-Length: 5\n", "12345").replace("Host: x\r\n", ""),
  ...["", "a/b", "a@b", "a b", "x,y", "x\ty"].map((host) =>
    verify("Content-Length: 5\n", "12345").replace("Host: x", `Host: ${host}`),
  ),
  // What happens to the connection.
  ...["close", "keep-alive, close", "Upgrade", "Content-Length", "keep-alive\nConnection: close", ""].map(
    (said) => verify(`Connection: ${said}\nContent-Length: 5\n`, "12345"),
  ),
  ...["Proxy-Connection: close", "Upgrade: h2c", "Expect: 100-continue", "Expect: x", "TE: trailers"].map(
    (line) => verify(`${line}\nContent-Length: 5\n`, "12345"),
  ),
  verify(
    "Connection: Upgrade, HTTP2-Settings\nUpgrade: h2c\nHTTP2-Settings: AAMA\nContent-Length: 5\n",
    "12345",
  ),
  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  // The request line.
  ...[
    "HTTP/1.0",
    "HTTP/1.2",
    "HTTP/2.0",
    "http/1.1",
    "HTTP/1.1 ",
    " HTTP/1.1",
    "HTTP/1.1\t",
    "HTTP/01.1",
    "",
  ].map((version) => verify("Content-Length: 5\n", "12345").replace("HTTP/1.1", version)),
  ...["post", "POST ", "PUT", "GET", "POSTX", "\tPOST"].map((method) =>
    verify("Content-Length: 5\n", "12345").replace("POST", method),
  ),
  ...[
    "/v1/keys/verify?",
    "/v1/keys/verify/",
    "//v1/keys/verify",
    "http://x/v1/keys/verify",
    "/v1/keys/verif%79",
  ].map((target) => verify("Content-Length: 5\n", "12345").replace("/v1/keys/verify", target)),
  ...["/v1/keys/verify#x", "/v1\\keys/verify", "/v1/keys/../keys/verify", "*"].map((target) =>
    verify("Content-Length: 5\n", "12345").replace("/v1/keys/verify", target),
  ),
  lf("GET /v1/forward-auth/acme/-/- HTTP/1.1\nHost: x\nContent-Length: 5\n\n12345"),
  lf("GET /v1/forward-auth/acme/-/- HTTP/1.1\nHost: x\nContent-Length: 0\n\n"),
  lf("GET /v1/forward-auth/acme/-/-%2f HTTP/1.1\nHost: x\n\n"),
  lf("POST /v1/forward-auth/acme/-/- HTTP/1.1\nHost: x\nContent-Length: 5\n\n12345"),
  lf("HEAD /v1/auth-request/acme/-/- HTTP/1.1\nHost: x\n\n"),
];

const others = [
  "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
  "GET /v1/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
  "POST /v1/keys HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}",
  "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
];
const headers = [
  ...["Authorization: Bearer lk_sk_x", "X-API-Key:lk_sk_y", "content-type: application/json", "Accept: */*"],
  ...[
    "User-Agent: a/1 (b; c) d",
    "X-Request-Id: 1",
    "X-Forwarded-For: 1.2.3.4, ::1",
    "Connection: keep-alive",
  ],
  ...["CONNECTION: Keep-Alive", "Cookie: a=b; c=d", "Accept-Encoding: gzip, deflate", 'If-None-Match: "x:y"'],
];
const bodies = [
  "{}",
  '{"key":"x"}',
  "\r\n\r\n",
  "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
  "0\r\n\r\n",
  "\0\xff",
  "x".repeat(300),
];
const specials = [
  "\r",
  "\n",
  "\r\n",
  " ",
  "\t",
  ":",
  "\0",
  "\x80",
  "0",
  "9",
  ",",
  "X",
  "%",
  "\r\n\r\n",
  "Content-Length: 3\r\n",
];

/** A stream of bytes in random chunks: ordinary requests, hostile ones, and mutations of both. */
export function byteStream(random: () => number): readonly Buffer[] {
  const upTo = (most: number) => Math.floor(random() * most);
  const pick = <T>(list: readonly T[]): T => list[upTo(list.length)] as T;

  const ordinary = (): string => {
    const chosen = headers.filter(() => random() < 0.25);
    if (random() < 0.3) {
      const target = pick([
        "forward-auth/acme/a:b,c:d/-",
        "auth-request/acme/-/-/x?y=z&a='*",
        "forward-auth/x",
      ]);
      return `GET /v1/${target} HTTP/1.1\r\n${[pick(["Host: x", "host:x:1"]), ...chosen].join("\r\n")}\r\n\r\n`;
    }
    const body = random() < 0.005 ? "x".repeat(pick([16_383, 16_384, 16_385, 70_000])) : pick(bodies);
    const lines = ["Host: x.example:80", ...chosen];
    lines.splice(upTo(lines.length + 1), 0, `${pick(["Content-Length", "content-length"])}: ${body.length}`);
    if (random() < 0.005) lines.push(`X: ${"y".repeat(pick([3_000, 8_000, 8_200, 17_000]))}`);
    return `POST /v1/keys/verify${pick(["", "-batch"])} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n${body}`;
  };
  const mutate = (text: string): string => {
    const at = upTo(text.length);
    const end = at + upTo(8);
    switch (upTo(6)) {
      case 0:
        return text.slice(0, at) + pick(specials) + text.slice(at);
      case 1:
        return text.slice(0, at) + text.slice(end);
      case 2:
        return text.slice(0, at) + pick(specials) + text.slice(at + 1);
      case 3:
        return text.slice(0, at) + String.fromCharCode(upTo(256)) + text.slice(at + 1);
      case 4:
        return text.slice(0, end) + text.slice(at);
      default:
        return text.slice(0, at);
    }
  };

  let text = "";
  for (let pieces = 1 + upTo(4); pieces > 0; pieces--) {
    const kind = random();
    if (kind < 0.75) text += ordinary();
    else if (kind < 0.9) text += pick(hostileRequests);
    else text += pick(others);
  }
  if (random() < 0.5) for (let changes = 1 + upTo(3); changes > 0; changes--) text = mutate(text);
  const bytes = Buffer.from(text, "latin1");
  const cut = random();
  if (cut < 0.5 || bytes.length === 0) return [bytes];
  if (cut < 0.6 && bytes.length < 1_000) return Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));
  const cuts = Array.from({ length: 1 + upTo(4) }, () => upTo(bytes.length)).sort((a, b) => a - b);
  return [0, ...cuts].map((from, index) => bytes.subarray(from, cuts[index]));
}
