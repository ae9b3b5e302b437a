# syntax=docker/dockerfile:1
# One image for all nodes: as it is a full node, with `node dist/api-server.mjs` a verifying one.
# By its tag, so that a build gets the security fixes of Node.js and Debian; who wants the same bytes each time gives a digest:
# --build-arg NODE=24-slim@sha256:...
ARG NODE=24-slim

FROM node:${NODE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Exactly what package-lock.json says, or nothing.
RUN npm ci --include=dev
COPY . .
RUN node -e "import('./scripts/prepare.mjs').then(({ prepare }) => prepare({ build: true }))" \
  && npm prune --omit=dev \
  && rm -rf .next/cache

FROM node:${NODE}
# Nothing is installed from here on, so nothing that installs is there to be used or to have faults.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack \
  /usr/local/bin/yarn /usr/local/bin/yarnpkg /usr/local/bin/pnpm /usr/local/bin/pnpx /opt/yarn-*
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOST=0.0.0.0 PORT=3000 DATA_DIR=/data \
  NODE_OPTIONS=--max-semi-space-size=16
WORKDIR /app
# What runs belongs to root, so that the process can write none of it.
COPY --from=build /app/package.json /app/next.config.js ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/prisma ./prisma
COPY --from=build /app/.next ./.next
COPY --from=build /app/dist ./dist
# The one place to write to, and only the embedded database does.
RUN install -d -o node -g node -m 0700 /data
VOLUME /data
USER node
EXPOSE 3000
# Alive, not ready: a database that is away must restart no node. Proxies ask /readyz.
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/server.mjs"]
