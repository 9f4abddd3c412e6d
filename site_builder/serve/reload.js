// Shows the page anew when it changed, where it is scrolled to, and a banner while something is wrong.
(() => {
  "use strict";
  const script = document.currentScript;
  const root = new URL("..", script.src);
  const path = decodeURIComponent(location.pathname.slice(root.pathname.length)) || "index.html";
  let version = Number(script.dataset.version);
  const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

  const show = (wrong) => {
    document.getElementById("dealog-wrong")?.remove();
    if (!wrong.length) return;
    const banner = document.createElement("div");
    banner.id = "dealog-wrong";
    banner.setAttribute("role", "alert");
    const list = document.createElement("ul");
    list.append(...wrong.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
    banner.append(list);
    document.body.prepend(banner);
  };

  const opened = () => [...document.querySelectorAll("details")].map((one) => one.open);

  const again = async () => {
    const got = await fetch(location.href, { cache: "no-store", headers: { "X-Dealog-Soon": "yes" } });
    if (got.status === 404) return location.reload();
    const next = new DOMParser().parseFromString(await got.text(), "text/html");
    const [x, y, open] = [scrollX, scrollY, opened()];
    const focus = document.activeElement?.id;
    document.title = next.title;
    document.documentElement.className = next.documentElement.className;
    document.body.className = next.body.className;
    const parts = [...next.body.childNodes].filter((node) => node.nodeName !== "SCRIPT");
    const ours = [...document.body.children].filter((node) => "live" in node.dataset);
    [...document.body.childNodes].forEach((node) => { if (!ours.includes(node)) node.remove(); });
    document.body.prepend(...parts);
    document.querySelectorAll("details").forEach((one, at) => { if (at in open) one.open = open[at]; });
    document.dispatchEvent(new Event("dealog:again"));
    scrollTo(x, y);
    if (focus && !document.activeElement?.closest("[data-live]")) document.getElementById(focus)?.focus({ preventScroll: true });
  };

  const watch = async () => {
    for (;;) {
      try {
        const got = await fetch(new URL(`-/changes?since=${version}`, root), { cache: "no-store" });
        if (!got.ok) throw new Error(got.status);
        const told = await got.json();
        if (told.version !== version) {
          const all = told.pages === null || told.pages.includes(path) || told.version < version;
          version = told.version;
          if (all) await again();
          show(told.wrong);
        }
      } catch {
        await sleep(1000);
      }
    }
  };

  show(JSON.parse(script.dataset.wrong));
  watch();
})();
