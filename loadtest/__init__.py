"""The load test: browsers' tabs without browsers, moving sliders of a running explorer."""
