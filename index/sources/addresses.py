"""Web addresses: telling them from paths, and naming pages by them without what only trackers want.

>>> without_tracking("https://herald.example/b?id=7&utm_source=rss&fbclid=x#top")
'https://herald.example/b?id=7#top'
"""

import re
from urllib.parse import urlsplit, urlunsplit

# As courlan and browsers' tracking protection list them. Its clean_url also sorts and re-encodes the rest,
# after which some servers no longer know the page; here what is kept stays as it is, byte for byte.
_TRACKING = re.compile(
    r"(?:utm_\w+|at_(?:medium|campaign|link_\w+|bbc_team|format|ptr_name|custom\d)|fbclid|gclid|gclsrc|dclid"
    r"|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|mc_cid|mc_eid|_hsenc|_hsmi|ns_mchannel|ns_source"
    r"|ns_campaign|cmpid|ocid|spm|xtor|wt\.mc_id|guccounter|guce_referrer\w*)(?:=|$)",
    re.IGNORECASE,
)


def without_tracking(url: str) -> str:
    """`url` without the parameters that trackers add (utm_*, fbclid, gclid and their kind)."""
    try:
        parts = urlsplit(url)
    except ValueError:  # such as an unclosed [ in the host
        return url
    kept = [pair for pair in parts.query.split("&") if not _TRACKING.match(pair)]
    query = "&".join(kept)
    return url if query == parts.query else urlunsplit(parts._replace(query=query))


def is_web_address(path: str) -> bool:
    """True if a path is meant for the web and not for the disk.

    >>> is_web_address("HTTPS://herald.example/"), is_web_address("news/https/a.txt")
    (True, False)
    """
    return path.lower().startswith(("http://", "https://"))
