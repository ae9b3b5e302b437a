// The process that sends verifications: started by verification-load.ts, controlled by messages. It uses kept-alive raw
// sockets, one verification at a time on each. A node that does not answer gets more connections meanwhile: requests
// sent while it is paused are the ones it must not answer wrongly when it wakes up.
import type { Socket } from "node:net";
import { connect } from "node:net";
import { nowUs } from "./now-us";
import { toldVerdict } from "./told-verdict";
import type { LoadPlan } from "./verification-load";

type Told = LoadPlan | { readonly favour: readonly number[] } | { readonly stop: true };

const connectionsPerNode = 4;
const connectionsWhileSilent = 40;
const silenceUs = 300_000;
const favoured = 24;
/** The subject and metadata in an answer; absent if the key has neither. */
const owner = /"subject":(null|"[^"]*"),"metadata":(?:null|(\{[^}]*\})),/;

let records: (number | string)[] = [];
let hot: number[] = [];
let requests: Buffer[] = [];
let nodes: Node[] = [];

process.on("message", (told: Told) => {
  if ("favour" in told) hot = [...told.favour, ...hot].slice(0, favoured);
  else if ("stop" in told) stop();
  else start(told);
});

class Node {
  readonly #open = new Set<Connection>();

  constructor(
    readonly index: number,
    readonly port: number,
  ) {}

  /** Opens as many connections as needed. */
  tend(): void {
    const silent = [...this.#open].filter((one) => nowUs() - one.startedAt > silenceUs).length;
    const due = Math.min(connectionsPerNode + silent, connectionsWhileSilent);
    for (let count = this.#open.size; count < due; count++) {
      const one = new Connection(this, () => this.#open.delete(one));
      this.#open.add(one);
    }
  }

  get isCrowded(): boolean {
    return this.#open.size > connectionsPerNode;
  }
}

class Connection {
  startedAt = nowUs();
  #check = 0;
  #answer = "";
  readonly #socket: Socket;
  readonly #node: Node;

  constructor(node: Node, closed: () => void) {
    this.#node = node;
    this.#socket = connect(node.port, "127.0.0.1");
    this.#socket.setNoDelay(true).setEncoding("latin1");
    this.#socket.on("connect", () => this.#ask());
    this.#socket.on("data", (piece) => this.#read(String(piece)));
    this.#socket.on("error", () => undefined);
    this.#socket.on("close", closed);
  }

  #ask(): void {
    this.#check = choose();
    this.#answer = "";
    this.startedAt = nowUs();
    this.#socket.write(requests[this.#check] ?? "");
  }

  #read(piece: string): void {
    this.#answer += piece;
    const head = this.#answer.indexOf("\r\n\r\n");
    if (head < 0) return;
    const length = /\r\ncontent-length: (\d+)/i.exec(this.#answer)?.[1];
    if (length === undefined || this.#answer.length < head + 4 + Number(length)) return;
    const status = this.#answer.slice(9, 12);
    const code = /"code":"([A-Z_]+)"/.exec(this.#answer)?.[1];
    const [, subject, metadata] = owner.exec(this.#answer) ?? [];
    const verdict = toldVerdict(code ?? status, JSON.parse(subject ?? "null"), metadata ?? null);
    records.push(this.#check, this.#node.index, this.startedAt, nowUs(), verdict);
    if (this.#node.isCrowded || status !== "200") this.#socket.end();
    else this.#ask();
  }
}

/** Picks a check; half of the time one that changes. */
function choose(): number {
  const one = Math.random() < 0.5 ? hot[Math.floor(Math.random() * hot.length)] : undefined;
  return one ?? Math.floor(Math.random() * requests.length);
}

function start({ ports, checks }: LoadPlan): void {
  requests = checks.map(({ callerToken, token, permission }) => {
    const body = JSON.stringify({ key: token, permissions: [permission] });
    const head = [
      "POST /v1/keys/verify HTTP/1.1",
      "Host: localhost",
      `Authorization: Bearer ${callerToken}`,
      "Content-Type: application/json",
      `Content-Length: ${body.length}`,
    ];
    return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`);
  });
  nodes = ports.map((port, index) => new Node(index, port));
  setInterval(() => {
    for (const node of nodes) node.tend();
  }, 20);
  setInterval(sendRecords, 100);
}

function sendRecords(): void {
  process.send?.(records);
  records = [];
}

function stop(): void {
  process.send?.(records, () => process.exit(0));
}
