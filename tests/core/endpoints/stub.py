"""An OpenAI-shaped server on loopback that answers by a script, for exact figures."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Said:
    """What the script has the server answer."""

    text: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    tokens_in: int = 100
    tokens_out: int = 2
    wait: threading.Event | None = None
    streams: bool = True
    breaks_after: int | None = None
    """Asked for a stream, send so many bytes of it and hang up."""
    broken: bool = False
    """Asked for a stream, end it in its middle, as if it were over."""
    finish: str = "stop"


@dataclass
class Heard:
    """One request that came in."""

    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def system(self) -> str:
        return str(self.body["messages"][0]["content"])

    @property
    def user(self) -> str:
        content = self.body["messages"][-1]["content"]
        return content if isinstance(content, str) else json.dumps(content)


class Stub:
    """The server: ``script`` answers each request; ``heard`` keeps them."""

    def __init__(self, script: Callable[[Heard, int], Said]) -> None:
        self.script = script
        self.heard: list[Heard] = []
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                body = json.loads(self.rfile.read(length))
                said = stub._answer(body, dict(self.headers), self.path)
                try:
                    if body.get("stream") and said.streams and said.status == 200:
                        self._stream(said)
                    else:
                        self._tell(said)
                except OSError:
                    self.close_connection = True

            def _tell(self, said: Said) -> None:
                content = said.raw if said.raw is not None else json.dumps(_document(said)).encode()
                self.send_response(said.status)
                for name, value in said.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def _stream(self, said: Said) -> None:
                content = said.raw if said.raw is not None else streamed(said)
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream; charset=utf-8")
                self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()
                content = content[: said.breaks_after]
                # Cut where no event and no letter ends.
                for start in range(0, len(content), 7):
                    piece = content[start : start + 7]
                    self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
                if said.breaks_after is None:
                    self.wfile.write(b"0\r\n\r\n")
                else:
                    self.close_connection = True

            def log_message(self, format: str, *args: Any) -> None:
                return None

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/v1"

    def _answer(self, body: dict[str, Any], headers: dict[str, str], path: str) -> Said:
        with self._lock:
            self.heard.append(Heard(body, headers))
            number = len(self.heard)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            said = (
                self.script(Heard(body, headers), number)
                if path == "/v1/chat/completions"
                else Said(status=404)
            )
            if said.wait is not None:
                said.wait.wait(30)
            return said
        finally:
            with self._lock:
                self._at_once -= 1


def _document(said: Said) -> dict[str, Any]:
    if said.status != 200:
        return {"error": {"message": "the stub says no"}}
    return {
        "choices": [{"message": {"role": "assistant", "content": said.text}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": said.tokens_in, "completion_tokens": said.tokens_out},
    }


def streamed(said: Said) -> bytes:
    """Return an answer as server-sent events, a word at a time, with what real servers put in between."""
    words = said.text.split(" ")
    pieces = [f"{word} " for word in words[:-1]] + words[-1:]
    choices: list[dict[str, Any]] = [{"index": 0, "delta": {"role": "assistant", "content": ""}}]
    choices += [{"index": 0, "delta": {"content": piece}, "finish_reason": None} for piece in pieces]
    if said.broken:
        choices = choices[: len(choices) // 2]
    else:
        choices.append({"index": 0, "delta": {}, "finish_reason": said.finish})
    events: list[dict[str, Any]] = [{"choices": [choice]} for choice in choices]
    if said.tokens_in or said.tokens_out:
        usage = {"prompt_tokens": said.tokens_in, "completion_tokens": said.tokens_out}
        events.append({"choices": [], "usage": usage})
    told = [": still here\r\n\r\n"]
    told += [f"event: chunk\r\ndata: {json.dumps(event, ensure_ascii=False)}\r\n\r\n" for event in events]
    return "".join([*told, "" if said.broken else "data: [DONE]\n\n"]).encode()


@contextmanager
def stub_serving(script: Callable[[Heard, int], Said]) -> Iterator[Stub]:
    """Serve the script while the block runs."""
    stub = Stub(script)
    thread = threading.Thread(target=stub.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        stub.server.shutdown()
        stub.server.server_close()
