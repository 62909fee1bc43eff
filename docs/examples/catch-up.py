"""Lists the orders that have changed since the last call, or since a time: python3 catch-up.py 2026-01-31T00:00:00Z"""
import json
import pathlib
import sys
import urllib.error
import urllib.parse
import urllib.request

API = "http://127.0.0.1:8080/api"
since = sys.argv[1] if len(sys.argv) > 1 else "2026-01-31T00:00:00Z"
cursor = pathlib.Path("cursor.txt")

more = True
while more:
    query = {"updatedSince": since, "limit": 200}
    if cursor.exists():
        query["cursor"] = cursor.read_text()
    try:
        with urllib.request.urlopen(f"{API}/orders?{urllib.parse.urlencode(query)}", timeout=60) as answer:
            page = json.load(answer)
    except urllib.error.HTTPError as error:
        if error.code == 410:  # the cursor is not known any more
            cursor.unlink()
            continue
        sys.exit(error.read().decode())
    for order in page["items"]:
        print(order["id"], order["status"])
    cursor.write_text(page["nextCursor"])  # only once the page has been worked on
    more = page["more"]
