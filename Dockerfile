# Two images from one file:
#   docker build -t passerby .                       with the embedded engine: nothing else is needed
#   docker build -t passerby:slim --target slim .    for a ClickHouse server of your own (CLICKHOUSE_URL)
# The bases may be others, such as a mirror's: they need glibc, the second one bash.
ARG NODE_IMAGE=docker.io/library/node:24-bookworm-slim
ARG BASE_IMAGE=docker.io/library/debian:bookworm-slim

FROM ${NODE_IMAGE} AS manifests
WORKDIR /app
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY packages/collector/package.json packages/collector/
COPY packages/dashboard/package.json packages/dashboard/
COPY packages/sdk/package.json packages/sdk/
COPY scripts/assemble.mjs scripts/lib.mjs scripts/machine.mjs scripts/

FROM manifests AS build
RUN npm install --global "$(node -p "require('./package.json').packageManager")"
RUN pnpm install --frozen-lockfile
COPY . .
RUN pnpm run build && node scripts/assemble.mjs programs /image

# With the same times whenever it is built: what has not changed is the same layer.
FROM manifests AS modules
RUN node scripts/assemble.mjs modules /image && find /image -exec touch --no-dereference --date=@0 {} +

# Debian and Node alone: no npm, whose own packages nobody would keep up to date here. No init either: the collector ends
# on SIGTERM as process 1 too, and it has one child, which it reaps.
FROM ${BASE_IMAGE} AS base
COPY --from=manifests /usr/local/bin/node /usr/local/bin/
# Nobody becomes root by a program of Debian's either.
RUN groupadd --gid 10001 passerby \
    && useradd --uid 10001 --gid passerby --no-create-home --home-dir /data --shell /usr/sbin/nologin passerby \
    && install -d -o passerby -g passerby -m 0700 /data \
    && find / -xdev -type f -perm /6000 -exec chmod a-s {} +
ARG VERSION=0.2.0
ARG REVISION=
LABEL org.opencontainers.image.title="Passerby" \
    org.opencontainers.image.description="Counts the visits to a website and collects the logs of its pages, and never learns who anyone was." \
    org.opencontainers.image.licenses="MIT" \
    org.opencontainers.image.version="$VERSION" \
    org.opencontainers.image.revision="$REVISION"
ENV NODE_ENV=production DATA_DIR=/data PORT=4321
VOLUME /data
EXPOSE 4321
# As a number, which lets Kubernetes see that it is not root.
USER 10001:10001
WORKDIR /data
HEALTHCHECK --interval=30s --timeout=5s --start-period=2m CMD ["healthcheck"]
ENTRYPOINT ["passerby"]
CMD ["serve"]

FROM base AS slim
COPY --from=modules /image/modules /
COPY --from=build /image/programs /

# The engine below the program: who upgrades fetches its half gigabyte only when it has changed.
FROM base AS full
COPY --from=modules /image/engine /
COPY --from=modules /image/modules /
COPY --from=build /image/programs /
