"""A small Hugging Face Hub on this machine: as much of it as committing to a dataset repository asks for."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit


class Hub:
    """Repositories by name, each with its commits, its tags, and what was sent."""

    def __init__(self) -> None:
        self.private: dict[str, bool] = {}
        self.commits: dict[str, list[dict[str, bytes]]] = {}
        self.tags: dict[str, dict[str, int]] = {}
        self.large: dict[str, bytes] = {}
        self.tokens: set[str] = set()
        self.put_bytes = 0
        self.refuses = ""
        self.url = ""

    def files(self, repo: str, revision: str = "main") -> dict[str, bytes]:
        """Return what a revision holds, by path."""
        number = len(self.commits[repo]) - 1 if revision == "main" else self.number(repo, revision)
        return self.commits[repo][number]

    def number(self, repo: str, revision: str) -> int:
        """Return which commit a tag or a commit's name stands for."""
        return self.tags[repo][revision] if revision in self.tags[repo] else int(revision, 16) - 1


@contextmanager
def hub_running() -> Iterator[Hub]:
    """Serve a hub for as long as the block lasts."""
    hub = Hub()
    handler = type("Handler", (_Handler,), {"hub": hub})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    hub.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    hub: Hub
    protocol_version = "HTTP/1.1"

    def log_message(self, *words: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._answer({"refs": self._refs, "tree": self._tree, "resolve": self._resolve})

    do_HEAD = do_GET

    def do_PUT(self) -> None:
        data = self._body()
        self.hub.put_bytes += len(data)
        self.hub.large[hashlib.sha256(data).hexdigest()] = data
        self._send({})

    def do_POST(self) -> None:
        body = self._body()
        self.hub.tokens.add(self.headers.get("Authorization", ""))
        path = urlsplit(self.path).path
        if path == "/api/repos/create":
            self._create(json.loads(body))
        elif path == "/api/validate-yaml":
            self._send({})
        elif path.endswith("/info/lfs/objects/batch"):
            self._batch(json.loads(body))
        else:
            self._answer({"preupload": self._preupload, "commit": self._commit, "tag": self._tag}, body)

    def _answer(self, what: dict[str, Any], *body: bytes) -> None:
        found = re.match(r"^(?:/api)?/datasets/([^/]+/[^/]+)/(\w+)(?:/(.*))?$", urlsplit(self.path).path)
        if found is None or found[2] not in what or found[1] not in self.hub.commits:
            self._send({"error": "Repository not found"}, status=404)
            return
        what[found[2]](found[1], unquote(found[3] or ""), *body)

    def _create(self, asked: dict[str, Any]) -> None:
        if self.hub.refuses:
            self._send({"error": self.hub.refuses}, status=403)
            return
        repo = f"{asked['organization']}/{asked['name']}"
        status = 409 if repo in self.hub.commits else 200
        if repo not in self.hub.commits:
            self.hub.private[repo] = asked.get("visibility") == "private"
            self.hub.commits[repo] = [{".gitattributes": b"*.parquet filter=lfs\n"}]
            self.hub.tags[repo] = {}
        self._send({"url": f"{self.hub.url}/datasets/{repo}", "name": repo}, status=status)

    def _refs(self, repo: str, rest: str) -> None:
        tags = [
            {"name": name, "ref": f"refs/tags/{name}", "targetCommit": _name(number)}
            for name, number in self.hub.tags[repo].items()
        ]
        self._send({"branches": [], "converts": [], "tags": tags})

    def _tree(self, repo: str, revision: str) -> None:
        rows: list[dict[str, Any]] = []
        for path, data in sorted(self.hub.files(repo, revision).items()):
            row: dict[str, Any] = {"type": "file", "path": path, "size": len(data), "oid": _git(data)}
            if path.endswith(".parquet"):
                row["lfs"] = {"oid": hashlib.sha256(data).hexdigest(), "size": len(data), "pointerSize": 130}
            rows.append(row)
        self._send(rows)

    def _resolve(self, repo: str, rest: str) -> None:
        revision, _, path = rest.partition("/")
        data = self.hub.files(repo, revision).get(path)
        if data is None:
            self._send({"error": "Entry not found"}, status=404, headers={"X-Error-Code": "EntryNotFound"})
            return
        number = len(self.hub.commits[repo]) - 1 if revision == "main" else self.hub.number(repo, revision)
        headers = {"ETag": f'"{_git(data)}"', "X-Repo-Commit": _name(number)}
        self._send_bytes(data, 200, headers)

    def _preupload(self, repo: str, revision: str, body: bytes) -> None:
        held = self.hub.files(repo, revision)
        files = [
            {
                "path": file["path"],
                "uploadMode": "lfs" if file["path"].endswith(".parquet") else "regular",
                "shouldIgnore": False,
                "oid": _git(held[file["path"]]) if file["path"] in held else None,
            }
            for file in json.loads(body)["files"]
        ]
        self._send({"files": files})

    def _batch(self, asked: dict[str, Any]) -> None:
        objects: list[dict[str, Any]] = []
        for one in asked["objects"]:
            row = {"oid": one["oid"], "size": one["size"]}
            if one["oid"] not in self.hub.large:
                row["actions"] = {"upload": {"href": f"{self.hub.url}/lfs/{one['oid']}"}}
            objects.append(row)
        self._send({"transfer": "basic", "objects": objects})

    def _commit(self, repo: str, revision: str, body: bytes) -> None:
        files = dict(self.hub.files(repo, revision))
        for line in body.splitlines():
            told = json.loads(line)
            value = told["value"]
            if told["key"] == "file":
                files[value["path"]] = base64.b64decode(value["content"])
                self.hub.put_bytes += len(files[value["path"]])
            elif told["key"] == "lfsFile":
                files[value["path"]] = self.hub.large[value["oid"]]
            elif told["key"] == "deletedFile":
                del files[value["path"]]
        self.hub.commits[repo].append(files)
        oid = _name(len(self.hub.commits[repo]) - 1)
        url = f"{self.hub.url}/datasets/{repo}/commit/{oid}"
        self._send({"success": True, "commitOid": oid, "commitUrl": url, "hookOutput": ""})

    def _tag(self, repo: str, revision: str, body: bytes) -> None:
        number = len(self.hub.commits[repo]) - 1 if revision == "main" else self.hub.number(repo, revision)
        self.hub.tags[repo][json.loads(body)["tag"]] = number
        self._send({})

    def _body(self) -> bytes:
        length = self.headers.get("Content-Length")
        if length is not None:
            return self.rfile.read(int(length))
        data = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            data += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return data

    def _send(self, document: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> None:
        told = {"Content-Type": "application/json", **(headers or {})}
        self._send_bytes(json.dumps(document).encode(), status, told)

    def _send_bytes(self, data: bytes, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)


def _name(number: int) -> str:
    """Return the name of a commit by its place: 40 hexadecimal digits."""
    return f"{number + 1:040x}"


def _git(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
