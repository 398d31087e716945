#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The ground: the private cluster that all scenarios stand on keeps what it acknowledges, also through a kill -9, and
# nobody reaches it from outside its folder.
source "$(dirname "${BASH_SOURCE[0]}")/say.sh"

setting() {
    psql_value "select pg_catalog.current_setting('$1')"
}

psql_value() {
    psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 "$TIAOJIE_PG dbname=postgres" --command="$1"
}

says_version_15() {
    [[ $(setting server_version_num) == 15???? ]]
}

says_on() {
    [[ $(setting "$1") == on ]]
}

has_no_network() {
    [[ -z $(setting listen_addresses) ]] && ! psql "host=127.0.0.1 port=$TIAOJIE_PG_PORT user=postgres" -c 'select 1'
}

is_closed_to_others() {
    [[ $(stat --format=%a "$TIAOJIE_PG_DIR") == 700 ]]
}

keeps_a_commit_through_a_kill() {
    psql_value "create table public.ground_kept (n int); insert into public.ground_kept values (41), (1)"
    postgres_kill "$TIAOJIE_PG_DIR"
    ! psql_value 'select 1'
    postgres_start "$TIAOJIE_PG_DIR"
    [[ $(psql_value 'select pg_catalog.sum(n) from public.ground_kept') == 42 ]]
    psql_value 'drop table public.ground_kept'
}

say "PostgreSQL 15 answers on its private socket" says_version_15
say "a commit waits for the disk" says_on fsync
say "synchronous_commit is on" says_on synchronous_commit
say "full pages are written" says_on full_page_writes
say "the cluster has no network" has_no_network
say "the cluster's folder is closed to others" is_closed_to_others
say "a commit outlives a kill -9 of the postmaster" keeps_a_commit_through_a_kill
