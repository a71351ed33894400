"""Faults put into clean pages, one at a time: each must be found at its place, and nothing else."""
