// What a page sets up: now, and when a server has put a newer one in its place.

function setUp() {
  setUpFilter();
  setUpSearch();
  setUpSorting();
  setUpWhatIf();
  setUpFeeds();
  setUpKeys();
}

setUp();
PAGE.addEventListener("keydown", pressed);
PAGE.addEventListener("dealog:again", () => {
  dealsLoaded = undefined;
  searching = undefined;
  for (const path of Object.keys(loading)) if (!path.startsWith("assets/")) delete loading[path];
  setUp();
});
