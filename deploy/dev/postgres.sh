# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# PostgreSQL: private clusters, each in a folder of its own. Needs strict.sh, private.sh and processes.sh.
#
#   postgres_make DIR [SETTING...]   makes and starts a cluster in DIR, which must exist and be empty
#   postgres_start DIR               starts it, also right after a kill -9; fails when it does not answer in time
#   postgres_kill DIR                kill -9 of the postmaster, nothing else
#   postgres_stop DIR                ends it; what was committed stays
#   postgres_remove DIR              ends it and removes the folder
#   postgres_environment DIR         prints the TIAOJIE_PG_* settings, one NAME=VALUE a line
#
# It runs as the invoking user; for root, whom PostgreSQL refuses, as `postgres`, the user that comes with the package.
# It listens only on a socket inside DIR. DIR is closed to others (0700), so whoever reaches the socket is that user or
# root and could read the data anyway: `trust` gives nothing away there, and no password has to lie about.
# Durability is as in production: fsync and synchronous_commit stay on.

POSTGRES_BIN=/usr/lib/postgresql/15/bin
POSTGRES_PATIENCE=60 # seconds until a start or stop is given up

postgres_as_user() {
    if ((EUID == 0)); then
        setpriv --reuid=postgres --regid=postgres --init-groups env HOME=/var/lib/postgresql "$@"
    else
        "$@"
    fi
}

postgres_write_settings() {
    local dir=$1
    shift
    local setting
    {
        echo "listen_addresses = ''"
        echo "unix_socket_directories = '$dir'"
        echo "port = $(port_free)"
        echo "fsync = on"
        echo "synchronous_commit = on"
        echo "shared_buffers = 256MB"
        echo "max_connections = 100"
        echo "max_wal_size = 2GB"
        echo "logging_collector = off"
        echo "timezone = 'UTC'"
        for setting in "$@"; do
            echo "$setting"
        done
    } >>"$dir/data/postgresql.conf"
}

postgres_make() {
    local dir=$1
    shift
    if ((EUID == 0)); then
        chown postgres:postgres "$dir"
    fi
    chmod 700 "$dir"
    (
        cd "$dir" || exit
        quietly "$dir/initdb.log" postgres_as_user "$POSTGRES_BIN/initdb" --pgdata="$dir/data" --username=postgres \
            --auth=trust --encoding=UTF8 --locale=C.UTF-8
    ) || return 1
    postgres_write_settings "$dir" "$@"
    postgres_start "$dir"
}

postgres_ctl() {
    local dir=$1
    shift
    (cd "$dir" && postgres_as_user "$POSTGRES_BIN/pg_ctl" --pgdata="$dir/data" --silent --timeout="$POSTGRES_PATIENCE" "$@")
}

postgres_pid() {
    head -n 1 "$1/data/postmaster.pid" 2>/dev/null || true
}

# A killed postmaster that its parent never waits for (a container without an init) would count as running for ever.
# PostgreSQL still sees by the shared memory whether its children live, so the file alone protects nothing.
postgres_forget_the_dead() {
    local pid
    pid=$(postgres_pid "$1")
    if [[ -n $pid ]] && process_gone "$pid"; then
        rm -f "$1/data/postmaster.pid"
    fi
}

# After a kill -9 the postmaster's children hold its shared memory until they notice; a start before that fails at once.
# So: again until it answers.
postgres_start() {
    local dir=$1 deadline=$((SECONDS + POSTGRES_PATIENCE))
    postgres_forget_the_dead "$dir"
    until postgres_ctl "$dir" --log="$dir/log" --wait start >/dev/null 2>&1; do
        if postgres_answers "$dir"; then
            return 0
        fi
        if ((SECONDS >= deadline)); then
            tail -n 50 "$dir/log" >&2
            echo "PostgreSQL in $dir does not start" >&2
            return 1
        fi
    done
}

postgres_port() {
    sed -n 's/^port = //p' "$1/data/postgresql.conf" | tail -n 1
}

postgres_answers() {
    "$POSTGRES_BIN/pg_isready" --quiet --host="$1" --port="$(postgres_port "$1")"
}

postgres_kill() {
    local pid
    pid=$(postgres_pid "$1")
    kill -KILL "$pid"
    until process_gone "$pid"; do :; done
}

postgres_stop() {
    local dir=$1
    if [[ -f $dir/data/postmaster.pid ]]; then
        postgres_ctl "$dir" --mode=fast --wait stop >/dev/null 2>&1 || true
    fi
}

postgres_remove() {
    local dir=$1
    postgres_stop "$dir"
    rm -rf "$dir"
}

postgres_environment() {
    local dir=$1 port
    port=$(postgres_port "$dir")
    echo "TIAOJIE_PG_DIR=$dir"
    echo "TIAOJIE_PG_HOST=$dir"
    echo "TIAOJIE_PG_PORT=$port"
    echo "TIAOJIE_PG_USER=postgres"
    echo "TIAOJIE_PG=host=$dir port=$port user=postgres"
}
