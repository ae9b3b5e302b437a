// The minimum an HTTP server in Node.js can do for a POST: read the body and always answer the same JSON.
import { createServer } from "node:http";

const answer = Buffer.from(process.env.ANSWER ?? "{}");
createServer((request, response) => {
  request.on("data", () => undefined);
  request.on("end", () => {
    response.writeHead(200, { "Content-Type": "application/json", "Content-Length": answer.length });
    response.end(answer);
  });
  request.resume();
}).listen(Number(process.env.PORT), "127.0.0.1");
