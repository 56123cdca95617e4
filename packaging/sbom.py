#!/usr/bin/env python3
"""Writes a software bill of materials (CycloneDX 1.6, JSON) of lmpd and lmp: every package that goes into them, with its hash and licence.

Read from the lock files: packages.lock.json of the projects that the executables are made of, and the page's package-lock.json. Of the page's packages only
what goes into the bundle; tools of the build and of the tests are not shipped. The same tree gives the same bytes.
"""
import base64
import json
import pathlib
import re
import sys
import xml.etree.ElementTree as xml

ROOT = pathlib.Path(__file__).resolve().parent.parent
PACKAGES = pathlib.Path.home() / ".nuget" / "packages"


def projects(start, seen):
    """A project and all that it refers to."""
    if start in seen:
        return seen
    seen.add(start)
    for reference in xml.parse(start).iter("ProjectReference"):
        projects((start.parent / reference.get("Include").replace("\\", "/")).resolve(), seen)
    return seen


def nuget_licence(name, version):
    nuspec = PACKAGES / name.lower() / version / f"{name.lower()}.nuspec"
    if not nuspec.exists():
        return None
    found = re.search(r'<license type="(\w+)">([^<]+)</license>', nuspec.read_text(encoding="utf-8-sig"))
    return found and (found[2] if found[1] == "expression" else f"{found[2]} in the package")


def build_only(project):
    """Packages of a project that are private to its build."""
    return {r.get("Include") for r in xml.parse(project).iter("PackageReference") if "all" in (r.get("PrivateAssets"), r.findtext("PrivateAssets"))}


def nuget():
    shipped = {}
    tools = build_only(ROOT / "src" / "Directory.Build.props")
    for name in ("lmpd", "lmp"):
        for project in projects(ROOT / "src" / name / f"{name}.csproj", set()):
            lock = json.loads((project.parent / "packages.lock.json").read_text())
            for package, what in lock["dependencies"]["net10.0"].items():
                if what["type"] == "Project" or package in tools | build_only(project) or package.startswith("Microsoft.NET.ILLink."):
                    continue
                shipped[f"pkg:nuget/{package}@{what['resolved']}"] = component(
                    package, what["resolved"], "nuget", base64.b64decode(what["contentHash"]).hex(), nuget_licence(package, what["resolved"]))
    return shipped


def npm():
    packages = json.loads((ROOT / "src" / "OpenLmp.Dashboard" / "web" / "package-lock.json").read_text())["packages"]
    shipped = {}
    for path, what in packages.items():
        if not path or what.get("dev") or what.get("optional"):
            continue
        name = path.rsplit("node_modules/", 1)[-1]
        algorithm, _, digest = what["integrity"].partition("-")
        assert algorithm == "sha512", f"{name}: {algorithm}"
        shipped[f"pkg:npm/{name.replace('@', '%40')}@{what['version']}"] = component(
            name, what["version"], "npm", base64.b64decode(digest).hex(), what.get("license"))
    return shipped


def component(name, version, kind, sha512, licence):
    purl = f"pkg:{kind}/{name.replace('@', '%40')}@{version}"
    made = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl, "hashes": [{"alg": "SHA-512", "content": sha512}]}
    if licence:
        made["licenses"] = [{"license": {"name": licence}} if " in the package" in licence else {"expression": licence}]
    return made


def main():
    version = xml.parse(ROOT / "Directory.Build.props").findtext(".//VersionPrefix")
    shipped = nuget() | npm()
    product = {"type": "application", "bom-ref": "openlmp", "name": "OpenLMP", "version": version, "licenses": [{"license": {"id": "Apache-2.0"}}]}
    json.dump(
        {
            "bomFormat": "CycloneDX",
            "specVersion": "1.6",
            "version": 1,
            "metadata": {"component": product},
            "components": [shipped[purl] for purl in sorted(shipped)],
            "dependencies": [{"ref": "openlmp", "dependsOn": sorted(shipped)}],
        },
        sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
