"""A city in which every text is an attack, for tests that nothing of it runs."""

import json
import re

import labkit as lk

HOSTILE = (
    "</script><script>document.title='broken'</script><img src=x onerror=\"document.title='broken'\">'\"&lt;\u202e"
)


def hostile_city(folder):
    """Put an attack in every text of a city that comes from its package."""
    area_file = folder / "areas" / "quarters.geojson"
    area_file.write_text(
        area_file.read_text(encoding="utf-8").replace("Oude Haven", json.dumps(HOSTILE)[1:-1]), encoding="utf-8"
    )
    indicators = folder / "indicators.csv"
    quoted = HOSTILE.replace('"', '""')
    lines = indicators.read_text(encoding="utf-8").splitlines()
    lines = [re.sub(r"Bomen,Trees,", lambda _: f'"{quoted}","{quoted}",', line) for line in lines]
    indicators.write_text("\n".join(lines) + "\n", encoding="utf-8")
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["sources"][0] |= {
        "title": HOSTILE,
        "publisher": HOSTILE,
        "credit": HOSTILE,
        "path": "javascript:alert(1)",
    }
    descriptor["labkit"]["title"] = {"nl": HOSTILE, "en": HOSTILE}
    for item in [*descriptor["labkit"]["themes"], *descriptor["labkit"]["statuses"]]:
        item |= {"nl": HOSTILE, "en": HOSTILE, "nl_note": HOSTILE, "en_note": HOSTILE}
    for level in descriptor["labkit"]["levels"]:
        level |= {"en_plural": HOSTILE + level["id"], "nl_plural": HOSTILE + level["id"]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return lk.open_city(folder)
