"""A run's report as a file to keep: one HTML page that needs nothing else, or Markdown, or JSON."""

from evals.pages.written import check_report_file, write_report

__all__ = ["check_report_file", "write_report"]
