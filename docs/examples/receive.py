"""Receives webhooks: SLUICE_WEBHOOK_SECRET=whsec_… python3 receive.py 3000"""
import base64
import hashlib
import hmac
import http.server
import json
import os
import sys
import time

KEY = base64.b64decode(os.environ["SLUICE_WEBHOOK_SECRET"].removeprefix("whsec_"))


def is_genuine(headers, body):
    timestamp = headers.get("webhook-timestamp", "")
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > 300:
        return False  # an old message, sent again by a third party
    signed = f"{headers['webhook-id']}.{timestamp}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.digest(KEY, signed, hashlib.sha256)).decode()
    signatures = headers.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(signature.encode(), expected.encode()) for signature in signatures)


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))  # as it came: not parsed and written again
        genuine = is_genuine(self.headers, body)
        if genuine:
            event = json.loads(body)
            print(self.headers["webhook-id"], event["type"], event["data"], flush=True)
        self.send_response(204 if genuine else 400)  # do what takes long after the answer
        self.end_headers()


port = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
http.server.ThreadingHTTPServer(("", port), Receiver).serve_forever()
