// What a page sets up: now, and when a server has put a newer one in its place.

function setUp() {
  setUpFilter();
}

setUp();
PAGE.addEventListener("dealog:again", () => {
  dealsLoaded = undefined;
  delete loading["deals.js"];
  setUp();
});
