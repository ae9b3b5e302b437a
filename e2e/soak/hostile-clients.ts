import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { openConnection } from "../support/api/raw-connection";

type Target = { readonly port: number; readonly host: string; readonly origin: string };
/** Uses a connection until the server closes it, or until there is nothing more to do. */
type Kind = (socket: Socket, target: Target, isOver: () => boolean) => Promise<void>;

/** The pause between two bytes of a slow client. */
const dripMs = 500;
/** The longest that a silent client stays. */
const staysMs = 150_000;

const head = (line: string, { host, origin }: Target, more = "") =>
  `${line} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\n${more}\r\n`;

/** Has the server closed the connection, or its side of it? */
const isGone = (socket: Socket) => socket.closed || socket.readableEnded;

async function drip(socket: Socket, piece: string, isOver: () => boolean): Promise<void> {
  while (!isGone(socket) && !isOver()) {
    socket.write(piece);
    await sleep(dripMs);
  }
}

async function stay(socket: Socket, isOver: () => boolean): Promise<void> {
  const until = performance.now() + staysMs;
  while (!isGone(socket) && !isOver() && performance.now() < until) await sleep(dripMs);
}

const chunked = "Transfer-Encoding: chunked\r\n";
const large = `4000\r\n${"x".repeat(0x4000)}\r\n`;

export const kinds = {
  "silent from the start": (socket, _, isOver) => stay(socket, isOver),
  "headers a byte at a time": async (socket, target, isOver) => {
    socket.write(head("GET /sign-in", target).slice(0, -2));
    await drip(socket, "x", isOver);
  },
  "a body a byte at a time": async (socket, target, isOver) => {
    socket.write(head("POST /sign-in", target, chunked));
    await drip(socket, "1\r\nx\r\n", isOver);
  },
  "a body a byte at a time where none is read": async (socket, target, isOver) => {
    socket.write(head("GET /healthz", target, chunked));
    await drip(socket, "1\r\nx\r\n", isOver);
  },
  "half open": async (socket, target, isOver) => {
    socket.end(head("POST /v1/keys/verify", target, "Content-Length: 100\r\n"));
    await stay(socket, isOver);
  },
  upgraded: async (socket, target, isOver) => {
    const offer = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMA\r\n";
    socket.write(head("GET /sign-in", target, offer));
    await stay(socket, isOver);
  },
  "a tunnel": async (socket, target, isOver) => {
    socket.write(head("CONNECT example.com:443", target));
    await stay(socket, isOver);
  },
  "pipelined, and never read": async (socket, target, isOver) => {
    socket.pause();
    socket.write(head("GET /v1/openapi.json", target).repeat(50));
    await stay(socket, isOver);
  },
  huge: async (socket, target, isOver) => {
    socket.write(head("POST /api/auth/callback/credentials", target, chunked));
    for (let piece = 0; piece < 600 && !isGone(socket) && !isOver(); piece++) {
      socket.write(large);
      await sleep(20);
    }
  },
} as const satisfies Record<string, Kind>;

export type HostileCount = { opened: number; closedByServer: number };

/**
 * Runs this many clients of each kind. Each opens one connection after another, a second apart.
 *
 * @returns the counts, and a function to stop
 */
export function startHostileClients(target: Target, ofEachKind: number) {
  let over = false;
  const isOver = () => over;
  const counts = new Map<string, HostileCount>();
  const clients = Object.entries(kinds).flatMap(([name, kind]) => {
    const count = { opened: 0, closedByServer: 0 };
    counts.set(name, count);
    return Array.from({ length: ofEachKind }, async () => {
      while (!over) {
        const socket = await openConnection(target.port, true);
        // Unless paused, the server's output is read and discarded.
        socket.resume();
        count.opened++;
        await kind(socket, target, isOver);
        if (!over && isGone(socket)) count.closedByServer++;
        socket.destroy();
        await sleep(over ? 0 : 1000);
      }
    });
  });
  const end = async () => {
    over = true;
    await Promise.all(clients);
  };
  return { counts: counts as ReadonlyMap<string, HostileCount>, end };
}
