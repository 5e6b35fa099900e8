"""One file a bundled dataset: words for people, and the published figures it must reproduce."""
