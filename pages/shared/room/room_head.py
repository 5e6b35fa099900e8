"""Head of the host's page: how to join, how many answered, the time left; see room.js."""

import streamlit as st
from streamlit.components.v2 import component

from pages.shared.kit.channel import mount
from pages.shared.kit.chart import loader, serve_files
from pages.shared.room.hosted_room import HostedRoom
from pages.shared.room.room_source import RoomHead
from tradeoffs.language.current import language

KEY = "room"  # in the session's channel

_LOADER = """
const file = import(folder + "frontend/room.js?v={version}");
export default async function (component) {{
  return (await file).default(component);
}}
"""


def head(hosted: HostedRoom) -> None:
    """Mount what the browser draws of a room as it changes."""
    serve_files()
    page = (st.context.url or "").rstrip("/").removesuffix("/room")
    listens, names = st.get_option("server.address"), st.get_option("server.allowedHosts")
    source = RoomHead(hosted.code, hosted.key, page, listens or "", tuple(names), language())
    mount(_HEAD, key=KEY, source=source)


_HEAD = component("tradeoffs_room", js=loader(_LOADER), isolate_styles=False)
