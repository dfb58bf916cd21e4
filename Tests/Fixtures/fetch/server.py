"""A server that misbehaves as its paths say: http://127.0.0.1:PORT/HABIT+HABIT.../NAME serves FOLDER/NAME.

python3 server.py FOLDER writes the port to FOLDER/port and each request to FOLDER/requests: path, Range, If-Range.
"""
import hashlib
import http.server
import os
import sys
import time

folder = sys.argv[1]
asked = {}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        habits = dict((word.split("=") + ["0"])[:2] for word in self.path.split("/")[1].split("+"))
        name = self.path.split("/")[-1]
        wanted = self.headers.get("Range")
        asked[self.path] = asked.get(self.path, 0) + 1
        with open(folder + "/requests", "a") as log:
            print(self.path, wanted or "-", self.headers.get("If-Range") or "-", file=log)
        if "moved" in habits:
            return self.answer(302, b"gone elsewhere", {"Location": "/plain/" + name})
        if "loop" in habits:
            return self.answer(302, b"", {"Location": self.path})
        if "ftp" in habits:
            return self.answer(302, b"", {"Location": "ftp://127.0.0.1/" + name})
        if asked[self.path] <= int(habits.get("busy", 0)):
            return self.answer(503, b"later", {"Retry-After": "1"})
        if not os.path.exists(folder + "/" + name):
            return self.answer(404, b"no such file", {})
        with open(folder + "/" + name, "rb") as file:
            body = file.read()
        tag = '"' + hashlib.md5(body).hexdigest() + '"'
        fields = {} if "untagged" in habits else {"ETag": ("W/" if "weak" in habits else "") + tag}
        start = 0
        if wanted and "whole" not in habits and self.headers.get("If-Range", tag) == tag:
            start = int(wanted.split("=")[1].split("-")[0])
            if start >= len(body):
                return self.answer(416, b"", {"Content-Range": f"bytes */{len(body)}"})
            fields["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
        self.answer(206 if start else 200, body[start:], fields, habits)

    def answer(self, status, body, fields, habits={}):
        self.send_response(status)
        for key, value in fields.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        cut = int(habits.get("cut", len(body)))
        for piece in range(0, min(cut, len(body)), 65536):
            self.wfile.write(body[piece:min(cut, piece + 65536)])
            time.sleep(float(habits.get("slow", 0)) / 1000)
        self.close_connection = True

    def log_message(self, *words):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open(folder + "/port.new", "w") as file:
    file.write(str(server.server_port))
os.rename(folder + "/port.new", folder + "/port")
server.serve_forever()
