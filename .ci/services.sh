#!/usr/bin/env bash
# The real services for the second half of the gate: Debian's redis-server, and PostgreSQL 15 with pgvector 0.8 in a folder of their own.
#   services.sh start    installs what is missing, starts both on loopback, prints two lines: TEST_REDIS_URL=… and TEST_DATABASE_URL=…
#   services.sh stop     stops what start began
# PostgreSQL is Debian 12's; pgvector is built from Debian trixie's source package, because Debian 12 has an older one.
set -euo pipefail

BASE=${SERVICES_DIR:?SERVICES_DIR is not set: name the folder for the services}
REDIS_PORT=${SERVICES_REDIS_PORT:-56379}
PG_PORT=${SERVICES_PG_PORT:-55433}
PG_VERSION=15
ROOT=$BASE/root
PG_BIN=$ROOT/usr/lib/postgresql/$PG_VERSION/bin
export DEBIAN_FRONTEND=noninteractive

install_redis() {
  command -v redis-server >/dev/null && return
  apt-get -qq update >&2
  # The package starts a service where the machine has an init system; ours runs beside it on a port of its own.
  apt-get -qq -y --no-install-recommends install redis-server >&2
}

# apt with lists and sources of its own, so that the machine's stay as they are.
private_apt() {
  apt-get -qq -o "Dir::State::Lists=$BASE/apt/lists" -o "Dir::Cache=$BASE/apt/cache" -o Dir::Etc::SourceList=/dev/null \
    -o "Dir::Etc::SourceParts=$BASE/apt/sources" -o APT::Sandbox::User=root "$@" >&2
}

install_postgres() {
  [ -e "$ROOT/usr/lib/postgresql/$PG_VERSION/lib/vector.so" ] && return
  mkdir -p "$BASE"/{debs,pgvector,apt/sources,apt/lists/partial,apt/cache/archives/partial} "$ROOT"
  local mirror signed='Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg'
  mirror=$(sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/debian.sources | head -n 1)
  printf 'Types: deb\nURIs: %s\nSuites: bookworm\nComponents: main\n%s\n\nTypes: deb-src\nURIs: %s\nSuites: trixie\nComponents: main\n%s\n' \
    "$mirror" "$signed" "$mirror" "$signed" >"$BASE/apt/sources/services.sources"
  private_apt update
  (
    cd "$BASE/debs"
    private_apt download "postgresql-$PG_VERSION" "postgresql-client-$PG_VERSION" "postgresql-server-dev-$PG_VERSION" libpq-dev libpq5
    for package in *.deb; do dpkg -x "$package" "$ROOT"; done
    private_apt source --download-only pgvector
    tar xf pgvector_*.orig.tar.* -C "$BASE/pgvector" --strip-components=1
  )
  if ldd "$PG_BIN/postgres" | grep -q 'not found'; then
    # The libraries come with Debian's own server; its files stay unused.
    apt-get -qq update >&2
    apt-get -qq -y --no-install-recommends install "postgresql-$PG_VERSION" >&2
  fi
  make -s -C "$BASE/pgvector" -j"$(nproc)" OPTFLAGS= with_llvm=no PG_CONFIG="$PG_BIN/pg_config" \
    PG_CPPFLAGS="-I$ROOT/usr/include/postgresql/$PG_VERSION/server -I$ROOT/usr/include/postgresql/internal -I$ROOT/usr/include/postgresql" >&2
  make -s -C "$BASE/pgvector" with_llvm=no PG_CONFIG="$PG_BIN/pg_config" install >&2
}

as_postgres() { su postgres -s /bin/bash -c "$*" >&2; }

start_redis() {
  mkdir -p "$BASE/redis"
  redis-server --bind 127.0.0.1 --port "$REDIS_PORT" --dir "$BASE/redis" --daemonize yes --pidfile "$BASE/redis/redis.pid" \
    --appendonly yes --maxmemory-policy noeviction --save '' --logfile "$BASE/redis/redis.log" >&2
}

start_postgres() {
  id postgres >/dev/null 2>&1 || useradd -r -d "$BASE" postgres
  chmod 755 "$BASE" "$ROOT"
  mkdir -p "$BASE/pg/data" "$BASE/pg/run"
  chown -R postgres "$BASE/pg"
  [ -s "$BASE/pg/data/PG_VERSION" ] ||
    as_postgres "'$PG_BIN/initdb' -D '$BASE/pg/data' -U postgres -A trust -E UTF8 --locale=C.UTF-8 -N"
  # fsync off: the data of a test run is worth nothing after a power cut.
  as_postgres "'$PG_BIN/pg_ctl' -D '$BASE/pg/data' -w -l '$BASE/pg/run/postgres.log' -o '-p $PG_PORT -c listen_addresses=127.0.0.1 -c unix_socket_directories=$BASE/pg/run -c fsync=off -c max_connections=300' start"
}

case "${1:-}" in
  start)
    install_redis
    install_postgres
    start_redis
    start_postgres
    echo "TEST_REDIS_URL=redis://127.0.0.1:$REDIS_PORT"
    echo "TEST_DATABASE_URL=postgres://postgres@127.0.0.1:$PG_PORT/postgres"
    ;;
  stop)
    [ ! -s "$BASE/redis/redis.pid" ] || kill "$(cat "$BASE/redis/redis.pid")" 2>/dev/null || true
    [ ! -s "$BASE/pg/data/postmaster.pid" ] || as_postgres "'$PG_BIN/pg_ctl' -D '$BASE/pg/data' -m fast stop" || true
    ;;
  *)
    sed -n 2,6p "$0" >&2
    exit 2
    ;;
esac
