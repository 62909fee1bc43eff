"""Follows the orders of a channel, and goes on after the last event when the connection breaks: python3 follow.py webshop"""
import sys
import time
import urllib.parse
import urllib.request

API = "http://127.0.0.1:8080/api"
channel = sys.argv[1] if len(sys.argv) > 1 else "webshop"

last_id = None
while True:
    request = urllib.request.Request(f"{API}/events?{urllib.parse.urlencode({'channel': channel})}")
    if last_id:
        request.add_header("Last-Event-ID", last_id)
    try:
        # The service sends something every ten seconds at least.
        with urllib.request.urlopen(request, timeout=30) as stream:
            for line in stream:
                name, _, value = line.decode().rstrip("\n").partition(": ")
                if name == "id":
                    event_id = value
                elif name == "event" and value == "resync":
                    print("Events may have been missed: read the orders again.", flush=True)
                elif name == "data":
                    print(event_id, value, flush=True)
                elif not name:
                    last_id = event_id  # the end of an event, which is done now
    except OSError as broken:
        print(broken, file=sys.stderr)
    time.sleep(1)
