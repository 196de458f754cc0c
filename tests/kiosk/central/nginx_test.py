#!/usr/bin/env python3
"""config/nginx.conf as it is shipped, in a real nginx before a real kiosk-central.

    nginx_test.py --central PROGRAM

Only what the file says to change is changed: ports, certificate, folders, and the limits in the test
of limits. Exit codes: 0 all in order, 1 a test failed, 77 there is no nginx here.
"""

import argparse
import contextlib
import hashlib
import http.client
import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Dict, Optional, Tuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
from programs import PROJECT, Program, await_ready, await_that, free_port  # noqa: E402

Answer = Tuple[int, Dict[str, str], bytes]  # status, headers in lower case, body

NO_NGINX = 77
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/bin")
CENTRAL = ""  # set by main()


def configured(folder: Path, port: int, central_port: int) -> str:
    """The shipped file with what it says to change; every line must be there to be changed."""
    text = (PROJECT / "config/nginx.conf").read_text(encoding="utf-8")
    changes = [
        # Of folders that only we may read.
        (r"user www-data;\n", "user root;\n" if os.geteuid() == 0 else ""),
        (r"/run/nginx\.pid", f"{folder}/nginx.pid"),
        (r"/var/log/nginx/error\.log", f"{folder}/error.log"),
        (r"listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        (r" *listen \[::\]:443 ssl;\n", ""),
        (r"/etc/kiosk/central\.pem", f"{folder}/certificate.pem"),
        (r"/etc/kiosk/central\.key", f"{folder}/key.pem"),
        (r"/var/lib/kiosk/laws", f"{folder}/laws"),
        (r"server 127\.0\.0\.1:8481 ", f"server 127.0.0.1:{free_port()} "),  # nobody is there
        (r"server 127\.0\.0\.1:8482 ", f"server 127.0.0.1:{central_port} "),
    ]
    for pattern, replacement in changes:
        text, found = re.subn(pattern, replacement, text)
        assert found == 1, f"{pattern} stands {found} times in config/nginx.conf"
    return text


def make_certificate(folder: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "3", "-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", folder / "key.pem", "-out", folder / "certificate.pem"],
        check=True, capture_output=True,
    )  # fmt: skip


class NginxTest(unittest.TestCase):
    """One nginx and one kiosk-central for all tests."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.temporary = tempfile.TemporaryDirectory(prefix="kiosk-nginx-")
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.folder = Path(cls.temporary.name)
        cls.port, central_port = free_port(), free_port()
        cls.write_law_pack()
        make_certificate(cls.folder)
        shutil.copytree(PROJECT / "config", cls.folder / "config")
        central_toml = cls.folder / "config/central.toml"
        central_toml.write_text(f'proxy = "127.0.0.1"\n{central_toml.read_text()}')
        cls.central_address = f"127.0.0.1:{central_port}"
        central = Program(
            "kiosk-central",
            [CENTRAL, "--config", str(cls.folder / "config"), "--data", str(cls.folder / "data"),
             "--listen", cls.central_address],
            cls.folder / "central.log",
        )  # fmt: skip
        central.start()
        cls.addClassCleanup(central.end)
        cls.conf = cls.folder / "nginx.conf"
        cls.conf.write_text(configured(cls.folder, cls.port, central_port))
        await_ready(central, f"http://{cls.central_address}", 60)
        cls.start_nginx(cls.conf, cls.port)

    @classmethod
    def start_nginx(cls, conf: Path, port: int) -> None:
        nginx = Program(
            "nginx", [NGINX, "-c", str(conf), "-g", "daemon off;"], cls.folder / "nginx.log"
        )
        nginx.start()
        cls.addClassCleanup(nginx.end)

        def ready() -> bool:
            nginx.must_live()
            try:
                return cls.ask("GET", "/healthz", port=port)[0] == 200
            except OSError:
                return False

        await_that("nginx is ready", ready, 30)

    @classmethod
    def write_law_pack(cls) -> None:
        cls.law = bytes(range(256)) * 1000
        cls.law_name = hashlib.sha256(cls.law).hexdigest()
        (cls.folder / "laws").mkdir()
        (cls.folder / f"laws/{cls.law_name}.lawpack").write_bytes(cls.law)

    @classmethod
    def ask(
        cls,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Optional[Dict[str, str]] = None,
        port: int = 0,
    ) -> Answer:
        with contextlib.closing(cls.connect(port)) as connection:
            return cls.ask_on(connection, method, path, body, headers)

    @classmethod
    def connect(cls, port: int = 0) -> http.client.HTTPSConnection:
        trust = ssl.create_default_context(cafile=cls.folder / "certificate.pem")
        return http.client.HTTPSConnection(
            "127.0.0.1", port or cls.port, timeout=20, context=trust
        )

    @staticmethod
    def ask_on(
        connection: http.client.HTTPConnection,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Optional[Dict[str, str]] = None,
    ) -> Answer:
        connection.request(method, path, body or None, headers or {})
        answer = connection.getresponse()
        names = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, names, answer.read()

    def test_nginx_finds_no_mistake_in_it(self) -> None:
        done = subprocess.run(
            [NGINX, "-t", "-c", self.conf], capture_output=True, text=True, check=False
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("[warn]", done.stderr)

    def test_kiosks_reach_a_process_also_when_another_is_gone(self) -> None:
        for _ in range(10):
            status, _, body = self.ask("POST", "/v1/sync", b"{}")
            self.assertEqual((status, json.loads(body)["code"]), (401, "unsigned"))
        self.assertEqual(self.ask("GET", "/v1/manifest")[0], 200)

    def test_law_packs_come_in_ranges_from_the_disk(self) -> None:
        path = f"/v1/packs/{self.law_name}"
        status, headers, body = self.ask("GET", path, headers={"Range": "bytes=256-511"})
        self.assertEqual((status, body), (206, self.law[256:512]))
        self.assertEqual(headers["content-range"], f"bytes 256-511/{len(self.law)}")
        self.assertIn("immutable", headers["cache-control"])

    def test_the_catalogue_comes_from_a_process(self) -> None:
        packs = json.loads(self.ask("GET", "/v1/manifest")[2])["packs"]
        name = next(pack["sha256"] for pack in packs if pack["name"] == "catalogue")
        status, _, body = self.ask("GET", f"/v1/packs/{name}")
        self.assertEqual((status, hashlib.sha256(body).hexdigest()), (200, name))

    def test_what_belongs_to_one_machine_is_not_shown(self) -> None:
        for path in ("/", "/office/view", "/metrics", "/readyz", "/v1/../metrics"):
            with self.subTest(path=path):
                self.assertEqual(self.ask("GET", path)[0], 404)

    def test_the_process_itself_shows_nothing_through_a_proxy(self) -> None:
        connection = http.client.HTTPConnection(self.central_address, timeout=20)
        with contextlib.closing(connection):
            for path in ("/metrics", "/office/view"):
                answer = self.ask_on(connection, "GET", path, headers={"X-Real-IP": "192.0.2.7"})
                self.assertEqual(answer[0], 403)

    def test_what_is_too_large_gets_no_further(self) -> None:
        self.assertEqual(self.ask("POST", "/v1/sync", b"x" * (1 << 20))[0], 401)
        self.assertEqual(self.ask("POST", "/v1/sync", b"x" * ((1 << 20) + 1))[0], 413)

    def test_tls_before_1_3_is_refused(self) -> None:
        for version, code in (("-tls1_2", 1), ("-tls1_3", 0)):
            done = subprocess.run(
                ["openssl", "s_client", "-connect", f"127.0.0.1:{self.port}", version],
                stdin=subprocess.DEVNULL, capture_output=True, check=False,
            )  # fmt: skip
            self.assertEqual(done.returncode, code, version)

    def test_who_asks_too_often_is_told_when_to_come_back(self) -> None:
        with contextlib.closing(self.connect()) as connection:
            answers = [self.ask_on(connection, "GET", "/v1/status/x") for _ in range(100)]
        self.assertEqual(answers[0][0], 404)
        refused = [answer for answer in answers if answer[0] == 429]
        self.assertGreater(len(refused), 0)
        status, headers, body = refused[-1]
        self.assertEqual(headers["retry-after"], "30")
        self.assertEqual(headers["content-type"], "application/problem+json")
        self.assertEqual(json.loads(body)["code"], "too_many")

    def test_without_any_process_kiosks_are_told_to_come_back(self) -> None:
        port = free_port()
        conf = self.folder / "alone.conf"
        text = configured(self.folder, port, free_port()).replace("nginx.pid", "alone.pid")
        # /healthz, by which the test knows that nginx is there, must not need a process.
        text = re.sub(r"(location = /healthz {\n *)proxy_pass http://central;", r"\1return 200;", text)
        conf.write_text(text)
        self.start_nginx(conf, port)
        status, headers, body = self.ask("POST", "/v1/sync", b"{}", port=port)
        self.assertEqual(status, 503)
        self.assertEqual(headers["retry-after"], "5")
        self.assertEqual(json.loads(body)["code"], "busy")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--central", required=True)
    global CENTRAL  # unittest makes its cases by itself
    CENTRAL = parser.parse_args().central
    if NGINX is None:
        print("no nginx here: config/nginx.conf was not tried")
        return NO_NGINX
    outcome = unittest.main(argv=sys.argv[:1], exit=False).result
    return 0 if outcome.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
