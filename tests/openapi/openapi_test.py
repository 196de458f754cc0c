#!/usr/bin/env python3
"""The description of the API (kiosk/wire/openapi.json) says what the running server does.

    openapi_test.py --central PROGRAM

Every path and method of the document is asked in each way it describes: status, content type, needed
headers and every field of the answer must be as written, and no field may come that is not written;
what is sent is held against the document, too. Every route that stands in the server's source must be
in the document. 413 and 431 are asked for once; 503 is not brought about.
"""

import argparse
import base64
import ctypes
import gzip
import hashlib
import http.client
import json
import re
import secrets
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional, Set, Tuple

import jsonschema

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
# pylint: disable=wrong-import-position
from programs import PROJECT, Program, await_ready, free_port, write_config

DOCUMENT = PROJECT / "kiosk/wire/openapi.json"
SOURCES = [PROJECT / "kiosk/central" / name for name in ("server.cpp", "kiosk_routes.cpp", "office_routes.cpp")]
NOT_BROUGHT_ABOUT = {"503"}
ONCE_FOR_ALL = {"413", "431"}
START_S = 30
SODIUM = ctypes.CDLL("libsodium.so.23")


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Key:
    """ed25519 by libsodium, as the kiosk's own."""

    def __init__(self) -> None:
        self.public = ctypes.create_string_buffer(32)
        self.secret = ctypes.create_string_buffer(64)
        SODIUM.crypto_sign_keypair(self.public, self.secret)

    def sign(self, message: bytes) -> str:
        signature = ctypes.create_string_buffer(64)
        length = ctypes.c_ulonglong(len(message))
        SODIUM.crypto_sign_detached(signature, None, message, length, self.secret)
        return b64(signature.raw)


# ---- the document -------------------------------------------------------------------------------


def closed(schema: Any) -> Any:
    """The same, but with no field that is not written."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    copy = {name: closed(value) for name, value in schema.items()}
    if "properties" in schema and isinstance(schema["properties"], dict):
        copy.setdefault("additionalProperties", False)
    return copy


class Document:
    """What is written, and the complaints about what is not so."""

    def __init__(self) -> None:
        self.text = json.loads(DOCUMENT.read_text())
        self.closed = closed(self.text)
        self.complaints: List[str] = []
        self.seen: Set[Tuple[str, str, str]] = set()

    def resolve(self, part: Dict) -> Dict:
        while "$ref" in part:
            found = self.text
            for word in part["$ref"].removeprefix("#/").split("/"):
                found = found[word]
            part = found
        return part

    def path_of(self, path: str) -> Optional[str]:
        """The template of a path; the plain ones first."""
        for template in sorted(self.text["paths"], key=lambda each: "{" in each):
            if re.fullmatch(re.sub(r"\{[^/]*\}", "[^/]+", template), path):
                return template
        return None

    def operation(self, path: str, method: str) -> Optional[Dict]:
        template = self.path_of(path)
        return self.text["paths"][template].get(method.lower()) if template else None

    def complain(self, where: str, what: str) -> None:
        self.complaints.append(f"{where}: {what}")

    def check_value(self, where: str, value: Any, schema: Dict) -> None:
        whole = {**closed(schema), "components": self.closed["components"]}
        validator = jsonschema.Draft202012Validator(whole)
        for error in validator.iter_errors(value):
            place = "/".join(str(each) for each in error.absolute_path)
            self.complain(where, f"{place}: {error.message[:200]}")

    def check_body(self, where: str, content: Dict, kind: str, body: bytes) -> None:
        if kind not in content:
            self.complain(where, f"content type {kind} is not written")
        elif "json" in kind:
            self.check_value(where, json.loads(body), content[kind]["schema"])

    def check_answer(self, path: str, method: str, answer: "Answer") -> None:
        where = f"{method} {path} {answer.status}"
        operation = self.operation(path, method)
        responses = operation["responses"] if operation else {}
        if str(answer.status) not in responses:
            self.complain(where, f"not written: {answer.body[:200]!r}")
            return
        self.seen.add((self.path_of(path), method.lower(), str(answer.status)))
        written = self.resolve(responses[str(answer.status)])
        for name, header in written.get("headers", {}).items():
            if header.get("required") and not answer.header(name):
                self.complain(where, f"no header {name}")
        if "content" in written:
            self.check_body(where, written["content"], answer.header("Content-Type"), answer.body)
        elif answer.body:
            self.complain(where, "a body that is not written")

    def check_unseen(self) -> None:
        for path, methods in self.text["paths"].items():
            for method, operation in methods.items():
                for status in set(operation["responses"]) - NOT_BROUGHT_ABOUT - ONCE_FOR_ALL:
                    if (path, method, status) not in self.seen:
                        self.complain(f"{method.upper()} {path} {status}", "was never answered")

    def check_source(self) -> None:
        """Every route in the server's source is written."""
        routes = set()
        for source in SOURCES:
            routes |= set(re.findall(r'"(/(?:v1|office|healthz|readyz|metrics)[^" ]*)"', source.read_text()))
        if len(routes) < 10:
            self.complain("source", "the routes are not found any more")
        for route in routes - {"/v1/"}:
            asked = route + "x" if route.endswith("/") else route
            if not self.path_of(asked):
                self.complain(route, "is a route of the server, but not written")

    def check_itself(self) -> None:
        """References lead somewhere, and every schema is one and is used."""
        text = DOCUMENT.read_text()
        for target in re.findall(r'"\$ref": "(#/[^"]*)"', text):
            try:
                self.resolve({"$ref": target})
            except KeyError:
                self.complain(target, "leads nowhere")
        for name, schema in self.text["components"]["schemas"].items():
            jsonschema.Draft202012Validator.check_schema(schema)
            if f'"#/components/schemas/{name}"' not in text:
                self.complain(name, "is used nowhere")


# ---- the server ---------------------------------------------------------------------------------


class Answer(NamedTuple):
    """Of the server, inflated."""

    status: int
    headers: Dict[str, str]
    body: bytes

    def header(self, name: str) -> str:
        return self.headers.get(name.lower(), "")

    def json(self) -> Any:
        return json.loads(self.body)


class Asker:
    """Sends requests and holds both ends against the document."""

    def __init__(self, document: Document, port: int) -> None:
        self.document = document
        self.port = port
        self.key = Key()
        self.kiosk = ""
        self.epoch = ""
        self.seq = 0

    def send(self, method: str, path: str, body: bytes, headers: Dict[str, str]) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body or None, headers)
            response = connection.getresponse()
            content = response.read()
            fields = {name.lower(): value for name, value in response.getheaders()}
        finally:
            connection.close()
        if fields.get("content-encoding") == "gzip":
            content = gzip.decompress(content)
        return Answer(response.status, fields, content)

    def ask(self, status: int, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """`body` is JSON, or bytes that are none; `_` in a header's name is a dash."""
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.send(method, path, content, fields)
        if answer.status != status:
            self.document.complain(f"{method} {path}", f"{answer.status}, not {status}: {answer.body[:200]!r}")
        self.document.check_answer(path, method, answer)
        operation = self.document.operation(path, method)
        if operation and "requestBody" in operation and answer.status == 200:
            schema = operation["requestBody"]["content"]["application/json"]["schema"]
            plain = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
            self.document.check_value(f"{method} {path} as sent", json.loads(plain), schema)
        return answer

    def authorization(self, path: str, body: bytes, unix_ms: int) -> str:
        words = f"POST|{path}|{unix_ms}|{hashlib.sha256(body).hexdigest()}"
        return f"Kiosk id={self.kiosk},ts={unix_ms},sig={self.key.sign(words.encode())}"

    def signed(self, status: int, path: str, body: Any, **headers: str) -> Answer:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        authorization = self.authorization(path, content, time.time_ns() // 1_000_000)
        return self.ask(status, "POST", path, content, Authorization=authorization, **headers)

    def op(self, kind: str, body: Dict) -> Dict:
        self.seq += 1
        # UUIDv7, RFC 9562 section 5.7.
        bits = (time.time_ns() // 1_000_000) << 80 | 7 << 76 | 2 << 62 | secrets.randbits(61)
        made = time.strftime("%Y-%m-%dT%H:%M:%S+08:00", time.gmtime(time.time() + 8 * 3600))
        return {"id": str(uuid.UUID(int=bits)), "seq": self.seq, "kind": kind, "at": made, "body": body}

    def sync(self, *ops: Dict, cursor: str = "") -> Dict:
        """Every op must be applied."""
        request = {"epoch": self.epoch, "cursor": cursor, "have": {}, "ops": list(ops)}
        answer = self.signed(200, "/v1/sync", request).json()
        for result in answer["results"]:
            if result["status"] != "applied":
                self.document.complain("POST /v1/sync", f"not applied: {result}")
        return answer


# ---- every way to be answered -------------------------------------------------------------------


def ask_operations(asker: Asker) -> None:
    for path in ("/healthz", "/readyz", "/v1/openapi.json"):
        asker.ask(200, "GET", path)
    if asker.send("GET", "/v1/openapi.json", b"", {}).json() != asker.document.text:
        asker.document.complain("GET /v1/openapi.json", "is another document")
    for method, path in (("GET", "/v1/none"), ("GET", "/v1/sync"), ("POST", "/v1/manifest")):
        answer = asker.send(method, path, b"", {})
        if (answer.status, answer.json()["code"]) != (404, "no_route"):
            asker.document.complain(f"{method} {path}", f"{answer.status}, not 404 no_route")


def ask_enrolment(asker: Asker, code: str) -> None:
    request = {"code": code, "public_key": b64(asker.key.public.raw)}
    asker.ask(400, "POST", "/v1/enrol", {"code": code})
    asker.ask(403, "POST", "/v1/enrol", {**request, "code": "22222-22222"})
    welcome = asker.ask(200, "POST", "/v1/enrol", request).json()
    asker.kiosk, asker.epoch = welcome["kiosk_id"], welcome["epoch"]


def ask_sync(asker: Asker, codes: List[str]) -> Dict[str, str]:
    """Makes one record of each kind; their ids by kind."""
    asker.ask(401, "POST", "/v1/sync", {"ops": []})
    stale = asker.authorization("/v1/sync", b"{}", 1)
    asker.ask(401, "POST", "/v1/sync", b"{}", Authorization=stale)
    asker.signed(400, "/v1/sync", b"[]")
    asker.signed(400, "/v1/sync", {"ops": [{"id": "x"}]})
    slots = [row for row in asker.sync()["changes"] if row["t"] == "slot"]
    slot, other = slots[-1], slots[-2]
    today = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 8 * 3600))
    draws = [asker.op("ticket.draw", {"service": "notary", "day": today}) for _ in range(2)]
    booking = {"service": "consult", "way": slot["d"]["way"], "slot": slot["k"], "name": "王小明"}
    booking |= {"phone": "13800001234", "code": codes[0], "last4": "1234"}
    intake = {"service": "mediation", "code": codes[1], "last4": "1234", "answers": {"what": "楼上漏水"}}
    book, file, call = (
        asker.op("booking.request", booking),
        {**asker.op("intake.file", intake), "legal_day": "2026-12-14"},
        asker.op("assist.call", {"place": "home"}),
    )
    drawn = asker.sync(*draws, book, file, call)["results"]
    number = drawn[0]["data"]["number"]
    case = {"code": codes[0], "last4": "1234"}
    asker.sync(
        asker.op("ticket.issue", {"draw": draws[0]["id"], "number": number}),
        asker.op("ticket.cancel", {"draw": draws[1]["id"]}),
        asker.op("booking.move", {**case, "slot": other["k"]}),
    )
    request = json.dumps({"epoch": "another life", "ops": [asker.op("assist.call", {"place": "home"})]})
    answer = asker.signed(200, "/v1/sync", gzip.compress(request.encode()), Content_Encoding="gzip").json()
    if answer["results"][0] != {"id": answer["results"][0]["id"], "status": "deferred", "code": "restored", "data": {}}:
        asker.document.complain("POST /v1/sync", f"of another life: {answer['results']}")
    return {"ticket": draws[0]["id"], "request": file["id"], "call": call["id"], "booking": book["id"]}


def ask_lookup(asker: Asker, codes: List[str]) -> None:
    asker.ask(401, "POST", "/v1/lookup", {"code": codes[0], "last4": "1234"})
    asker.signed(400, "/v1/lookup", {})
    for code in codes:
        asker.signed(200, "/v1/lookup", {"code": code, "last4": "1234"})
        asker.ask(200, "GET", f"/v1/status/{code}")
    asker.ask(404, "GET", "/v1/status/none")
    for _ in range(5):
        asker.signed(404, "/v1/lookup", {"code": codes[0], "last4": "9999"})
    asker.signed(429, "/v1/lookup", {"code": codes[0], "last4": "9999"})


def ask_content(asker: Asker) -> None:
    manifest = asker.ask(200, "GET", "/v1/manifest")
    asker.ask(304, "GET", "/v1/manifest", If_None_Match=manifest.header("ETag"))
    packs = {pack["name"]: pack["sha256"] for pack in manifest.json()["packs"]}
    asker.ask(200, "GET", f"/v1/packs/{packs['catalogue']}", Accept_Encoding="gzip")
    asker.ask(404, "GET", "/v1/packs/" + "0" * 64)
    asker.ask(206, "GET", f"/v1/packs/{packs['laws']}", Range="bytes=0-99")
    asker.ask(416, "GET", f"/v1/packs/{packs['laws']}")


def ask_office(asker: Asker, records: Dict[str, str]) -> None:
    page = asker.document.text["paths"]
    files = [path for path in page if page[path].get("get", {}).get("operationId", "").startswith("office")]
    for path in [*files, "/icons/bell.svg", "/metrics"]:
        asker.ask(200, "GET", path)
        asker.ask(403, "GET", path, Via="1.1 elsewhere")
    asker.ask(404, "GET", "/icons/none.svg")
    actions = {
        "ticket": {"id": records["ticket"], "step": "call", "counter": "3"},
        "request": {"id": records["request"], "state": "reviewing"},
        "call": {"id": records["call"], "state": "accepted"},
        "legal-day": {"id": records["request"], "outcome": "told"},
        "tell": {"id": records["request"], "outcome": "reached"},
    }
    for name, body in actions.items():
        path = f"/office/{name}"
        if name == "tell":
            accepted = {"id": records["request"], "state": "accepted"}
            asker.ask(200, "POST", "/office/request", accepted, X_Kiosk_Office="1")
        asker.ask(403, "POST", path, body)
        asker.ask(200, "POST", path, body, X_Kiosk_Office="1")
        asker.ask(400, "POST", path, b"[", X_Kiosk_Office="1")
        again = {**body, "state": "accepted"} if name == "call" else {**body, "id": str(uuid.uuid4())}
        asker.ask(409, "POST", path, again, X_Kiosk_Office="1")
    asker.ask(403, "POST", "/office/enrol-code", {})
    asker.ask(200, "POST", "/office/enrol-code", {}, X_Kiosk_Office="1")
    asker.ask(200, "GET", "/office/view")


def ask_too_much(asker: Asker) -> None:
    asker.ask(413, "POST", "/v1/sync", b"x" * ((1 << 20) + 1))
    asker.ask(431, "POST", "/v1/sync", b"{}", X_Long="x" * (17 << 10))
    bomb = gzip.compress(b" " * (2 << 20))
    asker.signed(413, "/v1/sync", bomb, Content_Encoding="gzip")
    for _ in range(25):
        answer = asker.send("POST", "/v1/enrol", b"{}", {})
    asker.document.check_answer("/v1/enrol", "POST", answer)
    for _ in range(65):
        answer = asker.send("GET", "/v1/status/none", b"", {})
    asker.document.check_answer("/v1/status/none", "GET", answer)


def ask_everything(document: Document, central: str, folder: Path) -> None:
    config = folder / "config"
    write_config(config)
    laws = folder / "laws"
    laws.mkdir()
    pack = secrets.token_bytes(1000)
    name = hashlib.sha256(pack).hexdigest() + ".pack"
    (laws / name).write_bytes(pack)
    (laws / "current").symlink_to(name)
    settings = config / "central.toml"
    settings.write_text(settings.read_text() + f'\n[laws]\npacks = "{laws}"\n')
    port = free_port()
    words = [central, "--config", str(config), "--data", str(folder / "data")]
    server = Program("kiosk-central", [*words, "--listen", f"127.0.0.1:{port}"], folder / "central.log")
    server.start()
    try:
        await_ready(server, f"http://127.0.0.1:{port}", START_S)
        asker = Asker(document, port)
        code = lambda: subprocess.check_output([*words, "enrol-code"], text=True).strip()
        codes = [code(), code()]  # the form of case codes
        ask_operations(asker)
        ask_enrolment(asker, code())
        records = ask_sync(asker, codes)
        ask_lookup(asker, codes)
        ask_content(asker)
        ask_office(asker, records)
        ask_too_much(asker)
    finally:
        server.end()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--central", required=True, help="the program kiosk-central")
    options = parser.parse_args()
    document = Document()
    document.check_itself()
    document.check_source()
    with tempfile.TemporaryDirectory(prefix="kiosk-openapi-") as folder:
        ask_everything(document, options.central, Path(folder))
    document.check_unseen()
    for complaint in document.complaints:
        print(complaint)
    ways = len(document.seen)
    print(f"{len(document.text['paths'])} paths, {ways} ways to be answered, {len(document.complaints)} complaints")
    return 1 if document.complaints else 0


if __name__ == "__main__":
    sys.exit(main())
