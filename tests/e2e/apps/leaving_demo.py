"""Tells how many own tables this server holds, and brings one."""

import streamlit as st

from pages.shared import own
from tests.data.own.conftest import CHOICES, as_csv, people
from tradeoffs.data.own import held
from tradeoffs.data.own.table import own_table

if st.button("Bring"):
    own.bring(own_table(as_csv(people()), CHOICES))
st.button("Look")
st.write(f"held: {len(held._held)}")
