#!/usr/bin/env bash
# What guards the packages works: a known vulnerability anywhere in the graph, and a package that is not the one of the lock file, stop a restore; the bill of
# materials names what is shipped. The advisory comes from a source of our own on the loopback interface, about a package that is in use.
set -euo pipefail
cd "$(dirname "$0")/.."
repository=$PWD
dir=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$dir"' EXIT

fail() {
  echo "tests/supply-chain.sh: $1" >&2
  [ ! -f "$dir/log" ] || tail -n 20 "$dir/log" >&2
  exit 1
}

mkdir "$dir/source" "$dir/project"
python3 -u - "$dir/source" >"$dir/port" <<'PYTHON' &
import functools, http.server, sys
http.server.SimpleHTTPRequestHandler.log_message = lambda *_: None
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(http.server.SimpleHTTPRequestHandler, directory=sys.argv[1]))
print(server.server_port, flush=True)
server.serve_forever()
PYTHON
server=$!
for _ in $(seq 100); do [ -s "$dir/port" ] && break; sleep 0.1; done
url="http://127.0.0.1:$(cat "$dir/port")"
cat >"$dir/source/index.json" <<EOF
{"version": "3.0.0", "resources": [{"@id": "$url/vulnerabilities.json", "@type": "VulnerabilityInfo/6.7.0"}]}
EOF
cat >"$dir/source/vulnerabilities.json" <<EOF
[{"@name": "base", "@id": "$url/base.json", "@updated": "2026-01-01T00:00:00Z", "comment": "made up"}]
EOF
advise() { # package: of which every version is vulnerable
  printf '{"%s": [{"url": "https://example.com/made-up", "severity": 2, "versions": "(, 999.0)"}]}' "$1" >"$dir/source/base.json"
}

# A project under the rules of this repository, which uses a package that uses another one.
cat >"$dir/project/Directory.Build.props" <<EOF
<Project><Import Project="$repository/Directory.Build.props" /></Project>
EOF
cp Directory.Packages.props "$dir/project/"
cat >"$dir/project/p.csproj" <<EOF
<Project Sdk="Microsoft.NET.Sdk">
  <ItemGroup><PackageReference Include="Microsoft.Data.Sqlite.Core" /></ItemGroup>
</Project>
EOF
cat >"$dir/project/nuget.config" <<EOF
<configuration><auditSources><clear /><add key="ours" value="$url/index.json" protocolVersion="3" allowInsecureConnections="true" /></auditSources></configuration>
EOF
restore() { # arguments; what was heard of advisories before is forgotten
  rm -rf "$dir/cache"
  (cd "$dir/project" && NUGET_HTTP_CACHE_PATH="$dir/cache" dotnet restore "$@" >"$dir/log" 2>&1)
}

advise "some.other.package"
restore || fail "a restore without anything wrong failed"
advise "sqlitepclraw.core"
if restore --force; then fail "a known vulnerability of an indirect dependency did not stop the restore"; fi
grep -q 'error NU1903' "$dir/log" || fail "it was not the vulnerability that stopped the restore"

advise "some.other.package"
lock="$dir/project/packages.lock.json"
restore --force --locked-mode || fail "a restore that agrees with the lock file failed"
sed -i 's|"contentHash": "....|"contentHash": "AAAA|' "$lock"
if restore --force --locked-mode; then fail "packages other than the lock file's were taken"; fi
grep -q 'error NU1403' "$dir/log" || fail "it was not the hash that stopped the restore"

./build.sh sbom
python3 - <<'PYTHON'
import json
bill = json.load(open("artifacts/sbom.cdx.json"))
names = {c["name"] for c in bill["components"]}
for name in ("YamlDotNet", "Microsoft.Data.Sqlite.Core", "SQLitePCLRaw.core", "System.CommandLine", "preact"):
    assert name in names, f"{name} is missing in the bill of materials"
assert not names & {"xunit", "vite", "Microsoft.CodeAnalysis.BannedApiAnalyzers"}, "tools of the build are not shipped"
for c in bill["components"]:
    assert len(c["hashes"][0]["content"]) == 128, c["name"]
    assert c.get("licenses"), f"{c['name']}: no licence"
PYTHON
echo "supply chain: a vulnerability, a changed package and a missing component are found"
