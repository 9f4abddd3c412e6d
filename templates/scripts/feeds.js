// Calendar feeds: the address that a calendar asks for, where the page is served, and a link that
// hands it to the one of this machine.

function setUpFeeds() {
  if (!/^https?:$/.test(location.protocol)) return;
  for (const feed of PAGE.querySelectorAll("main td > a[href$='.ics']:not([href^='webcal:'])")) {
    if (feed.nextElementSibling) continue;
    feed.replaceChildren(make("bdi", {class: "long"}, feed.href));
    const path = feed.href.replace(/^https?:/, "webcal:");
    feed.after(" ", make("a", {class: "subscribe", href: path}, "Subscribe"));
  }
}
