"""Reading from the web: fetching politely and safely, and what becomes of pages and feeds."""
