"""What `benchmarks.policy_change` measures on."""
