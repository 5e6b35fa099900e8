"""Tells how many own tables this server holds, and brings one."""

import streamlit as st

from pages.shared.explorer import live
from pages.shared.settings import visitor_table
from tests.data.upload.conftest import CHOICES, as_csv, people
from tradeoffs.data.upload.own_table import own_table

if st.button("Bring"):
    visitor_table.bring(own_table(as_csv(people()), CHOICES))
st.button("Look")
st.write(f"held: {len(live.manager().tables)}")
