// Makes a page that is served with `--edit` one that changes the files it shows.
import { board } from "./board.js";
import { subject } from "./subject.js";

const show = () => {
  board();
  subject();
};

document.addEventListener("dealog:again", show);
show();
