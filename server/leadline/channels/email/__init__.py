"""Mail: read from mailboxes and mail services, sent by SMTP, and a mail service played locally."""
