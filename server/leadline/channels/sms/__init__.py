"""SMS by a generic HTTP gateway, and the gateway played locally."""
