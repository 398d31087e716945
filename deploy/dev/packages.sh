# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Packages: installs what deploy/packages.txt names and this machine lacks. Does nothing, and quickly, when all is there.

packages_wanted() {
    sed 's/#.*//; s/[[:space:]]*$//; /^$/d' "$TIAOJIE_ROOT/deploy/packages.txt"
}

packages_missing() {
    comm -23 <(packages_wanted | sort) <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | sort -u)
}

as_root() {
    if ((EUID == 0)); then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        die "packages are missing; run ./dev setup as root, or install sudo"
    fi
}

# A fresh PostgreSQL must not get a cluster of its own: ours are private ones. A machine that has PostgreSQL is left alone.
packages_keep_postgres_quiet() {
    local folder=/etc/postgresql-common/createcluster.d
    as_root mkdir -p "$folder"
    echo 'create_main_cluster = false' | as_root tee "$folder/tiaojie.conf" >/dev/null
}

packages_install() {
    local missing
    mapfile -t missing < <(packages_missing)
    ((${#missing[@]})) || return 0
    echo "installing ${#missing[@]} packages: ${missing[*]}"
    if [[ " ${missing[*]} " == *" postgresql-15 "* ]]; then
        packages_keep_postgres_quiet
    fi
    local log
    log=$(mktemp)
    quietly "$log" as_root apt-get update -q
    quietly "$log" as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y --no-install-recommends "${missing[@]}"
    rm -f "$log"
}
