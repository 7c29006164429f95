// Projects on the map and in boxes beside it; drawn by assets/projects.js.

function startProjects() {
  const { projects } = page.spec;
  if (!projects) return;
  const frame = labkitFrameOf();
  const onChoose = (id) => frame?.tell("selected_project", id);
  page.projects = labkitProjects(page.views[0], projects, { box: byId("box"), onChoose });
  frame?.hear("selected_project", (id) => page.projects.choose(id || null));
}
