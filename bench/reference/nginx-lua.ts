import { spawn } from "node:child_process";
import { hash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@/e2e/support/processes/free-port";
import type { NodeProcess } from "../support/node-process";
import { familyCpuSeconds } from "../support/node-process";

// nginx with Lua, on which API gateways are built: one worker looks up two SHA-256 hashes in a shared dictionary and
// sends a prepared answer. docs/benchmarks.md says what it leaves out.

const nginx = "/usr/sbin/nginx";
const modules = ["ndk_http_module", "ngx_http_lua_module"].map((name) => `/usr/lib/nginx/modules/${name}.so`);

const handler = (answer: string) => `
  local body = ngx.req.read_body() or ngx.req.get_body_data() or ""
  local token = body:match('"key":"([^"]+)"')
  local caller = (ngx.var.http_authorization or ""):match("^Bearer (.+)$")
  local keys = ngx.shared.keys
  if not caller or not keys:get(sha256(caller)) then return ngx.exit(401) end
  local id = token and keys:get(sha256(token))
  ngx.header["Content-Type"] = "application/json"
  if not id then return ngx.print('{"valid":false,"code":"UNKNOWN"}') end
  local text = [==[${answer}]==]
  ngx.header["Content-Length"] = #text
  ngx.print(text)`;

const setup = (file: string) => `
  local ffi = require "ffi"
  ffi.cdef "unsigned char *SHA256(const unsigned char *d, size_t n, unsigned char *md);"
  local crypto, room = ffi.load("libcrypto.so.3"), ffi.new("unsigned char[32]")
  function sha256(text) crypto.SHA256(text, #text, room); return ffi.string(room, 32) end
  for line in io.lines("${file}") do
    ngx.shared.keys:set((line:gsub("..", function(two) return string.char(tonumber(two, 16)) end)), "key")
  end`;

/** @returns null if nginx or its Lua module is not installed */
export async function startNginx(answer: string, tokens: readonly string[]): Promise<NodeProcess | null> {
  if (![nginx, ...modules].every((file) => existsSync(file))) return null;
  const folder = mkdtempSync(join(tmpdir(), "latchkey-nginx-"));
  const port = await freePort();
  const hashes = join(folder, "hashes");
  writeFileSync(hashes, `${tokens.map((token) => hash("sha256", token)).join("\n")}\n`);
  const configuration = `
    ${modules.map((file) => `load_module ${file};`).join("\n")}
    daemon off; worker_processes 1; pid ${folder}/pid; error_log stderr error;
    events { worker_connections 1024; }
    http {
      access_log off; keepalive_requests 1000000000; client_body_temp_path ${folder};
      lua_shared_dict keys 64m;
      init_by_lua_block {${setup(hashes)}
      }
      server {
        listen 127.0.0.1:${port};
        location /ready { return 200; }
        location /v1/keys/verify { content_by_lua_block {${handler(answer)}
        } }
      }
    }`;
  const file = join(folder, "nginx.conf");
  writeFileSync(file, configuration);
  const child = spawn(nginx, ["-p", folder, "-c", file], { stdio: ["ignore", "ignore", "pipe"] });
  let output = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output = (output + text).slice(-2000);
  });
  const pid = child.pid ?? 0;
  const deadline = performance.now() + 30_000;
  while (!(await fetch(`http://127.0.0.1:${port}/ready`).catch(() => undefined))?.ok) {
    if (child.exitCode !== null || performance.now() > deadline)
      throw new Error(`nginx did not start\n${output}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const stop = async () => {
    child.kill("SIGQUIT");
    if (child.exitCode === null) await once(child, "exit");
    rmSync(folder, { recursive: true, force: true });
  };
  return { port, pid, cpuSeconds: () => familyCpuSeconds(pid), residentMb: () => Number.NaN, stop };
}
