"""Reads feeds with feedparser and prints their entries as JSON: {file: [entry, ...]}.

Texts are taken as they are in the feed: cleaning HTML is another work of feedparser's.
"""

import json
import sys

import feedparser


def entry(it):
    contents = it.get("content", [])
    return {
        "id": it.get("id"),
        "link": it.get("link"),
        "title": it.get("title"),
        "html": contents[0].value if contents else None,
        "authors": [author.get("name") for author in it.get("authors", [])],
        "tags": [tag.get("label") or tag.get("term") for tag in it.get("tags", [])],
        "published": it.get("published"),
        "updated": it.get("updated"),
        "enclosures": [[file.href, file.type, int(file.length)] for file in it.get("enclosures", [])],
    }


def read(file):
    with open(file, "rb") as feed:
        parsed = feedparser.parse(feed.read(), sanitize_html=False, resolve_relative_uris=False)
    if parsed.bozo:
        sys.exit(f"{file}: {parsed.bozo_exception}")
    return [entry(it) for it in parsed.entries]


print(json.dumps({file: read(file) for file in sys.argv[1:]}))
