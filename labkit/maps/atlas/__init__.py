"""The atlas: one self-contained page with all areas, indicators and figures of a city.

`payload` turns a city into compact data, `page` puts that data, the texts and the script of
`labkit/assets/atlas/` into one HTML file that needs neither Python nor a network.
"""
