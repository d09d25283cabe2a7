from __future__ import annotations

import httpx
import pytest

from kg.errors import SourceError
from kg.read.fetch.address import clean_address, is_public, is_same_site, join_address, read_address


@pytest.mark.parametrize(
    "address",
    ["93.184.216.34", "8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::"],
)
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", 
        "169.254.169.254",
        "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.1.1.1",
        "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1",
        "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::a00:1",
        "2002:7f00:1::", "2002:c0a8:101::1", "2001:0:4136:e378:8000:63bf:80ff:fffe", "nonsense", "",
    ],
)  # fmt: skip
def test_addresses_of_this_machine_and_of_private_networks_are_not(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("ftp://news.example/a", "is a ftp address; only http:// and https:// are fetched"),
        ("file:///etc/passwd", "is a file address"),
        ("javascript://x", "is a javascript address"),
        ("http://", "is no web address"),
        ("http:///path", "is no web address"),
        ("http://news.example:99999/", "is no web address"),
        ("http://news.example:0/", "is no web address"),
        ("http://news.example/a b\n", "is no web address"),
        ("http://[::1", "is no web address"),
        ("http://[fe80::1%25eth0]/", "is no web address"),
        ("http://0177.0.0.1/", "is no web address"),
        ("http://exa mple/", "is no web address"),
        ("http://127.0.0.1%2f@news.example/", "is no web address|holds a user name"),
        ("http://news.example%2f.evil.example/", "is no web address"),
        ("http://name:secret@news.example/", "holds a user name or password"),
        ("http://name@news.example/", "holds a user name or password"),
        ("http://news.example/" + "a" * 3000, "is an address of 3,020 characters"),
        ("http://xn--ls8h\u2028.example/", "is no web address"),
    ],
)
def test_what_is_no_address_of_a_page_is_refused(address: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read_address(address)


def test_a_fragment_is_no_part_of_the_address() -> None:
    assert str(read_address("HTTPS://News.example/a?b=c#d")) == "https://news.example/a?b=c"


def test_relative_addresses_are_joined() -> None:
    base = httpx.URL("https://news.example/a/b")
    assert str(join_address(base, "../c")) == "https://news.example/c"
    assert str(join_address(base, "//other.example/c")) == "https://other.example/c"
    with pytest.raises(SourceError, match="is a javascript address"):
        join_address(base, "javascript:alert(1)")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.news.example/1", "http://news.example/2", True),
        ("https://m.news.example/1", "https://news.example/1", True),
        ("https://news.example:8443/1", "https://NEWS.example./1", True),
        ("https://news.example/1", "https://blog.news.example/1", False),
        ("https://news.example/1", "https://news.example.evil.example/1", False),
        ("https://wwwnews.example/1", "https://news.example/1", False),
    ],
)
def test_one_site_is_one_host(one: str, other: str, same: bool) -> None:
    assert is_same_site(httpx.URL(one), httpx.URL(other)) is same


@pytest.mark.parametrize(
    ("address", "clean"),
    [
        ("https://news.example/1?utm_source=rss&utm_medium=feed", "https://news.example/1"),
        ("https://news.example/1?fbclid=x&page=2", "https://news.example/1?page=2"),
        ("https://news.example/1?id=7#comments", "https://news.example/1?id=7"),
        ("https://news.example/", "https://news.example/"),
        ("https://news.example/Caf%C3%A9/One", "https://news.example/Caf%C3%A9/One"),
    ],
)
def test_what_tells_only_where_a_reader_came_from_is_left_out(address: str, clean: str) -> None:
    assert clean_address(address) == clean
