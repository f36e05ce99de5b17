#!/usr/bin/env python3
"""Writes the C++ file that holds the sandbox's page: web/sandbox and the modules that it imports from npm.

Without the modules (no npm at hand), the page only says that it is missing and how to get it.
"""

import argparse
import base64
import gzip
import hashlib
import json
import pathlib
import re

CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
# What the page imports, by the name under which it is served.
MODULES = {
    "preact.js": "preact/dist/preact.module.js",
    "hooks.js": "preact/hooks/dist/hooks.module.js",
    "htm.js": "htm/dist/htm.module.js",
}
WITHOUT_MODULES = """<!doctype html><html lang="en"><meta charset="utf-8"><title>ackd-sandbox</title>
<p>This ackd-sandbox was built without its page: npm could not be reached for the two libraries that it needs
(preact and htm). Everything else works. <code>./dev build</code> adds the page as soon as npm can be reached.</p></html>
"""
# A static import; what is imported later, when it is needed, is not loaded with the page.
IMPORT = re.compile(r'^(?:import|export) (?:[^;"()=]*? from )?"([^"]+)"', re.M)
IMPORT_MAP = re.compile(r'<script type="importmap">(.*?)</script>', re.S)
CHUNK = 2000  # bytes of a string literal


def literal(data):
    """As C++ string literals, one a line. Three-digit octal: a digit that follows is no part of it."""
    lines = []
    for start in range(0, len(data), CHUNK):
        text = "".join(
            chr(byte) if 32 <= byte < 127 and chr(byte) not in '"\\?' else f"\\{byte:03o}" for byte in data[start : start + CHUNK]
        )
        lines.append(f'        "{text}"')
    return "\n".join(lines) or '        ""'


def first_modules(source, imports):
    """What main.js imports, and what that imports: the browser may ask for all of it at once."""
    found, left = set(), ["/page/main.js"]
    while left:
        path = left.pop()
        if path in found:
            continue
        found.add(path)
        if path.startswith("/page/vendor/"):
            continue
        file = source / path.removeprefix("/page/")
        for name in IMPORT.findall(file.read_text(encoding="utf-8")):
            left.append(imports.get(name) or f"/page/{(file.parent / name).resolve().relative_to(source.resolve()).as_posix()}")
    return sorted(found)


def index_page(source):
    """The page with a hint for each module that it begins with."""
    text = (source / "index.html").read_text(encoding="utf-8")
    imports = json.loads(IMPORT_MAP.search(text)[1])["imports"]
    hints = "".join(f'<link rel="modulepreload" href="{path}" />' for path in first_modules(source, imports))
    return text.replace('<script type="module"', hints + '<script type="module"', 1).encode()


def page_files(source, modules):
    """(path, content type, bytes) of all that is served; source maps are not."""
    yield "/", CONTENT_TYPES[".html"], index_page(source)
    for file in sorted(source.rglob("*")):
        served = file.suffix in CONTENT_TYPES and file.name != "index.html" and "node_modules" not in file.parts
        if served:
            yield f"/page/{file.relative_to(source).as_posix()}", CONTENT_TYPES[file.suffix], file.read_bytes()
    for name, place in MODULES.items():
        code = re.sub(rb"\n?//# sourceMappingURL=\S+\s*$", b"\n", (modules / place).read_bytes())
        yield f"/page/vendor/{name}", CONTENT_TYPES[".js"], code
    licenses = [f"{name}\n\n{(modules / name / 'LICENSE').read_text(encoding='utf-8')}" for name in ("preact", "htm")]
    yield "/page/vendor/licenses.txt", "text/plain; charset=utf-8", "\n\n".join(licenses).encode()


def main():
    """Writes the file only when it would differ, so that nothing is compiled in vain."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=pathlib.Path, required=True, help="web/sandbox")
    parser.add_argument("--modules", type=pathlib.Path, required=True, help="a node_modules folder, or where one would be")
    parser.add_argument("--output", type=pathlib.Path, required=True)
    options = parser.parse_args()

    is_complete = all((options.modules / place).is_file() for place in MODULES.values())
    if is_complete:
        files = list(page_files(options.source, options.modules))
    else:
        files = [("/", CONTENT_TYPES[".html"], WITHOUT_MODULES.encode())]
    import_map = IMPORT_MAP.search(files[0][2].decode())
    digest = ""
    if import_map:
        digest = "sha256-" + base64.b64encode(hashlib.sha256(import_map[1].encode()).digest()).decode()
    entries = ""
    for path, kind, data in files:
        packed = gzip.compress(data, mtime=0)
        entries += (
            f'        {{"{path}", "{kind}",\n'
            f"        std::string_view{{\n{literal(data)},\n        {len(data)}}},\n"
            f"        std::string_view{{\n{literal(packed)},\n        {len(packed)}}}}},\n"
        )
    text = (
        "// Written by tools/embed_page.py.\n"
        '#include "sandbox/page/page_assets.hpp"\n\n'
        "namespace sandbox {\n\n"
        "const std::vector<PageAsset>& page_assets()\n{\n"
        f"    static const std::vector<PageAsset> assets{{\n{entries}    }};\n    return assets;\n}}\n\n"
        f'std::string_view import_map_hash()\n{{\n    return "{digest}";\n}}\n\n'
        "}  // namespace sandbox\n"
    )
    if not options.output.is_file() or options.output.read_text(encoding="utf-8") != text:
        options.output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
