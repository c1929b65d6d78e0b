"""A local Slack: Web API, signed delivery, Socket Mode, and a page in the browser; tests use the same one."""
