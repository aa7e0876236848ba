"""The world's mail played locally: mails of ours arrive on a page, and people there write and answer."""
