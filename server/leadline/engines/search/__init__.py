"""Find any record by a name fragment, a mail address or a phone number in any notation."""
