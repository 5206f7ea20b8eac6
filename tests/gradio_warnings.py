"""What Gradio makes other libraries warn of, for the tests that serve its page."""

import pytest

# After every event its queue sums up durations with two pandas features that pandas 3 has deprecated.
GRADIO_WARNINGS = [
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]
