# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Node: sets up and runs whole nodes from the programs of a build, as an operator would. Needs strict.sh, private.sh and
# processes.sh.
#
#   node_make DIR NAME PLACE         makes a node in DIR on the cluster that TIAOJIE_PG names: database, roles, keys, rules
#   node_office DIR ID NAME PLACE KIND
#   node_person DIR NAME ROLES [OFFICE [MEDIATOR]]   a key, a principal, and a profile in DIR/profiles/NAME
#   node_link DIR PEER_DIR DEPARTMENT                 tells each of the two nodes of the other
#   node_start DIR BOOK              starts its processes; returns when each partition has an owner
#   node_start_one DIR BOOK SERVICE [NAME]            starts one; the name tells it from others of its service
#   node_admin DIR WORDS...          tiaojie-admin on it
#
# TIAOJIE_BIN names the programs. DIR is short (socket paths) and private. NODE_TIME, when set, is the time file.

NODE_SERVICES=(vault intake mediation assignment referral exchange gateway)
NODE_PATIENCE=30 # seconds until a node's start is given up

node_admin() {
    local dir=$1
    shift
    "$TIAOJIE_BIN/tiaojie-admin" "$@" --conf "$dir/node.conf"
}

node_conf() {
    local dir=$1 name=$2 place=$3
    cat <<CONF
[node]
name = $name
place = $place
partitions = ${NODE_PARTITIONS:-8}
[database]
conninfo = host=$TIAOJIE_PG_HOST port=$TIAOJIE_PG_PORT dbname=$name
[paths]
run = $dir/run
keys = $dir/keys
[time]
file = ${NODE_TIME:-}
[gateway]
endpoint = tcp://127.0.0.1:$(port_free)
[exchange]
endpoint = tcp://127.0.0.1:$(port_free)
CONF
}

# Compiles what stands in one folder of text files and loads it: node_load DIR FOLDER MESSAGE PROTO VERB
node_load() {
    local dir=$1 folder=$2 message=$3 proto=$4 verb=$5 file compiled
    for file in "$folder"/*.txtpb; do
        compiled=$dir/law/$(basename "$file" .txtpb).$verb
        protoc --proto_path="$TIAOJIE_ROOT" --encode="$message" "proto/$proto.proto" <"$file" >"$compiled"
    done
    node_admin "$dir" "$verb" load "$dir/law"/*."$verb" >/dev/null
}

# Compiles the rules, calendars and base figures from NODE_LAW (default: law/) and loads them.
node_law() {
    local dir=$1 law=${NODE_LAW:-$TIAOJIE_ROOT/law}
    mkdir -p "$dir/law"
    node_load "$dir" "$law/calendars" tiaojie.Calendar procedure calendar
    node_load "$dir" "$law/procedures" tiaojie.Procedure procedure procedure
    node_load "$dir" "$law/bases" claim.Bases claim base
}

node_make() {
    local dir=$1 name=$2 place=$3
    mkdir -p "$dir/run" "$dir/keys" "$dir/profiles" "$dir/log"
    chmod 700 "$dir/keys" "$dir/profiles" "$dir/run"
    node_conf "$dir" "$name" "$place" >"$dir/node.conf"
    node_admin "$dir" node init --superuser "$TIAOJIE_PG dbname=postgres" >"$dir/log/init.log"
    node_law "$dir"
}

node_office() {
    local dir=$1
    node_admin "$dir" office add --id "$2" --name "$3" --place "$4" --kind "$5" >/dev/null
}

node_value() {
    sed -n "s/^$2 = //p" "$1/node.conf" | head -n 1
}

node_person() {
    local dir=$1 name=$2 roles=$3 office=${4:-} mediator=${5:-} key=$1/profiles/$2.key
    local -a more=()
    [[ -n $office ]] && more+=(--office "$office")
    [[ -n $mediator ]] && more+=(--mediator "$mediator")
    "$TIAOJIE_BIN/tiaojie-admin" key make "$key" >/dev/null
    node_admin "$dir" principal add --name "$name" --roles "$roles" "${more[@]}" --key-file "$key" >/dev/null
    cat >"$dir/profiles/$name" <<PROFILE
endpoint = $(node_value "$dir" endpoint)
server_key = $(sed -n 's/^key process=gateway public=//p' "$dir/log/init.log")
key = $name.key
${office:+office = $office}
PROFILE
}

node_link() {
    local dir=$1 peer=$2 department=$3
    node_admin "$peer" key export --department "$department" >"$dir/peer.link"
    node_admin "$dir" link add "$dir/peer.link" >/dev/null
}

# One more process of a service.
node_start_one() {
    local dir=$1 book=$2 service=$3 name=${4:-$3}
    process_start "$book" "$(basename "$dir")-$name" "$dir/log/$name.log" \
        "$TIAOJIE_BIN/tiaojie-$service" --conf "$dir/node.conf"
}

node_start() {
    local dir=$1 book=$2 service
    for service in "${NODE_SERVICES[@]}"; do
        node_start_one "$dir" "$book" "$service"
    done
    if ! node_admin "$dir" node ready --wait "$NODE_PATIENCE"; then
        tail -n 3 "$dir"/log/*.log >&2
        return 1
    fi
}
