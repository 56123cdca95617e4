#!/usr/bin/env bash
# The Debian package of ./build.sh deb works where nothing else is: in a minimal Debian made for this it is installed, runs as its unit has it, speaks with a second
# node, is upgraded, removed and purged; then the Containerfile is done line by line in another one. Needs root, what "needs" lists, and Debian's mirror.
#   SUITE=trixie tests/package.sh    another Debian than the oldest that is supported
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()
needs() { # program, its package
  command -v "$1" >/dev/null || missing+=("$2")
}
needs debootstrap debootstrap; needs lintian lintian; needs dpkg-shlibdeps dpkg-dev; needs python3 python3; needs ip iproute2; needs systemd-analyze systemd
needs unshare util-linux; needs man man-db; needs openssl openssl; needs sysctl procps
[ ${#missing[@]} -eq 0 ] || { echo "tests/package.sh: FAILED, missing: apt-get install ${missing[*]}" >&2; exit 1; }
[ "$(id -u)" -eq 0 ] || { echo "tests/package.sh: FAILED, only root can make a Debian to install into" >&2; exit 1; }
# What is mounted goes away with the last process, however it ends.
[ -n "${OPENLMP_UNSHARED:-}" ] || OPENLMP_UNSHARED=1 exec unshare --mount --propagation private tests/package.sh

[ -f artifacts/openlmp_*.deb ] || { echo "tests/package.sh: FAILED, there is no package: ./build.sh deb" >&2; exit 1; }
suite=${SUITE:-bookworm} mirror=${MIRROR:-http://deb.debian.org/debian}
deb=$(realpath artifacts/openlmp_*.deb)
dir=$(mktemp -d)
root=$dir/root log=$dir/log networks=(openlmp-$$-1 openlmp-$$-2) daemons=()
cleanup() {
  [ ${#daemons[@]} -eq 0 ] || { kill -9 "${daemons[@]}" && wait; } 2>/dev/null || true
  for name in "${networks[@]}"; do ip netns del "$name" 2>/dev/null || true; done
  umount "$dir"/*/proc 2>/dev/null || true
  rm -rf --one-file-system "$dir"
}
trap cleanup EXIT

fail() {
  echo "tests/package.sh: FAILED: $1" >&2
  [ ! -f "$log" ] || tail -n 30 "$log" >&2
  exit 1
}
begin=$SECONDS
done_with() {
  echo "$1: $((SECONDS - begin)) s"
  begin=$SECONDS
}
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C DEBIAN_FRONTEND=noninteractive "$@"; }
quietly() { "$@" >"$log" 2>&1 </dev/null; }
eventually() { # what for, command...
  local what=$1
  shift
  for _ in $(seq 300); do
    "$@" >/dev/null 2>&1 && return
    kill -0 "${daemons[@]}" 2>/dev/null || fail "lmpd ended; wanted was $what"
    sleep 0.2
  done
  fail "$what"
}
lmp_says() { # what, arguments of lmp...
  local what=$1 said
  shift
  said=$(inside lmp "$@") && grep -q -- "$what" <<<"$said"
}
stop() {
  kill "${daemons[@]}"
  wait "${daemons[@]}" || fail "lmpd did not end well"
  daemons=()
}
network() { # its name
  ip netns add "$1" && ip -n "$1" link set lo up
}

# The file by itself.
quietly lintian --fail-on error "$deb" || fail "lintian has errors"
COMPRESSION=none quietly packaging/deb/make.sh artifacts/deb "$dir/again" || fail "it cannot be made again"
for part in fsys ctrl; do
  [ "$(dpkg-deb --$part-tarfile "$deb" | sha256sum)" = "$(dpkg-deb --$part-tarfile "$dir"/again/*.deb | sha256sum)" ] || fail "made again it is another: ./build.sh deb, if this is another commit than it was made of"
done
rm -r "$dir/again"
done_with "lintian, and the same again"

quietly debootstrap --variant=minbase "$suite" "$root" "$mirror" || fail "no Debian"
cp -a "$root" "$dir/container"
for name in root container; do mount -t proc proc "$dir/$name/proc"; done
done_with "a minimal Debian ($suite)"

# Installed.
cp "$deb" "$root/tmp/openlmp.deb"
quietly inside apt-get update && quietly inside apt-get install -y --no-install-recommends /tmp/openlmp.deb || fail "it does not install"
inside getent passwd lmpd | grep -q ':/var/lib/lmpd:/usr/sbin/nologin$' && inside getent group lmpd >/dev/null || fail "there is no user lmpd"
inside test -L /etc/systemd/system/multi-user.target.wants/lmpd.service || fail "the service is not enabled"
# There is no systemd in it to ask: this machine's is told where the executable is.
sed "s|=/usr/bin/lmpd|=$root/usr/bin/lmpd|" "$root/usr/lib/systemd/system/lmpd.service" >"$dir/lmpd.service"
quietly systemd-analyze verify --man=no "$dir/lmpd.service" && [ ! -s "$log" ] || fail "systemd does not take the unit as it is"
for page in lmpd lmp lmp-show lmp-config; do man -M "$root/usr/share/man" -w $page >/dev/null || fail "there is no page $page"; done
for file in zsh/vendor-completions/_lmp fish/vendor_completions.d/lmp.fish; do [ -s "$root/usr/share/$file" ] || fail "there is no $file"; done
inside bash -c 'source /usr/share/bash-completion/completions/lmp; COMP_LINE="lmp show no"; COMP_POINT=11; COMP_WORDS=($COMP_LINE); _lmp; echo "${COMPREPLY[@]}"' | grep -qw node || fail "bash completes nothing"
inside lmpd -c /usr/share/doc/openlmp/examples/complete.yaml --check >/dev/null || fail "the example is not valid"

# Started as the unit does: its user, directories, environment and capabilities; with the configuration as it comes.
unit=$root/usr/lib/systemd/system/lmpd.service
capabilities=$(sed -n 's/^AmbientCapabilities=//p' "$unit" | tr 'A-Z ' 'a-z,' | sed 's/cap_/+/g')
start() { # network, configuration
  ip netns exec "$1" chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin "$(sed -n 's/^Environment=//p' "$unit")" setpriv --reuid=lmpd --regid=lmpd --init-groups --no-new-privs \
    --bounding-set="-all,$capabilities" --inh-caps="-all,$capabilities" --ambient-caps="-all,$capabilities" lmpd -c "$2" >>"$log" 2>&1 &
  daemons+=($!)
}
inside install -d -o lmpd -g lmpd -m 755 /run/lmpd && inside install -d -o lmpd -g lmpd -m 750 /var/lib/lmpd
for name in "${networks[@]}"; do network "$name"; done
: >"$log"
start "${networks[0]}" /etc/lmpd/lmpd.yaml
eventually "an answer of lmpd as it is installed" lmp_says 192.0.2.1 show node
lmp_says '^\[\]' show neighbors -j || fail "lmpd as it is installed has neighbours"
stop
done_with "installed and started"

# Two nodes by the examples in the configuration file, with everything that goes to libraries and other programs: OpenSSL, SQLite, SNMP, OTLP, IPsec.
ip -n "${networks[0]}" link add c0 type veth peer name c0 netns "${networks[1]}"
for n in 1 2; do ip -n "${networks[n - 1]}" address add 10.255.0.$n/24 dev c0 && ip -n "${networks[n - 1]}" link set c0 up; done
sed -i 's/^#\([a-z-]*:\|  \)/\1/; s/127.0.0.1:701/10.255.0.1/' "$root/etc/lmpd/lmpd.yaml"
swap() { sed "s/$1/@/g; s/$2/$1/g; s/@/$2/g"; }
swap 192.0.2.1 192.0.2.2 <"$root/etc/lmpd/lmpd.yaml" | swap 10.255.0.1 10.255.0.2 | swap 101 201 | sed 's/oxc2/oxc1/; s/lmpd.db/2.db/' >"$root/etc/lmpd/2.yaml"
echo 'api: {socket: /run/lmpd/2.sock}' >>"$root/etc/lmpd/2.yaml"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -days 1 \
  -keyout "$root/etc/lmpd/tls.key" -out "$root/etc/lmpd/tls.crt" 2>/dev/null
secret=$(openssl rand -hex 32)
echo "noc read $secret" >"$root/etc/lmpd/tokens"
(umask 077 && echo "$secret" | tee "$root/root/token" >"$root/etc/lmpd/oxc3.psk")
inside sh -c 'chown lmpd /etc/lmpd/tls.key /etc/lmpd/tokens /etc/lmpd/oxc3.psk && chmod 600 /etc/lmpd/tls.key /etc/lmpd/tokens /etc/lmpd/oxc3.psk'
sed -i 's|^neighbors:|&\n  - {name: oxc3, node-id: 192.0.2.3, security: ipsec, ipsec: {psk-file: /etc/lmpd/oxc3.psk}, control-channels: [{id: 3, local: 10.255.0.1, remote: 10.255.0.3}]}|' "$root/etc/lmpd/lmpd.yaml"
cat >>"$root/etc/lmpd/lmpd.yaml" <<'END'
api: {https: "127.0.0.1:7443", tls: {certificate: /etc/lmpd/tls.crt, key: /etc/lmpd/tls.key}, tokens: /etc/lmpd/tokens}
snmp: {agentx: unix:/var/agentx/master}
otlp: {endpoint: "http://127.0.0.1:4318"}
END
for file in lmpd 2; do inside runuser -u lmpd -- lmp config check /etc/lmpd/$file.yaml >"$log" 2>&1 || fail "$file.yaml is not valid"; done
start "${networks[0]}" /etc/lmpd/lmpd.yaml
start "${networks[1]}" /etc/lmpd/2.yaml
for socket in lmpd 2; do
  eventually "a control channel that is up" lmp_says '"state":"Up"' --socket /run/lmpd/$socket.sock show control-channels -j
  eventually "a TE link that is up" lmp_says '"state":"Up"' --socket /run/lmpd/$socket.sock show te-links -j
done
eventually "an alarm of IPsec" lmp_says ipsec-down show alarms -j
ip netns exec "${networks[0]}" chroot "$root" lmp --server https://127.0.0.1:7443 --ca /etc/lmpd/tls.crt --token-file /root/token show node | grep -q 192.0.2.1 || fail "no answer by TLS"
stop
[ -s "$root/var/lib/lmpd/lmpd.db" ] || fail "there is no state"
cp "$root/etc/lmpd/lmpd.yaml" "$dir/lmpd.yaml"
done_with "two nodes"

# Upgraded: to the same, and to a version that comes with another configuration.
kept() { cmp -s "$dir/lmpd.yaml" "$root/etc/lmpd/lmpd.yaml" && [ -s "$root/var/lib/lmpd/lmpd.db" ]; }
quietly inside dpkg -i /tmp/openlmp.deb && kept || fail "installed again, it does not keep the configuration"
dpkg-deb -R "$deb" "$dir/next"
sed -i 's/^Version: .*/&+next/' "$dir/next/DEBIAN/control"
echo "# what the next version says" >>"$dir/next/etc/lmpd/lmpd.yaml"
dpkg-deb --root-owner-group -Znone --build "$dir/next" "$root/tmp/next.deb" >/dev/null
quietly inside dpkg --force-confdef --force-confold -i /tmp/next.deb && kept || fail "an upgrade does not keep the configuration"
grep -q "next version" "$root/etc/lmpd/lmpd.yaml.dpkg-dist" || fail "the next version's configuration is not beside it"

# Removed, and purged.
quietly inside dpkg -r openlmp && kept || fail "removing does not keep configuration and state"
[ ! -e "$root/usr/bin/lmpd" ] && [ ! -e "$root/usr/lib/openlmp" ] || fail "lmpd is still there"
rm "$root"/etc/lmpd/{2.yaml,tls.*,tokens,oxc3.psk}
quietly inside dpkg -P openlmp || fail "it cannot be purged"
left=$(cd "$root" && find etc usr var run -xdev \( -name '*lmp*' -o -name 'lmpd*' \) ! -path 'var/lib/dpkg/*' ! -path 'var/log/*' ! -path '*/snmp*')
[ -z "$left" ] || fail "left behind: $left"
inside getent passwd lmpd >/dev/null || fail "the user's number may be given to others"
done_with "upgraded, removed and purged"

# The container, whose network lets everybody have any port as that of Docker and podman does.
root=$dir/container user=root environment=()
words() { python3 -c 'import json, sys; print(*json.loads(sys.argv[1][sys.argv[1].index("["):]), sep="\n")' "$1"; }
as_user() { chroot --userspec="$user" "$root" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "${environment[@]}" "$@"; }
while read -r word rest; do
  case $word in
    FROM | VOLUME | STOPSIGNAL) ;;
    COPY) cp ${rest% *} "$root${rest##* }" ;;
    RUN) quietly inside sh -c "$rest" || fail "RUN $rest" ;;
    USER) user=$rest:$rest ;;
    ENV) environment+=("$rest") ;;
    HEALTHCHECK) mapfile -t health < <(words "$rest") ;;
    ENTRYPOINT) mapfile -t entrypoint < <(words "$rest") ;;
    *) fail "the Containerfile has a $word" ;;
  esac
done < <(sed -e '/^#/d' -e ':more' -e '/\\$/{N; s/\\\n//; b more}' packaging/container/Containerfile)
ip netns exec "${networks[1]}" sysctl -q -w net.ipv4.ip_unprivileged_port_start=0
: >"$log"
ip netns exec "${networks[1]}" chroot --userspec="$user" "$root" /usr/bin/env -i PATH=/usr/bin "${environment[@]}" "${entrypoint[@]}" >>"$log" 2>&1 &
daemons=($!)
eventually "a healthy container" as_user "${health[@]}"
stop
done_with "the container"
echo "$(basename "$deb") installs, runs, keeps its configuration and state, and goes"
