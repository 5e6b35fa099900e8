"""Distribution shifts: how the people a model meets differ from those it was trained on."""
