"""What Python says of a file that it cannot read: the machine, UTF-8, TOML, JSON, regular expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.quoting import phrase, quoted

if TYPE_CHECKING:
    from si_lod.sentences import Sentence

_MACHINE: Final = (
    phrase("No such file or directory"),
    phrase("Permission denied"),
    phrase("Operation not permitted"),
    phrase("No space left on device"),
    phrase("File too large"),
    phrase("Disk quota exceeded"),
    phrase("Read-only file system"),
    phrase("Is a directory"),
    phrase("Not a directory"),
    phrase("File exists"),
    phrase("File name too long"),
    phrase("Directory not empty"),
    phrase("Too many open files"),
    phrase("Too many levels of symbolic links"),
    phrase("Input/output error"),
    phrase("Address already in use"),
    phrase("Cannot assign requested address"),
    phrase("Name or service not known"),
    phrase("Connection refused"),
    phrase("Connection reset by peer"),
    phrase("Connection timed out"),
    phrase("timed out"),
    phrase("Network is unreachable"),
    phrase("No route to host"),
    phrase("Temporary failure in name resolution"),
    phrase("Remote end closed connection without response"),
)
_UTF_8: Final = (
    phrase(
        r"'utf-8' codec can't decode byte (?P<byte>\S+) in position (?P<place>\d+): (?:invalid \w+ byte|.*)",
        "byte {byte} at position {place} is no UTF-8; save the file as UTF-8",
    ),
    phrase(
        r"'utf-8' codec can't decode bytes in position (?P<place>[\d-]+): .*",
        "the bytes at position {place} are no UTF-8; save the file as UTF-8",
    ),
)
_TOML: Final = (
    phrase(r"(?P<problem>.*) \(at end of document\)", "{problem} (at end of document)"),
    phrase("Expected '=' after a key in a key/value pair"),
    phrase("Expected newline or end of document after a statement"),
    phrase("Expected ']' at the end of a table declaration"),
    phrase("Expected ']]' at the end of an array declaration"),
    phrase(r"Expected (?P<what>.+)", "Expected {what}"),
    phrase("Invalid value"),
    phrase("Invalid statement"),
    phrase("Invalid date or datetime"),
    phrase("Invalid initial character for a key part"),
    phrase("Invalid hex value"),
    phrase("Cannot overwrite a value"),
    phrase("Unescaped '\\' in a string"),
    phrase("Unterminated string"),
    phrase("Unclosed array"),
    phrase("Unclosed inline table"),
    phrase(r"Illegal character (?P<found>.+)", "Illegal character {found}"),
    phrase(r"Found invalid character (?P<found>.+)", "Found invalid character {found}"),
    phrase(r"Cannot declare (?P<key>.+) twice", "Cannot declare {key} twice"),
    phrase(r"Duplicate inline table key (?P<key>.+)", "Duplicate inline table key {key}"),
)
_JSON: Final = (
    phrase("Expecting value"),
    phrase("Expecting ':' delimiter"),
    phrase("Expecting ',' delimiter"),
    phrase("Expecting property name enclosed in double quotes"),
    phrase("Illegal trailing comma before end of object"),
    phrase("Illegal trailing comma before end of array"),
    phrase("Extra data"),
    phrase("Unterminated string starting at"),
    phrase("Invalid control character at"),
    phrase("Invalid \\escape"),
    phrase("Invalid \\uXXXX escape"),
)
_EXPRESSION: Final = (
    phrase(r"(?P<problem>.*) at position (?P<place>\d+)", "{problem} at position {place}"),
    phrase("missing ), unterminated subpattern"),
    phrase("unterminated character set"),
    phrase("multiple repeat"),
    phrase("nothing to repeat"),
    phrase("unbalanced parenthesis"),
    phrase("min repeat greater than max repeat"),
    phrase("look-behind requires fixed-width pattern"),
    phrase(r"bad escape (?P<found>.+)", "bad escape {found}"),
    phrase(r"bad character range (?P<found>.+)", "bad character range {found}"),
)


def reason_of(error: OSError) -> Sentence:
    """Return why the machine did not do what it was asked."""
    return quoted(error.strerror or str(error), _MACHINE)


def no_utf_8(error: UnicodeError | ValueError) -> Sentence:
    """Return where a text is no UTF-8."""
    return quoted(str(error), _UTF_8)


def no_toml(message: str) -> Sentence:
    """Return what is wrong with TOML, from the message without its line and column."""
    return quoted(message, (*_UTF_8, *_TOML))


def no_json(message: str) -> Sentence:
    """Return what is wrong with JSON."""
    return quoted(message, _JSON)


def no_expression(error: Exception) -> Sentence:
    """Return what is wrong with a regular expression."""
    return quoted(str(error), _EXPRESSION)
