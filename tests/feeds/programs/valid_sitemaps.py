"""Validates sitemaps with the XML Schema of sitemaps.org and prints the errors, one a line.

The first argument is the schema. It asks for schemas of all other namespaces, which lie on the web; elements of these
are checked by the other program.
"""

import sys

from lxml import etree

with open(sys.argv[1], encoding="utf-8") as file:
    text = file.read()
schema = etree.XMLSchema(etree.fromstring(text.replace('"strict"', '"lax"').encode()))
for file in sys.argv[2:]:
    if not schema.validate(etree.parse(file)):
        for error in schema.error_log:
            print(f"{file}:{error.line}: {error.message}")
