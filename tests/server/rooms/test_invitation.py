"""Phones get the addresses of this machine, in words and as a QR code."""

import socket
import sys
from types import SimpleNamespace

import psutil
import pytest

from pages.shared.room.room_source import RoomHead
from tradeoffs.rooms import addresses, invitation
from tradeoffs.rooms.qr import svg, terminal

NETWORKS = {
    "lo": ["127.0.0.1"],
    "eth0": ["192.168.1.5"],
    "docker0": ["172.17.0.1"],
    "cable": ["169.254.3.3"],
    "down": ["10.9.9.9"],
    "wlan0": ["10.0.0.3"],
}


@pytest.fixture
def networks(monkeypatch):
    def connected(known, used):
        given = {
            name: [SimpleNamespace(family=socket.AF_INET, address=one) for one in several]
            for name, several in known.items()
        }
        states = {name: SimpleNamespace(isup=name != "down") for name in known}
        monkeypatch.setattr(psutil, "net_if_addrs", lambda: given)
        monkeypatch.setattr(psutil, "net_if_stats", lambda: states)
        monkeypatch.setattr(addresses, "_in_use", lambda: used)

    return connected


def test_addresses_that_phones_reach_begin_with_the_network_in_use(networks):
    networks(NETWORKS, "10.0.0.3")
    assert addresses.local_addresses() == ("10.0.0.3", "192.168.1.5", "172.17.0.1")
    assert addresses.local_names()[-1].endswith(".local")


def test_a_page_on_this_machine_is_under_its_addresses_for_phones(networks):
    networks(NETWORKS, "10.0.0.3")
    for host in ("localhost", "127.0.0.1", "[::1]"):
        first, *_ = addresses.links(f"http://{host}:8501/tools/", "AB3DE")
        assert first == "http://10.0.0.3:8501/tools/r/AB3DE"
    assert addresses.links("https://app.example.org") == ("https://app.example.org/r/",)


def test_addresses_are_shown_where_phones_reach_them_alone(networks):
    networks(NETWORKS, "10.0.0.3")
    names = ["localhost", "127.0.0.1", "::1", "10.0.0.3"]
    first = ("http://10.0.0.3:8501/r/AB3DE",)
    for page in ("http://localhost:8501", "http://[::1]:8501"):
        assert addresses.phone_links(page, "AB3DE", "0.0.0.0", names) == first
        assert addresses.phone_links(page, "AB3DE", "0.0.0.0", names[:3]) == ()
        assert addresses.phone_links(page, "AB3DE", "127.0.0.1", names) == ()
    behind = "https://app.example.org"  # a proxy on this machine
    assert addresses.phone_links(behind, "AB3DE", "127.0.0.1", []) == (f"{behind}/r/AB3DE",)
    networks({}, "")
    assert addresses.phone_links("http://localhost:8501", "AB3DE", "0.0.0.0", names) == ()


def test_the_host_of_a_room_reads_why_phones_do_not_reach_it():
    told = RoomHead("AB3DE", "", "http://localhost:8501", "localhost", ("localhost",), "en")._ways()
    assert "start it by tradeoffs app --room" in told["note"] and not told["picture"]
    assert "this machine alone, at localhost:8501/r/AB3DE" in told["note"]
    there = RoomHead("AB3DE", "", "https://app.example.org", "localhost", (), "en")._ways()
    assert there["address"] == "app.example.org/r/AB3DE" and "<svg" in there["picture"]


def test_an_invitation_has_addresses_a_code_and_advice(networks, monkeypatch):
    networks(NETWORKS, "10.0.0.3")
    told = invitation.invitation(8501)
    assert "http://10.0.0.3:8501/r/\n  http://192.168.1.5:8501/r/" in told
    assert "hotspot" in told and ("█" in told or "▀" in told)
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(encoding="cp1252"))
    invitation.invitation(8501).encode("cp1252")


def test_without_a_network_a_room_is_on_this_machine_and_a_terminal_says_what_to_do(networks):
    networks({"lo": ["127.0.0.1"]}, "")
    assert "no network" in invitation.invitation(8501)
    assert addresses.links("http://localhost:8501", "AB3DE") == ("http://localhost:8501/r/AB3DE",)


def test_a_picture_has_a_name_and_is_black_on_white():
    picture = svg("http://10.0.0.3:8501/r/AB3DE", "Address of the <room>")
    assert picture.startswith("<svg") and "viewBox" in picture and 'width="' not in picture
    assert "<title>Address of the &lt;room&gt;</title>" in picture and "#fff" in picture


def test_a_terminal_gets_half_blocks():
    lines = terminal("http://10.0.0.3:8501/r/").splitlines()
    assert 10 < len(lines) < 25
