#!/usr/bin/env bash
# Builds the executables for use: artifacts/bin/lmpd and artifacts/bin/lmp, and the library that they need beside them.
#   ./build.sh           needs the .NET runtime installed
#   ./build.sh --aot     self-contained native code (clang and zlib1g-dev needed)
#   ./build.sh --self-contained
#                        the runtime comes along, trimmed; where there is no native code to be had
#   ./build.sh deb       artifacts/openlmp_VERSION_ARCH.deb, of self-contained executables; needs dpkg-dev and python3
#   ./build.sh test      the tests
#   ./build.sh format    put the sources into shape
#   ./build.sh bench [SECTION...] [--quick]
#                        the benchmarks beside their peers: prints tables, and writes them into docs/performance.md unless --quick; needs root and
#                        apt-get install frr tcpdump tshark gcc clang zlib1g-dev
#   ./build.sh sbom      what goes into the executables, as CycloneDX: artifacts/sbom.cdx.json
#   ./build.sh reproducible
#                        builds the last commit once more, elsewhere, and compares it with artifacts/bin
#   ./build.sh fuzz      any input, one minute; more in docs/fuzzing.md
set -euo pipefail
cd "$(dirname "$0")"

rid="linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')"

publish() { # directory, extra arguments of dotnet publish
  local project into=$1
  shift
  for project in lmpd lmp; do
    # Compiled ahead for another way of publishing: it would be taken for this one's where it is newer than what it was made from.
    rm -rf "src/$project/obj/Release"/*/"$rid/R2R"
    dotnet publish "src/$project/$project.csproj" -c Release -r "$rid" -o "artifacts/publish/$project" -v quiet --nologo "$@" || return
    install -D "artifacts/publish/$project/$project" "$into/$project"
    # SQLite, which .NET looks for beside the executable.
    install -m 644 "artifacts/publish/$project"/*.so "$into/"
  done
}

# Trimmed: of the runtime only what is used. What the trimmer cannot vouch for is an error.
self_contained() { publish "$1" --self-contained true -p:PublishSingleFile=true -p:PublishReadyToRun=true -p:PublishTrimmed=true; }

# Compiled ahead: a thousand channels that come up are no time to begin to compile. What turns out to be hot is compiled once more, better.
framework_dependent() { publish "$1" --self-contained false -p:PublishSingleFile=true -p:PublishReadyToRun=true; }

native() { # directory
  if publish "$1" -p:PublishAot=true >artifacts/aot.log 2>&1; then return; fi
  # Only a missing package is a reason to try another framework: what the native compiler warns of is an error, and stays one.
  if ! grep -q 'error NU110[0-9]' artifacts/aot.log; then
    cat artifacts/aot.log >&2
    return 1
  fi
  echo "no native build for net10.0 here (artifacts/aot.log says why): building the same sources for net9.0" >&2
  publish "$1" -p:PublishAot=true -p:OpenLmpTargetFramework=net9.0
}

bench() { # arguments of the benchmarks
  framework_dependent artifacts/bin
  # The other ways to build do not matter to every section; with --quick what there is of them will do.
  case " $(printf '%s ' "$@" | sed 's/--dry //g')" in
    *" --quick "*) ;;
    " " | "  " | *" startup "* | *" decode "* | *" detection "* | *" --hold "*) other_builds ;;
  esac
  dotnet build bench/OpenLmp.Benchmarks -c Release -v quiet --nologo
  # Not by dotnet run: a signal is to reach the benchmarks, which then clear away what they have made.
  exec dotnet bench/OpenLmp.Benchmarks/bin/Release/*/OpenLmp.Benchmarks.dll "$@"
}

other_builds() {
  self_contained artifacts/bench/r2r || true
  if command -v clang >/dev/null && [ -e /usr/include/zlib.h ]; then native artifacts/bench/aot || true
  else echo "no native build without clang and zlib1g-dev: its rows will be missing" >&2; fi
}

sbom() {
  dotnet restore -v quiet --nologo
  python3 packaging/sbom.py >artifacts/sbom.cdx.json
}

reproducible() {
  local elsewhere
  if [ -n "$(git status --porcelain)" ]; then
    echo "not all of this tree is committed: what is built here cannot be had from the repository" >&2
    return 1
  fi
  elsewhere=$(mktemp -d)
  trap "rm -rf '$elsewhere'" EXIT
  framework_dependent artifacts/bin
  git clone --quiet . "$elsewhere/openlmp"
  "$elsewhere/openlmp/build.sh"
  (cd artifacts/bin && sha256sum -- *) >artifacts/sha256sums
  (cd "$elsewhere/openlmp/artifacts/bin" && sha256sum -- *) | diff artifacts/sha256sums - >&2
  cat artifacts/sha256sums
}

mkdir -p artifacts
case "${1:-}" in
  "") framework_dependent artifacts/bin ;;
  --aot) native artifacts/bin ;;
  --self-contained) self_contained artifacts/bin ;;
  deb) self_contained artifacts/deb && packaging/deb/make.sh artifacts/deb ;;
  test) dotnet test ;;
  format) dotnet format ;;
  bench) shift; bench "$@" ;;
  sbom) sbom ;;
  reproducible) reproducible ;;
  fuzz) shift; dotnet run -c Release --project tests/OpenLmp.Fuzz -- "$@" ;;
  *) sed -n '2,16s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
