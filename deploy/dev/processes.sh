# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Processes: what a verb or a scenario starts in the background and later ends, and nothing else.
#
#   process_start BOOK NAME LOG COMMAND...   starts it in a session of its own and writes it into the file BOOK
#   process_pid BOOK NAME                    the pid of the last one started under that name
#   process_stop BOOK [NAME]                 ends those of that name (or all) and forgets them
#
# A line of the book is "pid birth name"; birth (start time since boot) tells a process from a later one with its number.

PROCESS_PATIENCE=20 # seconds between the polite end and the hard one

# Field 22 of /proc/PID/stat; the name before it is in brackets and may hold anything.
process_birth() {
    local stat
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
    read -ra stat <<<"${stat##*) }"
    [[ ${stat[0]} != Z ]] || return 1
    echo "${stat[19]}"
}

process_gone() {
    ! process_birth "$1" >/dev/null
}

process_start() {
    local book=$1 name=$2 log=$3 pid birth
    shift 3
    setsid "$@" </dev/null >>"$log" 2>&1 &
    pid=$!
    # One that ended at once is in the book too: whoever waits for it must be able to tell.
    birth=$(process_birth "$pid") || birth=0
    echo "$pid $birth $name" >>"$book"
}

process_pid() {
    awk -v name="$2" '$3 == name { pid = $1 } END { if (!pid) exit 1; print pid }' "$1"
}

process_same() {
    [[ $(process_birth "$1") == "$2" ]]
}

process_end() {
    local pid=$1 birth=$2 deadline=$((SECONDS + PROCESS_PATIENCE))
    process_same "$pid" "$birth" || return 0
    kill -TERM "$pid" 2>/dev/null || return 0
    kill -CONT "$pid" 2>/dev/null || return 0
    timeout "$PROCESS_PATIENCE" tail --pid="$pid" -f /dev/null || true
    if process_same "$pid" "$birth"; then
        kill -KILL "$pid" 2>/dev/null || true
    fi
    until ! process_same "$pid" "$birth" || ((SECONDS >= deadline + PROCESS_PATIENCE)); do :; done
}

process_stop() {
    local book=$1 name=${2:-} pid birth its
    [[ -f $book ]] || return 0
    while read -r pid birth its; do
        if [[ -z $name || $its == "$name" ]]; then
            process_end "$pid" "$birth"
        fi
    done <"$book"
    if [[ -n $name ]]; then
        awk -v name="$name" '$3 != name' "$book" >"$book.new"
        mv "$book.new" "$book"
    else
        rm -f "$book"
    fi
}
