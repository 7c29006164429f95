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
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address holds the view, so it cannot hold a place on the page
  byId("table").focus();
  byId("table").scrollIntoView();
});
addEventListener("popstate", () => readAddress());
addEventListener("hashchange", () => readAddress());
readAddress();
document.documentElement.dataset.ready = "yes";
