# Two images from one file:
#   docker build -t passerby .                       with the embedded engine: nothing else is needed
#   docker build -t passerby:slim --target slim .    for a ClickHouse server of your own (CLICKHOUSE_URL)
# The bases may be others, such as a mirror's: they need glibc, the second one a shell.
ARG NODE_IMAGE=docker.io/library/node:24-bookworm-slim
ARG BASE_IMAGE=docker.io/library/debian:bookworm-slim

FROM ${NODE_IMAGE} AS manifests
WORKDIR /app
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY packages/collector/package.json packages/collector/
COPY packages/dashboard/package.json packages/dashboard/
COPY packages/sdk/package.json packages/sdk/
RUN npm install --global "$(node -p "require('./package.json').packageManager")"

FROM manifests AS build
RUN pnpm install --frozen-lockfile
COPY . .
RUN pnpm run build && find packages/*/dist -name '*.map' -delete

# What runs in production, as plain folders, without what only compilers read and the country files that are part of
# another one; the engine apart from the rest.
FROM manifests AS modules
RUN pnpm install --prod --frozen-lockfile --filter @passerby/collector --config.node-linker=hoisted \
    && find node_modules -type f \( -name '*.map' -o -name '*.[cm]ts' -o -name '*.ts' -o -name '*-ipv[46].mmdb' \) -delete \
    && rm -r node_modules/.bin node_modules/.pnpm* node_modules/.modules.yaml \
    && mkdir /engine \
    && mv node_modules/chdb node_modules/@chdb /engine/

# The folders as in the repository: the programs find each other by them.
FROM scratch AS app
COPY deploy/container/passerby /usr/local/bin/
COPY deploy/container/healthcheck.mjs LICENSE /app/
COPY --from=modules /app/node_modules /app/node_modules
COPY packages/collector/package.json /app/packages/collector/
COPY packages/collector/demo /app/packages/collector/demo
COPY --from=build /app/packages/collector/dist /app/packages/collector/dist
COPY --from=build /app/packages/dashboard/dist /app/packages/dashboard/dist
COPY --from=build /app/packages/sdk/dist/p.* /app/packages/sdk/dist/

# Debian and Node alone: no npm, whose own packages nobody would keep up to date here. No init either: the collector ends
# on SIGTERM as process 1 too, and it has one child, which it reaps.
FROM ${BASE_IMAGE} AS base
COPY --from=manifests /usr/local/bin/node /usr/local/bin/
RUN groupadd --gid 10001 passerby \
    && useradd --uid 10001 --gid passerby --no-create-home --home-dir /data --shell /usr/sbin/nologin passerby \
    && install -d -o passerby -g passerby -m 0700 /data
ENV NODE_ENV=production DATA_DIR=/data PORT=4321
VOLUME /data
EXPOSE 4321
# As a number, which lets Kubernetes see that it is not root.
USER 10001:10001
WORKDIR /data
HEALTHCHECK --interval=15s --timeout=5s --start-period=2m CMD ["node", "/app/healthcheck.mjs"]
ENTRYPOINT ["passerby"]
CMD ["serve"]

FROM base AS slim
COPY --from=app / /

# The engine below the program: who upgrades fetches its half gigabyte only when it has changed.
FROM base AS full
COPY --from=modules /engine /app/node_modules
COPY --from=app / /
