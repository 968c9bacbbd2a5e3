"""The app: `streamlit run app.py`."""

from tiaowen.ui.nav import run

run()
