import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const { status } = spawnSync(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
  stdio: "inherit",
});
if (status !== 0) process.exit(status ?? 1);

// Scripts and styles never change once they are built, so they are compressed here, as far as brotli goes. Next would
// compress them for each request, with gzip, which leaves an eighth more.
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
