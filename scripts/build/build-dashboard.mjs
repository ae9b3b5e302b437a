import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const { status } = spawnSync(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
  stdio: "inherit",
});
if (status !== 0) process.exit(status ?? 1);

// Scripts and styles never change after the build, so compress them here with brotli's highest quality. Next would
// compress them on each request with gzip, which makes them an eighth larger.
const directory = ".next/static";
const compress = promisify(brotliCompress);
const names = readdirSync(directory, { recursive: true, encoding: "utf8" });
await Promise.all(
  names
    .filter((name) => /\.(?:js|css)$/.test(name))
    .map(async (name) => {
      const text = readFileSync(join(directory, name));
      const params = { [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
      writeFileSync(join(directory, `${name}.br`), await compress(text, { params }));
    }),
);
