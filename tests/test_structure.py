"""The house keeps its shape: arrows point down, files stay small, `import labkit` loads nothing heavy."""

import ast
import subprocess
import sys
from pathlib import Path

import labkit as lk

SOURCE = Path(lk.__file__).parent

#: From the top of the house down: a module may import from its own line (a folder) and from lower ones.
ORDER = [
    "labkit.__main__",
    "labkit.cli",
    "labkit",
    "labkit.assignments",
    "labkit.opening",
    "labkit.city",
    "labkit.showing",
    "labkit.widgets",
    "labkit.maps",
    "labkit.overview",
    "labkit.register",
    "labkit.comparison",
    "labkit.charts",
    "labkit.packagechecks",
    "labkit.figures",
    "labkit.combining",
    "labkit.asked",
    "labkit.derived",
    "labkit.figure",
    "labkit.rounding",
    "labkit.statuses",
    "labkit.indicators",
    "labkit.areas",
    "labkit.locating",
    "labkit.area",
    "labkit.breaks",
    "labkit.classes",
    "labkit.schemes",
    "labkit.datapackage",
    "labkit.structure",
    "labkit.sources",
    "labkit.look",
    "labkit.saving",
    "labkit.texts",
    "labkit.language",
    "labkit.names",
    "labkit.errors",
    "labkit.version",
]

HEAVY = (
    "pandas",
    "numpy",
    "geopandas",
    "shapely",
    "pyproj",
    "folium",
    "branca",
    "altair",
    "babel",
    "jupyterlab",
    "rich",
    "typer",
    "pydantic",
    "yaml",
    "ruamel",
    "networkx",
    "anywidget",
    "ipywidgets",
    "vl_convert",
    "voila",
    "nbformat",
    "jupytext",
    "IPython",
    "rapidfuzz",
    "matplotlib",
)


def modules():
    for path in SOURCE.rglob("*.py"):
        name = ".".join(["labkit", *path.relative_to(SOURCE).with_suffix("").parts]).removesuffix(".__init__")
        yield name, path


def line(name):
    """Return the place of a module in the order: its own, or that of its folder."""
    while name not in ORDER or (name == "labkit"):
        if name == "labkit":
            return ORDER.index(name)
        name = name.rpartition(".")[0]
    return ORDER.index(name)


def imports(path):
    """Yield the labkit modules that a file imports, wherever in the file; types alone do not count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in typing:
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("labkit"):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if (SOURCE.parent / (inner.replace(".", "/") + ".py")).exists() else node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("labkit"))


def test_arrows_point_down():
    wrong = [
        f"{name} -> {other}"
        for name, path in modules()
        for other in imports(path)
        if line(other) < line(name) and other != "labkit.version"
    ]
    assert wrong == []


def test_there_are_no_circles():
    arrows = {name: {other for other in imports(path) if other != name} for name, path in modules()}

    def reached(start):
        seen, todo = set(), list(arrows[start])
        while todo:
            one = todo.pop()
            if one not in seen:
                seen.add(one)
                todo += arrows.get(one, ())
        return seen

    assert [name for name in arrows if name in reached(name)] == []


def test_every_module_has_its_line():
    known = set(ORDER)
    for name, _ in modules():
        assert name in known or any(name.startswith(f"{one}.") for one in known if one != "labkit"), name


def test_files_and_functions_stay_small():
    long = []
    for name, path in modules():
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > 420:
            long.append(f"{name}: {text.count(chr(10))} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                body = node.end_lineno - node.lineno + 1 - (ast.get_docstring(node) or "").count("\n")
                if body > 60:
                    long.append(f"{name}.{node.name}: {body} lines")
    assert long == []


def test_nothing_in_the_code_knows_leiden():
    words = ("leiden", "gm0546", "wk0546", "stevenshof")
    for path in [*SOURCE.rglob("*.py"), *SOURCE.rglob("*.js"), *SOURCE.rglob("*.css")]:
        if "cities" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".py":
            text = without_docstrings(text)
        elif path.suffix == ".js":
            text = "\n".join(one for one in text.splitlines() if not one.strip().startswith(("//", "/*", "*")))
        found = [word for word in words if word in text.lower()]
        # The city that opens when none is named is a choice of the command line and of open_city.
        allowed = {"leiden"} if path.name in ("opening.py", "asked.py", "atlas.py", "data.py") else set()
        assert set(found) <= allowed, path


def without_docstrings(text):
    """Examples are on Leiden; the code itself is not."""
    tree = ast.parse(text)
    lines = text.splitlines()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            first = node.body[0]
            lines[first.lineno - 1 : first.end_lineno] = [""] * (first.end_lineno - first.lineno + 1)
    return "\n".join(one for one in lines if not one.strip().startswith("#"))


def test_import_labkit_loads_nothing_heavy():
    code = "import sys, labkit; print(*(name for name in sys.modules if '.' not in name))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert set(loaded) & set(HEAVY) == set()


def test_a_profile_needs_no_maps_and_no_geometry():
    code = "import sys, labkit as lk; print(lk.open_city('leiden').profile('Stevenshof')); print(*sys.modules, file=sys.stderr)"
    result = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert set(result.stderr.split()) & {"geopandas", "folium", "shapely", "altair"} == set()
