// The minimum a server with a database can do: one prepared SELECT of the key by its id for each POST.
import { createServer } from "node:http";
import pg from "pg";

const answer = Buffer.from(process.env.ANSWER ?? "{}");
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 });
const select = "SELECT * FROM api_keys WHERE id = $1";

createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", async () => {
    if (request.method === "POST") {
      const { key } = JSON.parse(Buffer.concat(chunks).toString());
      const { rows } = await pool.query({ name: "key", text: select, values: [key.slice(6, 22)] });
      if (rows.length !== 1) throw new Error("There is no such key");
    }
    response.writeHead(200, { "Content-Type": "application/json", "Content-Length": answer.length });
    response.end(answer);
  });
}).listen(Number(process.env.PORT), "127.0.0.1");
