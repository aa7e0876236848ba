"""Who opened our mails and followed their links, people and machines told apart; and who wants no more."""
