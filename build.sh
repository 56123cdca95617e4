#!/usr/bin/env bash
# Builds the executables for use: artifacts/bin/lmpd and artifacts/bin/lmp, and the library that they need beside them.
#   ./build.sh           needs the .NET runtime installed
#   ./build.sh --aot     self-contained native code (clang and zlib1g-dev needed)
#   ./build.sh test      the tests
#   ./build.sh format    put the sources into shape
#   ./build.sh bench     the benchmarks, figures on standard output
#   ./build.sh fuzz      any input, one minute; more in docs/fuzzing.md
set -euo pipefail
cd "$(dirname "$0")"

rid="linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')"

publish() { # extra arguments of dotnet publish
  local project
  for project in lmpd lmp; do
    dotnet publish "src/$project/$project.csproj" -c Release -r "$rid" -o "artifacts/publish/$project" -v quiet --nologo "$@" || return
    install -D "artifacts/publish/$project/$project" "artifacts/bin/$project"
    # SQLite, which .NET looks for beside the executable.
    install -m 644 "artifacts/publish/$project"/*.so artifacts/bin/
  done
}

mkdir -p artifacts
case "${1:-}" in
  "") publish --self-contained false -p:PublishSingleFile=true ;;
  --aot)
    if ! publish -p:PublishAot=true >artifacts/aot.log 2>&1; then
      echo "no native build for net10.0 here (artifacts/aot.log says why): building the same sources for net9.0" >&2
      publish -p:PublishAot=true -p:OpenLmpTargetFramework=net9.0
    fi ;;
  test) dotnet test ;;
  format) dotnet format ;;
  bench) shift; dotnet run -c Release --project bench/OpenLmp.Benchmarks -- "$@" ;;
  fuzz) shift; dotnet run -c Release --project tests/OpenLmp.Fuzz -- "$@" ;;
  *) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
