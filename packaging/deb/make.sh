#!/usr/bin/env bash
# Makes openlmp_VERSION_ARCH.deb of executables that need no .NET; ./build.sh deb calls it. With dpkg-deb alone: debhelper wants to be who builds. The same
# executables and the same commit give the same bytes.
#   packaging/deb/make.sh BIN [OUT]
#     BIN    a directory with lmpd, lmp and the library they need
#     OUT    where the package goes: artifacts
# DEBFULLNAME and DEBEMAIL are the package's maintainer, COMPRESSION=none is quick.
set -euo pipefail
bin=$(realpath "$1")
out=$(realpath -m "${2:-$(dirname "$0")/../../artifacts}")
cd "$(dirname "$0")/../.."
for program in dpkg-deb dpkg-shlibdeps python3; do
  command -v $program >/dev/null || { echo "packaging/deb/make.sh: there is no $program: apt-get install dpkg-dev python3" >&2; exit 1; }
done

package=openlmp
# 1.0.0-rc.1 comes before 1.0.0, for dpkg only if it is 1.0.0~rc.1.
version=$("$bin/lmpd" --version | cut -d' ' -f2 | tr - '~')-1
architecture=$(dpkg --print-architecture)
maintainer="${DEBFULLNAME:-The OpenLMP authors} <${DEBEMAIL:-$(git log -1 --format=%ae)}>"
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)} LC_ALL=C TZ=UTC
umask 022
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
doc=$root/usr/share/doc/$package

install -D -t "$root/usr/lib/$package" "$bin/lmpd" "$bin/lmp"
install -m 644 -s -t "$root/usr/lib/$package" "$bin"/*.so
# The library is looked for beside the executable: this is where that is.
install -d "$root/usr/bin"
ln -s ../lib/$package/lmpd ../lib/$package/lmp "$root/usr/bin/"
install -D -m 644 packaging/systemd/lmpd.service "$root/usr/lib/systemd/system/lmpd.service"
install -D -m 644 packaging/systemd/lmpd.sysusers "$root/usr/lib/sysusers.d/lmpd.conf"
install -D -m 644 packaging/deb/lmpd.yaml "$root/etc/lmpd/lmpd.yaml"
install -D -m 644 docs/lmpd.schema.json "$root/usr/share/$package/lmpd.schema.json"

"$bin/lmp" man --output "$work/man"
for page in "$work"/man/*; do
  section=$root/usr/share/man/man${page##*.}
  install -d "$section"
  gzip -9nc "$page" >"$section/$(basename "$page").gz"
done
completion() { # shell, file
  install -d "$(dirname "$2")"
  "$bin/lmp" completion "$1" >"$2"
}
completion bash "$root/usr/share/bash-completion/completions/lmp"
completion zsh "$root/usr/share/zsh/vendor-completions/_lmp"
completion fish "$root/usr/share/fish/vendor_completions.d/lmp.fish"

install -D -m 644 packaging/deb/copyright "$doc/copyright"
install -D -m 644 examples/complete.yaml "$doc/examples/complete.yaml"
python3 packaging/sbom.py >"$doc/sbom.cdx.json"
# The runtime and other packages contain the work of others, whose licences want to be named.
packs=$(dotnet msbuild src/lmpd/lmpd.csproj -nologo -t:ResolveFrameworkReferences -getItem:ResolvedRuntimePack -p:Configuration=Release \
  -p:SelfContained=true -p:RuntimeIdentifier="linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')")
python3 - "$packs" "$doc/sbom.cdx.json" <<'END' | gzip -9n >"$doc/third-party-notices.gz"
import json, pathlib, sys
packs = [pathlib.Path(pack["PackageDirectory"]) for pack in json.loads(sys.argv[1])["Items"]["ResolvedRuntimePack"]]
nuget = pathlib.Path.home() / ".nuget" / "packages"
shipped = [nuget / c["name"].lower() / c["version"] for c in json.load(open(sys.argv[2]))["components"] if c["purl"].startswith("pkg:nuget/")]
notices = [f for directory in sorted(packs) + shipped for f in sorted(directory.glob("*")) if "notice" in f.name.lower()]
assert all(any(f.parent == pack for f in notices) for pack in packs) and packs, "the runtime's notices are missing"
for text in dict.fromkeys(f.read_text(encoding="utf-8-sig").replace("\r", "") for f in notices):
    print(text)
END
gzip -9nc CHANGELOG.md >"$doc/changelog.gz"
gzip -9n >"$doc/changelog.Debian.gz" <<END
$package ($version) unstable; urgency=medium

  * What has changed is in changelog.gz.

 -- $maintainer  $(date -R -u -d "@$SOURCE_DATE_EPOCH")
END
install -D -m 644 packaging/deb/lintian-overrides "$root/usr/share/lintian/overrides/$package"

# Libraries by what the executables are linked with; beside them OpenSSL, which .NET looks for at run time, for TLS and for hashes.
mkdir "$work/debian" "$root/DEBIAN"
touch "$work/debian/control"
libraries=$(cd "$work" && dpkg-shlibdeps --warnings=0 -O "root/usr/lib/$package"/* | sed -n 's/^shlibs:Depends=//p')
install -m 755 -t "$root/DEBIAN" packaging/deb/postinst packaging/deb/prerm packaging/deb/postrm
echo /etc/lmpd/lmpd.yaml >"$root/DEBIAN/conffiles"
cat >"$root/DEBIAN/control" <<END
Package: $package
Version: $version
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $(find "$root" -path "$root/DEBIAN" -prune -o -type f -printf '%s\n' -o -printf '1\n' | awk '{ size += int(($1 + 1023) / 1024) } END { print size }')
Depends: $libraries, libssl3t64 | libssl3, systemd-standalone-sysusers | systemd-sysusers
Suggests: ca-certificates, snmpd, prometheus, charon-systemd
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
(cd "$root" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
find "$root" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
mkdir -p "$out"
rm -f "$out/${package}"_*"_$architecture.deb"
dpkg-deb --root-owner-group "-Z${COMPRESSION:-xz}" --build "$root" "$out/${package}_${version}_$architecture.deb"
