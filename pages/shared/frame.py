"""The frame of every page: title, look, and what has to happen once a process."""

import gc

import streamlit as st

from pages.shared.chart import preload

STYLE = """
<style>
.block-container { padding-top: 1.4rem; padding-bottom: 3rem; max-width: 1320px; }
[data-testid="stMetricValue"] { font-size: 1.6rem; }
h1 { font-size: 1.9rem !important; padding-bottom: 0.2rem !important; }
.st-key-controls { gap: 0.15rem; }
.st-key-controls [data-testid="stSliderTickBar"] { display: none; }
.st-key-controls [data-testid="stSlider"] { margin-bottom: -0.5rem; }
.st-key-controls [data-testid="stCaptionContainer"] { margin-bottom: 0.55rem; }
[data-testid="stCaptionContainer"] { color: inherit; opacity: 0.85; }
.st-key-preload { position: absolute; height: 0; overflow: hidden; }
.ends { display: flex; justify-content: space-between; font-size: 0.75rem; opacity: 0.85; }
@media (max-width: 640px) {
  .block-container { padding-left: 0.9rem; padding-right: 0.9rem; }
  h1 { font-size: 1.5rem !important; }
  .st-key-controls [data-testid="stCaptionContainer"] { display: none; }
}
</style>
"""


def page(title: str) -> None:
    """Set up a page; every page calls this first, before its own imports take their time."""
    st.set_page_config(page_title=f"{title} · Trade-offs", page_icon="⚖️", layout="wide")
    st.html(STYLE)
    preload("preload")


@st.cache_resource(show_spinner=False)
def settle() -> bool:
    """Collect once and keep what is imported out of later collections (see config.toml)."""
    gc.collect()
    gc.freeze()
    return True
