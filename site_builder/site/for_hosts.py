"""Files that hosts and search engines read: what is said with every page, and who is to stay away.

They ask; who may read a site is for its host to say.
"""

from __future__ import annotations

from collections.abc import Iterator

HEADERS, ROBOTS = "_headers", "robots.txt"
FOR_HOSTS = frozenset({HEADERS, ROBOTS})
_ALL = (
    "X-Content-Type-Options: nosniff",
    "X-Frame-Options: DENY",
    "Referrer-Policy: no-referrer",
)
_PRIVATE = (
    "X-Robots-Tag: noindex, nofollow, noarchive",
    "Cache-Control: private, no-cache",
)


def files(*, is_private: bool) -> Iterator[tuple[str, bytes]]:
    """``_headers``, as Netlify and Cloudflare Pages read it, and of a private site ``robots.txt``:
    there is no sitemap."""
    lines = [*_ALL, *(_PRIVATE if is_private else ())]
    yield HEADERS, "".join(["/*\n", *(f"  {line}\n" for line in lines)]).encode()
    if is_private:
        yield ROBOTS, b"User-agent: *\nDisallow: /\n"
