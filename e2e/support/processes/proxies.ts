import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { temporaryDirectory } from "../database/installation";
import { aptInstall, canAptInstall } from "./apt-install";

/** The path of a proxy, installed first if possible; undefined if there is none. */
export function needProxy(program: "nginx" | "caddy" | "haproxy"): string | undefined {
  const found = findProgram(program);
  if (found !== undefined || !canAptInstall()) return found;
  process.stdout.write(`Installing ${program} with apt-get, for the tests ...\n`);
  aptInstall([program]);
  return findProgram(program);
}

function findProgram(program: string): string | undefined {
  const onPath = (process.env.PATH ?? "").split(delimiter).filter((directory) => directory !== "");
  return [...onPath, "/usr/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"]
    .map((directory) => join(directory, program))
    .find((path) => existsSync(path));
}

export type TestProxy = { readonly stop: () => Promise<void>; readonly output: () => string };

/**
 * Starts nginx in the foreground, with all its files in a separate directory.
 *
 * @param http the content of its `http` block
 * @param ports the ports it listens on
 */
export async function startNginx(
  program: string,
  http: string,
  ports: readonly number[],
): Promise<TestProxy> {
  const directory = temporaryDirectory("nginx");
  const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${directory}/${name};`,
  );
  const configuration = `
    daemon off; master_process off; pid ${directory}/pid; error_log stderr warn;
    events { worker_connections 512; }
    http { access_log off; ${places.join(" ")}
      ${http}
    }`;
  const file = join(directory, "nginx.conf");
  writeFileSync(file, configuration);
  return start(spawn(program, ["-p", directory, "-c", file], { stdio: ["ignore", "pipe", "pipe"] }), ports);
}

/** Starts Caddy; `authority` is the certificate of its own authority, empty if it has none. */
export async function startCaddy(
  program: string,
  sites: string,
  port: number,
): Promise<TestProxy & { readonly authority: string }> {
  const directory = temporaryDirectory("caddy");
  const file = join(directory, "Caddyfile");
  writeFileSync(file, `{\n admin off\n auto_https disable_redirects\n skip_install_trust\n}\n${sites}`);
  const home = { HOME: directory, XDG_DATA_HOME: directory, XDG_CONFIG_HOME: directory };
  const env = { ...process.env, ...home };
  const args = ["run", "--config", file, "--adapter", "caddyfile"];
  const started = await start(spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] }), [port]);
  const certificate = join(directory, "caddy/pki/authorities/local/root.crt");
  if (!sites.includes("tls internal")) return { ...started, authority: "" };
  while (!existsSync(certificate)) await sleep(50);
  return { ...started, authority: readFileSync(certificate, "utf8") };
}

/**
 * Starts HAProxy in the foreground.
 *
 * @param scripts the files that its configuration loads, by name
 */
export async function startHaproxy(
  program: string,
  configuration: string,
  scripts: Readonly<Record<string, string>>,
  port: number,
): Promise<TestProxy> {
  const directory = temporaryDirectory("haproxy");
  const files = { ...scripts, "haproxy.cfg": configuration };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  const options = { cwd: directory, stdio: ["ignore", "pipe", "pipe"] as ["ignore", "pipe", "pipe"] };
  return start(spawn(program, ["-db", "-f", "haproxy.cfg"], options), [port]);
}

async function start(child: ChildProcess, ports: readonly number[]): Promise<TestProxy> {
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text) => (output += text));
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  for (const port of ports) {
    while (!(await isOpen(port))) {
      if (child.exitCode !== null) throw new Error(`The proxy did not start:\n${output}`);
      await sleep(50);
    }
  }
  return { stop, output: () => output };
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
