"""Whether the installation lives and is ready, for supervisors and load balancers."""
