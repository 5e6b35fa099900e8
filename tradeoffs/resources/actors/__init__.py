"""Actors: who trains a model, with a budget and prices; examples to be changed, not statistics."""
