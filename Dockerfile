# One image, several commands: ingest (default), worker, admin, migrate, simulator.
# The Node version that runs the sources comes from package-lock.json, whatever the base image brings.
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS install
WORKDIR /app
ENV NODE_ENV=production
COPY package.json package-lock.json .npmrc ./
COPY packages/runtime/package.json packages/runtime/
COPY packages/config/package.json packages/config/
COPY packages/queue/package.json packages/queue/
COPY packages/database/package.json packages/database/
COPY packages/avito/package.json packages/avito/
COPY packages/rag/package.json packages/rag/
COPY packages/embedded/package.json packages/embedded/
COPY apps/ingest/package.json apps/ingest/
COPY apps/worker/package.json apps/worker/
COPY apps/admin/package.json apps/admin/
COPY apps/cli/package.json apps/cli/
COPY apps/simulator/package.json apps/simulator/
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM ${NODE_IMAGE}
WORKDIR /app
ENV NODE_ENV=production \
    PATH=/app/node_modules/.bin:$PATH \
    LISTEN_HOST=0.0.0.0 \
    NODE_COMPILE_CACHE=/tmp/node-compile-cache
COPY --from=install /app/node_modules node_modules
COPY package.json package-lock.json tsconfig.base.json tsconfig.json ./
COPY packages packages
COPY apps apps
COPY examples examples
# Nothing in /app is written at run time, so it stays root's; 10001 exists in no base image.
USER 10001:10001
EXPOSE 3000 3001 3002
CMD ["node", "apps/ingest/src/main.ts"]
