#!/usr/bin/env bash
# What ./build.sh has made works on its own: a daemon that keeps its state across kill -9, a client, a decoder.
# Needs nothing but artifacts/bin; uses a loopback address and a directory of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
lmpd=$PWD/artifacts/bin/lmpd lmp=$PWD/artifacts/bin/lmp
dir=$(mktemp -d)
daemon=
trap '[ -z "$daemon" ] || kill "$daemon" 2>/dev/null || true; rm -rf "$dir"' EXIT

cat >"$dir/a.yaml" <<EOF
node: { id: 10.0.0.1, name: a }
listen: [ "127.97.10.1:7701" ]
api: { socket: $dir/a.sock }
state: $dir/a.db
data-plane: external
neighbors:
  - name: b
    node-id: 10.0.0.2
    control-channels:
      - { id: 1, local: "127.97.10.1:7701", remote: "127.97.10.2:7701", role: active }
te-links:
  - name: te1
    neighbor: b
    local-id: 1
    remote-id: 2
    data-links:
      - { name: te1-1, local-id: 101, remote-id: 201, bandwidth: 10Gbps }
      - { name: te1-2, local-id: 102, remote-id: 202, bandwidth: 10Gbps }
EOF

fail() {
  echo "tests/executables.sh: $1" >&2
  [ ! -f "$dir/log" ] || cat "$dir/log" >&2
  exit 1
}

start() {
  "$lmpd" -c "$dir/a.yaml" >>"$dir/log" 2>&1 &
  daemon=$!
  for _ in $(seq 300); do
    "$lmp" --socket "$dir/a.sock" show node >/dev/null 2>&1 && return
    kill -0 "$daemon" 2>/dev/null || fail "lmpd ended"
    sleep 0.2
  done
  fail "lmpd does not answer"
}

# Copied without its library, it says so instead of running without its state.
mkdir "$dir/alone"
cp "$lmpd" "$dir/alone/"
{ ! "$dir/alone/lmpd" -c "$dir/a.yaml" 2>&1; } | grep -q libe_sqlite3.so || fail "lmpd alone does not ask for its library"

start
"$lmp" --socket "$dir/a.sock" cross-connect add te1-1 te1-2 || fail "no cross-connect"
kill -9 "$daemon"
wait "$daemon" 2>/dev/null || true
start
"$lmp" --socket "$dir/a.sock" show cross-connects -j | grep -q te1-1 || fail "the cross-connect did not survive kill -9"
"$lmp" --socket "$dir/a.sock" show alarms -j | grep -q state- && fail "an alarm about the state"
"$lmp" lab --help >/dev/null || fail "no lab"
echo "lmpd and lmp of artifacts/bin work: a cross-connect survived kill -9"
