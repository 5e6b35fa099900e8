"""Ways of clipping gradients, one file each."""
