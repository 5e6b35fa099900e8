"""Attacks and audits of trained models."""
