"""The service: the page, and the same answers over HTTP, as OpenAI's API gives them, and over MCP."""
