"""Parts of a still picture: text, frame, areas, legend, places, and the picture as SVG, PNG and PDF.

`labkit.maps.still` puts them together.
"""
