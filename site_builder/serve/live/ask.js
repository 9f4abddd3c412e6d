// Asks the server that this page came from to change something.
const script = document.querySelector("script[data-token]");
const TOKEN = script.dataset.token;
export const ROOT = new URL("../..", script.src);

/** What the server says to a form: with `ok`, or with `refused` and why. */
export const ask = async (path, form) => {
  try {
    const got = await fetch(new URL(`-/${path}`, ROOT), {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Dealog-Token": TOKEN },
      body: JSON.stringify(form),
    });
    const said = await got.text();
    const isJson = got.headers.get("Content-Type") === "application/json";
    return { ok: got.ok, status: got.status, ...(isJson ? JSON.parse(said) : { refused: said }) };
  } catch {
    return { ok: false, status: 0, refused: "The server does not answer: is `dealog serve --edit` still there?" };
  }
};

/** The path of this page in the site. */
export const here = () => decodeURIComponent(location.pathname.slice(ROOT.pathname.length)) || "index.html";
