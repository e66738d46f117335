"""What MkDocs doesn't do by itself: README as the first page, links that lead out of docs/, and `folder/*.md` in the navigation.

Pages link to each other as files of the repository do, so that they can be read there as well. On the site a file outside docs/ is at
source/<its path>, and a folder is a list of its files.
"""

import posixpath
import re
from pathlib import Path

from mkdocs.structure.files import File, InclusionLevel
from pymdownx.slugs import slugify

TOP = Path(__file__).resolve().parents[2]
DOCS = TOP / "docs"
HOME = "README.md"
OUTSIDE = "source"

FENCE = re.compile(r"^( *)(`{3,})[^\n]*\n.*?^\1\2 *$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"(\]\()([^)#:\s]+)((?:#[^)\s]*)?\))")


def on_config(config):
    config.nav = [entry for each in config.nav for entry in expanded(each)]
    # headings are linked to as in the repository
    config.mdx_configs["toc"]["slugify"] = slugify(case="lower")
    return config


def expanded(entry):
    """An entry of the navigation with the files that its `*` stand for."""
    if isinstance(entry, dict):
        return [
            {title: [found for each in of for found in expanded(each)] if isinstance(of, list) else of}
            for title, of in entry.items()
        ]
    if "*" not in entry:
        return [entry]
    found = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.glob(entry))
    # a folder's first page is its index
    return sorted(found, key=lambda path: not path.endswith("/README.md"))


def on_files(files, config):
    files.append(File.generated(config, "index.md", content=(TOP / HOME).read_text()))
    waiting = [DOCS / file.src_uri for file in files.documentation_pages() if file.src_uri != "index.md"]
    waiting.append(TOP / HOME)
    while waiting:
        for path in outside(waiting.pop()):
            uri = place_of(path)
            if files.get_file_from_path(uri):
                continue
            what = {"content": listing(path)} if path.is_dir() else {"abs_src_path": str(path)}
            files.append(File.generated(config, uri, inclusion=InclusionLevel.NOT_IN_NAV, **what))
            if path.is_dir() or path.suffix == ".md":
                waiting.append(path)
    return files


def outside(page):
    """What a page links to, or a folder has, that isn't below docs/."""
    if page.is_dir():
        linked = sorted(page.iterdir())
    else:
        text = CODE.sub("", FENCE.sub("", page.read_text()))
        linked = [(page.parent / link[2]).resolve() for link in LINK.finditer(text)]
    return [path for path in linked if path.exists() and not path.is_relative_to(DOCS) and path != TOP / HOME]


def listing(folder):
    name = folder.relative_to(TOP).as_posix()
    links = (f"- [{path.name}]({path.name})\n" for path in sorted(folder.iterdir()))
    return f"# {name}\n\n" + "".join(links)


def place_of(path):
    """Where a file of the repository is on the site, from its top."""
    if path == TOP / HOME:
        return "index.md"
    if path.is_relative_to(DOCS):
        uri = path.relative_to(DOCS).as_posix()
    else:
        uri = f"{OUTSIDE}/{path.relative_to(TOP).as_posix()}"
    if not path.is_dir():
        return uri
    return f"{uri}/README.md" if (path / "README.md").exists() else f"{uri}/index.md"


def on_page_markdown(markdown, page, config, files):
    source = source_of(page.file.src_uri)
    here = posixpath.dirname(page.file.src_uri)

    def link(match):
        path = (source / match[2]).resolve()
        if not path.exists():
            return match[0]
        return match[1] + posixpath.relpath(place_of(path), here or ".") + match[3]

    return outside_of_code(markdown, lambda text: CODE.sub(unescaped, LINK.sub(link, text)))


def unescaped(code):
    """In a table's code the site's Markdown takes a bar as it is; the repository's wants it escaped."""
    return code[0].replace("\\|", "|")


def source_of(uri):
    """The folder that a page's links start from."""
    if uri == "index.md":
        return TOP
    if uri.startswith(OUTSIDE + "/"):
        return (TOP / uri.removeprefix(OUTSIDE + "/")).parent
    return (DOCS / uri).parent


def outside_of_code(markdown, change):
    done, at = [], 0
    for block in FENCE.finditer(markdown):
        # a second word says which example it is, to a test
        done += [change(markdown[at : block.start()]), re.sub(r"^( *`+\w+) .*", r"\1", block[0], count=1)]
        at = block.end()
    return "".join(done) + change(markdown[at:])
