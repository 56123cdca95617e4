#!/usr/bin/env bash
# How long it takes to verify N data links of one TE link at once (RFC 4204 §5): two lmpd in two network namespaces of this script's own, N veth
# pairs between them as data links, Test messages over real interfaces. Needs root, ip and curl, and ./build.sh before it.
#   bench/verification.sh [N ...]      default: 1 64 512; medians of 7 runs each
set -euo pipefail
cd "$(dirname "$0")/.."

runs=7
[ $# -gt 0 ] || set -- 1 64 512
[ "$(id -u)" = 0 ] || { echo "bench/verification.sh: network namespaces need root" >&2; exit 1; }
[ -x artifacts/bin/lmpd ] || { echo "bench/verification.sh: there is no artifacts/bin/lmpd; run ./build.sh first" >&2; exit 1; }

work=$(mktemp -d) left=lmpbench-l-$$ right=lmpbench-r-$$ daemons=()
clean() {
  [ ${#daemons[@]} -eq 0 ] || kill "${daemons[@]}" 2>/dev/null || true
  [ ${#daemons[@]} -eq 0 ] || wait "${daemons[@]}" 2>/dev/null || true
  daemons=()
  ip netns del "$left" 2>/dev/null || true
  ip netns del "$right" 2>/dev/null || true
}
trap 'clean; rm -rf "$work"' EXIT

configure() { # id, peer's id, N
  cat <<YAML
node: {id: 10.0.0.$1, name: bench$1}
listen: ["10.255.0.$1:701"]
api: {socket: $work/$1.sock}
data-plane: linux
neighbors:
  - name: bench$2
    node-id: 10.0.0.$2
    control-channels: [{id: 1, local: 10.255.0.$1, remote: 10.255.0.$2}]
te-links:
  - name: te1
    neighbor: bench$2
    local-id: $1
    remote-id: $2
    data-links:
YAML
  for i in $(seq "$3"); do
    echo "      - {name: te1-$i, local-id: $(($1 * 1000 + i)), remote-id: $(($2 * 1000 + i)), interface: d$i, switching-type: fsc, encoding: ethernet, bandwidth: 10Gbps}"
  done
}

ask() { curl -sS --fail-with-body --unix-socket "$work/1.sock" "$@"; }

free() { ask http://lmpd/v1/data-links | grep -o '"state":"UpFree"' | wc -l; }

measure() { # N
  ip netns add "$left"
  ip netns add "$right"
  { echo "link add eth0 type veth peer name eth0 netns $right"; for i in $(seq "$1"); do echo "link add d$i type veth peer name d$i netns $right"; done; } | ip -n "$left" -batch -
  for side in "1 $left" "2 $right"; do
    set -- "$1" $side
    { echo "address add 10.255.0.$2/24 dev eth0"; echo "link set eth0 up"; for i in $(seq "$1"); do echo "link set d$i up"; done; } | ip -n "$3" -batch -
    configure "$2" "$((3 - $2))" "$1" >"$work/$2.yaml"
    ip netns exec "$3" artifacts/bin/lmpd -c "$work/$2.yaml" >"$work/$2.log" 2>&1 &
    daemons+=($!)
  done

  # Verified on establishment, correlated, and quiet.
  for _ in $(seq 600); do
    [ "$(free 2>/dev/null || true)" = "$1" ] && break
    sleep 0.1
  done
  [ "$(free)" = "$1" ] || { echo "only $(free) of $1 data links came up" >&2; tail "$work"/*.log >&2; return 1; }
  sleep 3

  for _ in $(seq "$runs"); do
    ask -o "$work/answer" -w '%{time_total}\n' -X POST "http://lmpd/v1/te-links/te1/verify?wait=60s"
    grep -q '"outcome":"verified"' "$work/answer" || { cat "$work/answer" >&2; return 1; }
  done >"$work/times"
  clean
}

echo "data links   BeginVerify to EndVerifyAck, ms (median of $runs)   a link, µs"
for n in "$@"; do
  measure "$n"
  seconds=$(sort -n "$work/times" | sed -n "$((runs / 2 + 1))p")
  awk -v n="$n" -v s="$seconds" 'BEGIN { printf "%10d   %42.1f   %10.1f\n", n, s * 1e3, s * 1e6 / n }'
done
