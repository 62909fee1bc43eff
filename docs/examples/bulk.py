"""Sends many orders, one on each line of a file: python3 bulk.py orders.ndjson"""
import json
import sys
import urllib.error
import urllib.request

API = "http://127.0.0.1:8080/api"
file = sys.argv[1] if len(sys.argv) > 1 else "orders.ndjson"

# In parts: urllib reads no answer while it sends.
LINES = 1000


def send(lines, first):
    body = "\n".join(lines).encode()
    request = urllib.request.Request(API + "/orders/bulk", body, {"Content-Type": "application/x-ndjson"})
    with urllib.request.urlopen(request, timeout=60) as answers:
        for answer in map(json.loads, answers):
            print(first + answer["line"], answer["status"], answer.get("id") or answer["problem"]["detail"])


with open(file, encoding="utf-8") as orders:
    lines = orders.read().split("\n")  # splitlines() also splits at characters that may stand in a text
for first in range(0, len(lines), LINES):
    try:
        send(lines[first : first + LINES], first)
    except urllib.error.HTTPError as error:
        sys.exit(error.read().decode())
