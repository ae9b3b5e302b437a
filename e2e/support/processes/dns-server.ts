import { createSocket } from "node:dgram";
import { once } from "node:events";

/**
 * Starts a DNS server that answers queries for IPv4 addresses with the current result of `answer`, and has no IPv6
 * addresses.
 */
export async function startDnsServer(answer: (name: string) => readonly string[]) {
  const socket = createSocket("udp4");
  socket.on("message", (query, from) => socket.send(reply(query, answer), from.port, from.address));
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return { address: `127.0.0.1:${socket.address().port}`, close: () => socket.close() };
}

/** The reply repeats the question, then has a record for each address. (RFC 1035, 4) */
function reply(query: Buffer, answer: (name: string) => readonly string[]): Buffer {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.subarray(at + 1, at + 1 + length).toString("latin1"));
    at += 1 + length;
  }
  const question = query.subarray(12, at + 5);
  const isIpv4 = query.readUInt16BE(at + 1) === 1;
  const addresses = isIpv4 ? answer(labels.join(".").toLowerCase()) : [];
  const head = Buffer.alloc(12);
  query.copy(head, 0, 0, 2);
  head.writeUInt16BE(0x8180, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(addresses.length, 6);
  const records = addresses.map((address) =>
    Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split(".").map(Number)]),
  );
  return Buffer.concat([head, question, ...records]);
}
