"""Addresses to serve on."""

import ipaddress


def is_loopback(host: str) -> bool:
    """True for names and addresses that only this machine reaches."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
