#!/usr/bin/env bash
# Makes artifacts/openlmp_VERSION_ARCH.deb of executables that need nothing installed; ./build.sh deb calls it. With dpkg-deb alone: debhelper would want
# the sources' build to be its own.
#   packaging/deb/make.sh BIN    BIN: a directory with lmpd, lmp and the library they need
set -euo pipefail
bin=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.."
package=openlmp
version=$("$bin/lmpd" --version | cut -d' ' -f2)-1
architecture=$(dpkg --print-architecture)
# The same bytes for the same commit.
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
umask 022

doc=$root/usr/share/doc/$package
install -d "$doc" "$root/usr/bin"
install -D -t "$root/usr/lib/$package" "$bin/lmpd" "$bin/lmp"
install -m 644 -t "$root/usr/lib/$package" "$bin"/*.so
# The library is looked for beside the executable: this is where that is.
ln -s ../lib/$package/lmpd ../lib/$package/lmp "$root/usr/bin/"
install -D -m 644 packaging/systemd/lmpd.service "$root/usr/lib/systemd/system/lmpd.service"
install -D -m 644 packaging/deb/lmpd.yaml "$root/etc/lmpd/lmpd.yaml"
"$bin/lmpd" -c "$root/etc/lmpd/lmpd.yaml" --check >/dev/null

if "$bin/lmp" --help | grep -q '^  man'; then
  "$bin/lmp" man --output "$root/man" >/dev/null
  find "$root/man" -type f | while read -r page; do
    install -D -m 644 "$page" "$root/usr/share/man/man${page##*.}/$(basename "$page")"
    gzip -9n "$root/usr/share/man/man${page##*.}/$(basename "$page")"
  done
  rm -r "$root/man"
fi
if "$bin/lmp" --help | grep -q '^  completion'; then
  install -d "$root/usr/share/bash-completion/completions" "$root/usr/share/zsh/vendor-completions" "$root/usr/share/fish/vendor_completions.d"
  "$bin/lmp" completion bash >"$root/usr/share/bash-completion/completions/lmp"
  "$bin/lmp" completion zsh >"$root/usr/share/zsh/vendor-completions/_lmp"
  "$bin/lmp" completion fish >"$root/usr/share/fish/vendor_completions.d/lmp.fish"
fi

install -m 644 packaging/deb/copyright "$doc/copyright"
gzip -9nc CHANGELOG.md >"$doc/changelog.gz"
gzip -9nc >"$doc/changelog.Debian.gz" <<END
$package ($version) unstable; urgency=medium

  * See changelog.gz.

 -- The OpenLMP authors <openlmp@example.com>  $(LC_ALL=C date -R -u -d "@$SOURCE_DATE_EPOCH")
END
install -D -m 644 packaging/deb/lintian-overrides "$root/usr/share/lintian/overrides/$package"

install -d "$root/DEBIAN"
install -m 755 -t "$root/DEBIAN" packaging/deb/postinst packaging/deb/prerm packaging/deb/postrm
echo /etc/lmpd/lmpd.yaml >"$root/DEBIAN/conffiles"
cat >"$root/DEBIAN/control" <<END
Package: $package
Version: $version
Architecture: $architecture
Maintainer: The OpenLMP authors <openlmp@example.com>
Installed-Size: $(du -k -s --exclude=DEBIAN "$root" | cut -f1)
Depends: adduser, libc6 (>= 2.34), libgcc-s1, libstdc++6
Suggests: snmpd, prometheus
Section: net
Priority: optional
Homepage: https://www.rfc-editor.org/rfc/rfc4204
Description: Link Management Protocol daemon and tools
 LMP (RFC 4204) runs between neighbouring nodes of an optical or other
 GMPLS-controlled network: it keeps control channels, finds out how data
 links are wired, compares their properties, and localizes faults.
 .
 This package has the daemon lmpd, with HTTP API, metrics and a dashboard,
 and its client lmp, which also decodes captures and simulates networks.
END
(cd "$root" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0 md5sum >DEBIAN/md5sums)
find "$root" -newermt "@$SOURCE_DATE_EPOCH" -print0 | xargs -0r touch --no-dereference --date="@$SOURCE_DATE_EPOCH"
mkdir -p artifacts
# COMPRESSION=none: quick, for tests of the package.
dpkg-deb --root-owner-group "-Z${COMPRESSION:-xz}" --build "$root" "artifacts/${package}_${version}_$architecture.deb"
