// Projects on the map and in boxes beside it, drawn by assets/projects.js; which one is chosen is told to Python.

function startProjects() {
  const { projects } = page.spec;
  if (!projects) return;
  const frame = labkitFrameOf();
  const onChoose = (id) => frame?.tell("selected_project", id);
  page.projects = labkitProjects(page.views[0], projects, { box: byId("box"), onChoose });
  frame?.hear("selected_project", (id) => page.projects.choose(id || null));
}

/** Choose a project as a click on it does: its list opens, and Python is told. */
function chooseProject(id) {
  page.projects.choose(id);
  labkitFrameOf()?.tell("selected_project", id);
}
