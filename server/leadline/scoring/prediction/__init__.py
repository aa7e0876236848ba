"""Prediction of conversion: learned on this machine from the workspace's own closed leads."""
