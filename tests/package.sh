#!/usr/bin/env bash
# The Debian package works where nothing else is: in a minimal Debian 12 made for this, it is installed, runs, is upgraded with a changed configuration, removed and
# purged. Needs root, debootstrap, lintian and the network (Debian's mirror); takes some minutes.
#   tests/package.sh [DEB]    without DEB: artifacts/*.deb of ./build.sh deb
set -euo pipefail
cd "$(dirname "$0")/.."
deb=$(realpath "${1:-$(ls artifacts/openlmp_*.deb)}")
mirror=${MIRROR:-http://deb.debian.org/debian}
dir=$(mktemp -d)
root=$dir/root
daemon=
cleanup() {
  [ -z "$daemon" ] || kill "$daemon" 2>/dev/null || true
  mountpoint -q "$root/proc" && umount "$root/proc"
  rm -rf "$dir"
}
trap cleanup EXIT

fail() {
  echo "tests/package.sh: $1" >&2
  [ ! -f "$dir/log" ] || tail -n 30 "$dir/log" >&2
  exit 1
}
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C DEBIAN_FRONTEND=noninteractive "$@"; }
files() { (cd "$root" && find etc usr var/lib run home -xdev ! -path 'var/lib/dpkg/*' ! -path 'var/lib/systemd/*' | LC_ALL=C sort); }

lintian --fail-on error "$deb" || fail "lintian has errors"

debootstrap --variant=minbase --include=adduser bookworm "$root" "$mirror" >"$dir/log" 2>&1 || fail "no Debian"
mount -t proc proc "$root/proc"
cp "$deb" "$root/tmp/openlmp.deb"
files >"$dir/before"
cp "$root/etc/passwd" "$dir/passwd"

inside dpkg -i /tmp/openlmp.deb >"$dir/log" 2>&1 || fail "it does not install"
inside getent passwd lmpd | grep -q ':/var/lib/lmpd:' || fail "there is no user lmpd"
inside lmpd -c /etc/lmpd/lmpd.yaml --check | grep -q valid || fail "its configuration is not valid"
inside test -L /etc/systemd/system/multi-user.target.wants/lmpd.service || fail "the service is not enabled"

# As the service does: as the user lmpd, with the directories of the unit, here on a port for everybody.
cat >"$root/etc/lmpd/lmpd.yaml" <<END
node: { id: 192.0.2.9, name: packaged }
listen: [ "127.97.12.1:7701" ]
state: /var/lib/lmpd/lmpd.db
END
inside install -d -o lmpd -g lmpd /run/lmpd /var/lib/lmpd
chroot "$root" /usr/bin/env -i PATH=/usr/bin:/bin setpriv --reuid=lmpd --regid=lmpd --clear-groups --inh-caps=-all --bounding-set=-all --no-new-privs \
  lmpd -c /etc/lmpd/lmpd.yaml >"$dir/log" 2>&1 &
daemon=$!
for _ in $(seq 300); do
  inside lmp show node 2>/dev/null | grep -q packaged && break
  kill -0 "$daemon" 2>/dev/null || fail "lmpd ended"
  sleep 0.2
done
inside lmp show node | grep -q packaged || fail "lmp show node does not answer"
kill "$daemon"
wait "$daemon" || fail "lmpd did not end well"
daemon=

# An upgrade to the same with another version: what the administrator wrote stays.
dpkg-deb -R "$deb" "$dir/next"
sed -i 's/^Version: .*/&+next/' "$dir/next/DEBIAN/control"
echo "# what the next version says" >>"$dir/next/etc/lmpd/lmpd.yaml"
dpkg-deb --root-owner-group -Znone --build "$dir/next" "$root/tmp/next.deb" >/dev/null
inside dpkg --force-confold -i /tmp/next.deb >"$dir/log" 2>&1 || fail "it does not upgrade"
grep -q packaged "$root/etc/lmpd/lmpd.yaml" || fail "the upgrade has overwritten the configuration"
rm -f "$root/etc/lmpd/lmpd.yaml.dpkg-dist"

inside dpkg -r openlmp >"$dir/log" 2>&1 || fail "it cannot be removed"
grep -q packaged "$root/etc/lmpd/lmpd.yaml" || fail "removing has removed the configuration"
[ ! -e "$root/usr/bin/lmpd" ] || fail "lmpd is still there"
inside dpkg -P openlmp >"$dir/log" 2>&1 || fail "it cannot be purged"
files | diff "$dir/before" - | grep '^>' | grep -v 'etc/.*-$' && fail "that is left behind"
diff "$dir/passwd" "$root/etc/passwd" || fail "the user is left behind"
echo "$(basename "$deb") installs, runs, keeps its configuration, and goes without a trace"
