# One image for every service; its argument says which: `docker run wireroom enrichment`.

FROM node:20-bookworm-slim AS base
WORKDIR /app

# The package manifests alone, so that the installs below are cached until one of them changes.
FROM base AS manifests
COPY . .
RUN rm -f tsconfig*.json \
  && find apps libs -type f ! -name package.json -delete \
  && find apps libs -type d -empty -delete

FROM base AS production
ENV NODE_ENV=production
COPY --from=manifests /app ./
# No runtime dependency needs its install script.
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM base AS build
COPY --from=manifests /app ./
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --no-audit --no-fund
COPY . .
# What stays is JavaScript and the data it reads; the modules come from the production stage.
RUN npm run build \
  && find apps libs -type d -name node_modules -prune -exec rm -rf {} + \
  && rm -rf apps/console/web/build apps/console/web/public apps/console/web/src \
  && find apps libs -type f \( -name '*.ts' -o -name '*.tsbuildinfo' -o -name 'tsconfig.json' \) -delete

FROM base
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
COPY --from=production /app ./
COPY --from=build /app/libs ./libs
COPY --from=build /app/apps ./apps
COPY rules ./rules
USER node
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --start-interval=2s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# `exec` makes node the process that receives the signals.
ENTRYPOINT ["/bin/sh", "-c", "exec node --enable-source-maps --max-semi-space-size=64 \"apps/$0/dist/main.js\""]
CMD ["ingest"]
