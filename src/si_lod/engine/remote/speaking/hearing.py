"""Why nothing was heard from an engine: nobody there, other than HTTP, TLS where there is none or the reverse."""

from __future__ import annotations

import ssl
from http.client import HTTPException
from typing import TYPE_CHECKING

from si_lod.foreign import in_one_line
from si_lod.misreadings import reason_of
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.sentences import Sentence


def unheard(address: str, method: str, error: Exception) -> Sentence:
    """Return what is said when ``method`` got no answer, or none of HTTP."""
    reason = getattr(error, "reason", error)
    is_secure = address.startswith("https:")
    if isinstance(reason, ssl.SSLCertVerificationError):
        return told(
            "{address}: the engine's certificate is not trusted: {reason}; "
            "name a file with that of its issuer in SSL_CERT_FILE",
            address=address,
            reason=reason.verify_message,
        )
    if isinstance(reason, ssl.SSLError) and is_secure:
        return told(
            "{address}: expected TLS, found something else ({reason}); is it http:// there, or another port?",
            address=address,
            reason=reason.reason or str(reason),
        )
    if isinstance(reason, HTTPException | ConnectionError) and not isinstance(reason, ConnectionRefusedError):
        return _hung_up(address, method, is_secure=is_secure)
    said = reason_of(reason) if isinstance(reason, OSError) else in_one_line(str(reason)) or type(reason).__name__
    return told("{address}: {method} failed: {reason}", address=address, method=method, reason=said)


def _hung_up(address: str, method: str, *, is_secure: bool) -> Sentence:
    if method == "GET" and not is_secure:
        return told(
            "{address}: expected an answer in HTTP, found none; is it https:// there, or another port?", address=address
        )
    return told(
        "{address}: the connection ended at {method} before there was an answer; the engine's own log has the "
        "reason: is its disk full, or is there a limit for what it is sent?",
        address=address,
        method=method,
    )
