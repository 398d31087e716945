# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Private: short folders of our own outside the clone, and free ports.
#
# Short, because a socket's path has 107 bytes; outside, because the clone may lie where PostgreSQL's user can't read;
# under /var/tmp, because /tmp may be memory, where fsync costs nothing.

private_new() {
    mktemp -d "${TIAOJIE_PRIVATE:-/var/tmp}/tiaojie.XXXXXX"
}

# A TCP port on which nobody answers at the moment.
port_free() {
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    echo "$port"
}
