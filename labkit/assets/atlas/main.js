// Start: each part is told once to follow the view, then the address says what the view is.

startShows();
startControls();
startSearch();
startMap();
startProfile();
startPanels();
startTable();
startFacts();
startAreaPage();
startShare();
startFrame();
startLists();
startRecordPages();
startCoverage();
addEventListener("popstate", () => {
  const left = state;
  readAddress();
  focusBack(left);
});
addEventListener("hashchange", () => readAddress());
readAddress();
document.documentElement.dataset.ready = "yes";
