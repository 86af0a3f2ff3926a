"""One question to one server, within limits of time, size and address; redirects are followed by hand.

Messages name no address and repeat nothing that was sent or received: either may hold secrets.
"""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from time import sleep
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from readtheroom import __version__
from readtheroom.errors import UnavailableError
from readtheroom.room.addresses import Path, checked, origin
from readtheroom.room.deadline import Deadline
from readtheroom.room.trust import authorities

if TYPE_CHECKING:
    import requests

USER_AGENT = f"readtheroom/{__version__} (+https://github.com/readtheroom/readtheroom)"

REPLY_LIMIT = 4 << 20
"""Bytes of a reply, unpacked."""

MOST_REDIRECTS = 5
PAUSE = 0.3
"""Seconds before a question is put again."""

FIRST_SHARE = 0.6
"""Of the time that is left, for the first try; so that one is left for the second."""

UNSAID = timedelta(minutes=1)
"""How long to leave a server alone that says only that it has had enough."""

LONGEST_WAIT = timedelta(days=1)
"""More, no server may ask for: a slip of its makers must not silence a source for good."""

_CHUNK = 1 << 16
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Answer(NamedTuple):
    """What came: a 200 with its body, or a 304 without."""

    status: int
    content_type: str
    body: bytes
    etag: str | None
    modified: str | None


class RefusedError(UnavailableError):
    """The server will not be asked before `until`."""

    def __init__(self, status: int, until: datetime) -> None:
        self.status = status
        self.until = until
        super().__init__(refused(str(status), until))


def refused(why: str, until: datetime) -> str:
    """`429 until 14:05 UTC`."""
    far = until - datetime.now(UTC) > timedelta(hours=20)
    return f"{why} until {until:%F %R} UTC" if far else f"{why} until {until:%R} UTC"


class _PassingError(UnavailableError):
    """What may be over in a moment."""


def fetch(url: str, headers: Mapping[str, str], deadline: Deadline) -> Answer:
    """Ask once, and once more for what may be over in a moment. Raises `UnavailableError`."""
    checked(url)
    try:
        return _follow(url, headers, deadline.within(deadline.left() * FIRST_SHARE))
    except _PassingError:
        if deadline.left() <= PAUSE * 2:
            raise
    sleep(PAUSE)
    return _follow(url, headers, deadline)


def _follow(url: str, headers: Mapping[str, str], deadline: Deadline) -> Answer:
    """Headers go no further than to whom they are meant for."""
    import requests  # noqa: PLC0415  slow to import, and not needed where kept answers serve

    start = origin(url)
    with requests.Session() as session:
        session.auth = _as_it_is  # else a .netrc would be read
        session.headers = requests.structures.CaseInsensitiveDict(
            {"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "gzip"}
        )
        path = Path()
        for _ in range(MOST_REDIRECTS + 1):
            answer = _exchange(session, url, headers if origin(url) == start else {}, deadline, path)
            if isinstance(answer, Answer):
                return answer
            target = _target(url, answer)
            path.follow(url, target)
            url = target
    raise UnavailableError(f"redirected more than {MOST_REDIRECTS} times")


def send(url: str, body: bytes, headers: Mapping[str, str], deadline: Deadline) -> None:
    """Post a body to a server, once. Raises `UnavailableError` unless it takes it; nobody is sent elsewhere with it."""
    import requests  # noqa: PLC0415  slow to import

    checked(url)
    with requests.Session() as session:
        session.auth = _as_it_is
        session.headers = requests.structures.CaseInsensitiveDict({"User-Agent": USER_AGENT})
        if isinstance(_exchange(session, url, headers, deadline, Path(), body), str):
            raise UnavailableError("redirected: name the address itself")


def _target(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        raise UnavailableError("redirected to an address that is not asked") from None


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _exchange(
    session: requests.Session,
    url: str,
    headers: Mapping[str, str],
    deadline: Deadline,
    path: Path,
    body: bytes | None = None,
) -> Answer | str:
    """An answer, or where to ask instead. `Session.send` would look into redirects, and read what comes with them."""
    import requests  # noqa: PLC0415  see above

    from readtheroom.room.connect import LookingAdapter  # noqa: PLC0415  likewise

    left = deadline.left()
    if not left:
        raise UnavailableError("timeout")
    with _told(deadline):
        request = session.prepare_request(
            requests.Request("GET" if body is None else "POST", url, headers=dict(headers), data=body)
        )
        around = session.merge_environment_settings(url, {}, stream=True, verify=True, cert=None)
        verify, proxies = authorities(url), around["proxies"]
        with (
            closing(LookingAdapter(path.look, deadline)) as adapter,
            adapter.send(request, stream=True, timeout=left, verify=verify, proxies=proxies) as reply,
        ):
            return _read(reply, deadline, posted=body is not None)


@contextmanager
def _told(deadline: Deadline) -> Iterator[None]:
    """What may go wrong in an exchange, as one line that a user can do something about."""
    import requests  # noqa: PLC0415  see above
    import urllib3  # noqa: PLC0415  slow to import, and only what is asked anew needs it

    try:
        yield
    except (requests.exceptions.InvalidURL, requests.exceptions.InvalidHeader, UnicodeError):
        raise UnavailableError("an address or a header cannot be sent: look for odd characters") from None
    except (requests.Timeout, urllib3.exceptions.TimeoutError, TimeoutError):
        raise _PassingError("timeout") from None
    except (requests.exceptions.SSLError, urllib3.exceptions.SSLError, ssl.SSLError) as error:
        raise _in_time(UnavailableError(f"TLS: {_tls(error)}"), deadline) from None
    except requests.exceptions.ProxyError:
        raise _in_time(_PassingError("the proxy cannot be reached, or refuses"), deadline) from None
    except (requests.ConnectionError, urllib3.exceptions.HTTPError, HTTPException, OSError) as error:
        raise _in_time(_PassingError(_connection(error)), deadline) from None
    except zlib.error:
        raise UnavailableError("the answer cannot be unpacked") from None


def _in_time(reason: UnavailableError, deadline: Deadline) -> UnavailableError:
    """The reason, unless the time was over: then the connection was hung up from here."""
    return reason if deadline.left() else _PassingError("timeout")


def _read(reply: requests.Response, deadline: Deadline, *, posted: bool) -> Answer | str:
    status, headers = reply.status_code, reply.headers
    if status in _REDIRECTS and "location" in headers:
        return headers["location"]
    if status == 429 or (status == 503 and "retry-after" in headers):
        raise RefusedError(status, _until(headers.get("retry-after", "")))
    if status >= 500:
        raise _PassingError(f"answered {status}")
    if posted and 200 <= status < 300:
        return Answer(status, "", b"", None, None)
    if posted or status not in {200, 304}:
        raise UnavailableError(f"answered {status}")
    body = b"".join(_body(reply, deadline)) if status == 200 else b""
    return Answer(status, headers.get("content-type", ""), body, headers.get("etag"), headers.get("last-modified"))


def _body(reply: requests.Response, deadline: Deadline) -> Iterator[bytes]:
    """The body, unpacked. Never holds more than the limit, whatever is claimed, sent or packed into it."""
    claimed = reply.headers.get("content-length", "")
    if claimed.isdecimal() and int(claimed[:20]) > REPLY_LIMIT:
        raise UnavailableError(f"larger than {REPLY_LIMIT >> 20} MiB")
    unpack = _unpacker(reply.headers.get("content-encoding", ""))
    room = REPLY_LIMIT
    while chunk := reply.raw.read1(_CHUNK, decode_content=False):
        if not deadline.left():
            raise _PassingError("timeout")
        piece = unpack.decompress(chunk, room + 1) if unpack else chunk
        room -= len(piece)
        if room < 0:
            raise UnavailableError(f"larger than {REPLY_LIMIT >> 20} MiB")
        yield piece
    if not deadline.left():
        raise _PassingError("timeout")  # an end that was made from here
    if unpack and not unpack.eof:
        raise _PassingError("the answer was cut short")


def _unpacker(encoding: str) -> zlib._Decompress | None:
    match encoding.strip().lower():
        case "" | "identity":
            return None
        case "gzip" | "x-gzip" | "deflate":
            return zlib.decompressobj(zlib.MAX_WBITS | 32)
    raise UnavailableError("packed in a way that was not asked for")


def _until(written: str) -> datetime:
    """When `Retry-After` ends: seconds, or a date of HTTP."""
    now = datetime.now(UTC)
    if written.strip().isdecimal() and len(written) < 10:
        asked = timedelta(seconds=int(written))
    else:
        try:
            date = parsedate_to_datetime(written)
        except (ValueError, TypeError):
            return now + UNSAID
        asked = (date if date.tzinfo else date.replace(tzinfo=UTC)) - now
    return now + min(max(asked, timedelta()), LONGEST_WAIT)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it was made of, wherever its makers put that."""
    pending: list[object] = [error]
    for _ in range(20):
        if not pending:
            return
        each = pending.pop(0)
        if isinstance(each, BaseException):
            yield each
            pending += [each.__cause__, each.__context__, getattr(each, "reason", None), *each.args]


def _tls(error: BaseException) -> str:
    for each in _causes(error):
        if isinstance(each, ssl.SSLCertVerificationError):
            return each.verify_message or "the certificate cannot be trusted"
    return "no secure connection"


def _connection(error: BaseException) -> str:
    names = {type(each).__name__ for each in _causes(error)}
    if names & {"NameResolutionError", "gaierror"}:
        return "no such host"
    if "ConnectionRefusedError" in names:
        return "connection refused"
    return "the answer was cut short" if names & {"IncompleteRead", "ProtocolError"} else "no connection"
