#!/usr/bin/env python3
"""A sink of CloudEvents for tests: takes what the package cloudevents can read, and tells of it."""

import argparse
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cloudevents.core.bindings import http
from cloudevents.core.formats.json import JSONFormat

BATCH = "application/cloudevents-batch+json"
FORMAT = JSONFormat()


def read(headers, body):
    """The events of a request, whichever way they are sent."""
    if headers.get_content_type() == BATCH:
        return [FORMAT.read(None, json.dumps(each)) for each in json.loads(body)]
    fields = {name.lower(): value for name, value in headers.items()}
    return [http.from_http(http.HTTPMessage(fields, body), FORMAT)]


class Handler(BaseHTTPRequestHandler):
    """Takes events by POST; GET tells their attributes and data."""

    protocol_version = "HTTP/1.1"
    taken = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            events = read(self.headers, body)
        except Exception as error:  # Whatever it is, the sender is told.
            return self.answer(400, repr(error).encode())
        for event in events:
            attributes = {name: str(value) for name, value in event.get_attributes().items()}
            self.taken.append({"attributes": attributes, "data": event.get_data()})
        self.answer(202)

    def do_GET(self):
        self.answer(200, json.dumps(self.taken).encode())

    def answer(self, status, body=b""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *arguments):
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    server = ThreadingHTTPServer(("127.0.0.1", parser.parse_args().port), Handler)
    print(f"Listening on http://127.0.0.1:{server.server_address[1]}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
