// Projects on the map and in boxes beside it, drawn by assets/projects.js; which one is chosen is told to Python.
// Two compared maps both have them: the box narrows both, and what is chosen in one is marked in the other.

let projectsBeside = null;

function startProjects() {
  const { projects } = page.spec;
  if (!projects) return;
  const [first, second] = page.views;
  page.projects = labkitProjects(first, projects, {
    box: byId("box"),
    onChoose: (id) => tellProject(id, projectsBeside),
    onFilter: (filters) => projectsBeside?.setFilters(filters),
  });
  if (second) projectsBeside = labkitProjects(second, projects, { onOpen: openOverBoth, onChoose: (id) => tellProject(id, page.projects) });
  labkitFrameOf()?.hear("selected_project", (id) => {
    page.projects.choose(id || null);
    projectsBeside?.mark(id || null);
  });
}

/** Under the handle the second map is cut off, and a list in it too: it opens over the first one. */
function openOverBoth(code) {
  if (mode !== "swipe") return false;
  if (page.projects.opened === code) page.projects.close();
  else page.projects.open(code, true);
  return true;
}

function tellProject(id, other) {
  other?.mark(id);
  labkitFrameOf()?.tell("selected_project", id);
}

/** Choose a project as a click on it does: its list opens, and Python is told. */
function chooseProject(id) {
  page.projects.choose(id);
  tellProject(id, projectsBeside);
}
