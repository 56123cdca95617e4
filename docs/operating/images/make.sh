#!/usr/bin/env bash
# Makes the pictures of ../dashboard.md anew: a lab, looked at in Chromium. Needs Node.js with npm, and apt-get install chromium.
set -euo pipefail
cd "$(dirname "$0")/../../.."
OPENLMP_SCREENSHOTS=1 dotnet test tests/OpenLmp.Dashboard.Tests --nologo --filter FullyQualifiedName~Screenshots
ls -l docs/operating/images/*.png
