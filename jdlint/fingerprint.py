"""One identity for one finding, wherever it is told: SARIF, GitLab, a baseline.

A fingerprint is a hash of the rule, the file, the section and the words that were found,
however they are capitalised and spaced; equal ones are told apart by their order. Lines are
left out, so that a finding may move; the words around it are left out, so that the sentence
may be edited; message and severity are left out, so that a rule may be reworded.
"""

from hashlib import sha256

from jdlint.model import Finding

VERSION = "v1"
"""Changes when the same finding gets another fingerprint."""

_LENGTH = 32


class Fingerprints:
    """The fingerprints of one run; ask for each finding once, in the order of the files."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def of(self, finding: Finding, path: str) -> str:
        """The fingerprint of *finding* in the file *path* (from the repository's root)."""
        words = " ".join(finding.matched.split()).casefold()
        return self.of_parts(finding.rule, path, finding.section or "", words)

    def of_parts(self, *parts: str) -> str:
        """A fingerprint of *parts*, in hexadecimal digits; no two of a run are equal."""
        key = _hash(*parts)
        ordinal = self._seen[key] = self._seen.get(key, 0) + 1
        return key if ordinal == 1 else _hash(*parts, str(ordinal))


def _hash(*parts: str) -> str:
    whole = "\0".join((VERSION, *parts)).encode("utf-8", "surrogatepass")
    return sha256(whole).hexdigest()[:_LENGTH]
