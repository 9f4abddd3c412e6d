// What can be wrong with how a page looks. Each function gives what it found, as texts for a person.
window.looks = (() => {
  const SIDES = ['Top', 'Right', 'Bottom', 'Left'];
  const CUTS = ['hidden', 'clip', 'auto', 'scroll'];
  const SEE_THROUGH = /^(rgba\(.*, 0\)|transparent)$/;
  const MOST = 6;
  const EVERYWHERE = {left: -1e6, right: 1e6, top: -1e6, bottom: 1e6};
  const all = selector => [...document.querySelectorAll(selector)];
  const few = found => [...new Set(found)].slice(0, MOST);
  const short = text => text.trim().replace(/\s+/g, ' ').slice(0, 40);
  const named = e => [e.tagName.toLowerCase(), ...e.classList].join('.');
  const both = (a, b) => ({
    left: Math.max(a.left, b.left), right: Math.min(a.right, b.right),
    top: Math.max(a.top, b.top), bottom: Math.min(a.bottom, b.bottom),
  });

  // Where what is in an element can be seen: within all that cuts it off.
  const windows = new Map();
  function windowOf(e) {
    if (!e) return EVERYWHERE;
    if (!windows.has(e)) {
      const style = getComputedStyle(e), above = windowOf(e.parentElement);
      const isPage = e === document.documentElement || e === document.body;
      const cuts = !isPage && (CUTS.includes(style.overflowX) || style.clipPath !== 'none');
      windows.set(e, cuts ? both(above, e.getBoundingClientRect()) : above);
    }
    return windows.get(e);
  }

  // The texts that can be seen, each with the boxes of its lines; kept for what is asked at once.
  let kept = null;
  const texts = () => kept ??= readTexts();
  const afresh = () => { kept = null; papers.clear(); return []; };
  function readTexts() {
    windows.clear();
    const found = [], range = document.createRange();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
      const e = node.parentElement;
      if (!node.data.trim() || !e.checkVisibility() || e.closest('.unseen, .skip')) continue;
      range.selectNodeContents(node);
      for (const line of range.getClientRects()) {
        const box = both(line, windowOf(e));
        if (box.right - box.left > 1 && box.bottom - box.top > 3) found.push({node, box});
      }
    }
    return found;
  }

  // Texts on each other: wider than a point, and higher than a third of the lower one.
  function overlaps() {
    const found = [], lines = texts().toSorted((a, b) => a.box.top - b.box.top);
    const said = ({node}) => `${named(node.parentElement)} “${short(node.data)}”`;
    lines.forEach((line, at) => {
      for (const other of lines.slice(at + 1)) {
        if (other.box.top >= line.box.bottom) break;
        const shared = both(line.box, other.box);
        const height = Math.min(...[line, other].map(({box}) => box.bottom - box.top));
        if (line.node !== other.node && shared.right - shared.left > 1 && shared.bottom - shared.top > height * 0.35)
          found.push(`on each other: ${said(line)} and ${said(other)}`);
      }
    });
    return few(found);
  }

  // What sticks out to the right, where the page scrolls sideways.
  function overflow() {
    const root = document.scrollingElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    windows.clear();
    const end = e => Math.min(e.getBoundingClientRect().right, windowOf(e.parentElement).right);
    const wide = all('body *').filter(e => end(e) > root.clientWidth + 1).map(named);
    return [`scrolls sideways: ${root.scrollWidth} px in ${root.clientWidth} px: ${few(wide)}`];
  }

  // What the keyboard stops at, by its classes.
  const stops = () => all("[tabindex='0']").map(e => e.className);

  // What scrolls by itself, by its classes.
  const scrolling = () => all('main *')
    .filter(e => e.scrollWidth > e.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(e).overflowX))
    .map(e => e.className);

  // Cells of tables whose text runs into the cell to the right.
  const runOver = () => few(all('td, th')
    .filter(e => e.scrollWidth > e.clientWidth + 1 && e.textContent.trim() && !e.querySelector('.unseen'))
    .map(e => `runs over: ${named(e)} “${short(e.textContent)}”`));

  // Words of at most so many letters that go on in the next line; none in addresses.
  const WORD = /(?<![^\s(“-])[\p{L}\p{N}’]+(?![^\s)”,;:.?!…-])/gu;
  function brokenWords(most) {
    const found = [], range = document.createRange();
    for (const node of new Set(texts().map(text => text.node))) {
      for (const {0: word, index} of node.data.matchAll(WORD)) {
        if (word.length > most) continue;
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const tops = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
        if (tops.size > 1) found.push(`broken: ${word} in ${named(node.parentElement)}`);
      }
    }
    return few(found);
  }

  // Rules across the page, close below each other, with no text between them.
  function doubleRules() {
    const rules = all('main *').filter(e => e.checkVisibility()).flatMap(rulesOf).sort((a, b) => a.y - b.y);
    const lines = texts().map(text => text.box), found = [];
    rules.forEach((rule, at) => {
      for (const next of rules.slice(at + 1)) {
        if (next.y - rule.y >= 10) break;
        const left = Math.max(rule.left, next.left), right = Math.min(rule.right, next.right);
        const isBetween = box => box.top < next.y && box.bottom > rule.y && box.left < right && box.right > left;
        if (next.y - rule.y >= 2 && next.e !== rule.e && right - left >= 8 && !lines.some(isBetween))
          found.push(`two rules: ${named(rule.e)} “${short(rule.e.textContent)}” and ${named(next.e)}`);
      }
    });
    return few(found);
  }
  function rulesOf(e) {
    const style = getComputedStyle(e), {left, right, top, bottom} = e.getBoundingClientRect();
    const isDrawn = side => hasBorder(style, side) && !SEE_THROUGH.test(style[`border${side}Color`]);
    if (left === right || isDrawn('Left') || isDrawn('Right')) return [];
    return [['Top', top], ['Bottom', bottom]].filter(([side]) => isDrawn(side)).map(([, y]) => ({e, y, left, right}));
  }
  const hasBorder = (style, side) =>
    parseFloat(style[`border${side}Width`]) > 0 && style[`border${side}Style`] !== 'none';

  // What is drawn by styles alone: edges, and what is filled and has no text. `mark` remembers it;
  // `lost` tells what is not drawn any more.
  let marked = [];
  const mark = () => { marked = all('body *').flatMap(e => drawn(e).map(part => [e, part])); };
  function lost() {
    const now = new Map();
    const isDrawn = ([e, part]) => (now.has(e) ? now : now.set(e, drawn(e))).get(e).includes(part);
    return few(marked.filter(one => !isDrawn(one)).map(([e, part]) => `not drawn: ${named(e)}${part}`));
  }
  // What of an element is drawn: itself, as '', and what is before and after it.
  function drawn(e) {
    if (!e.checkVisibility() || e.closest('svg, .unseen')) return [];
    const found = draws(getComputedStyle(e), e.parentElement, !e.textContent.trim()) ? [''] : [];
    for (const part of ['::before', '::after']) {
      const style = getComputedStyle(e, part);
      if (style.content === '""' && style.display !== 'none' && draws(style, e, true)) found.push(part);
    }
    return found;
  }
  function draws(style, around, isEmpty) {
    const paper = paperOf(around), isSeen = colour => !SEE_THROUGH.test(colour) && colour !== paper;
    const isFilled = isSeen(style.backgroundColor) || style.backgroundImage !== 'none';
    return isEmpty && isFilled || SIDES.some(side => hasBorder(style, side) && isSeen(style[`border${side}Color`]));
  }
  const papers = new Map();
  function paperOf(e) {
    if (!e || papers.has(e)) return papers.get(e);
    const colour = getComputedStyle(e).backgroundColor;
    papers.set(e, SEE_THROUGH.test(colour) ? paperOf(e.parentElement) : colour);
    return papers.get(e);
  }

  // Ids that stand more than once, of the whole page.
  function twice() {
    const ids = all('[id]').map(e => e.id);
    return few(ids.filter((id, at) => ids.indexOf(id) !== at).map(id => `an id twice: ${id}`));
  }

  // Everything shown: folds open, boxes ticked.
  function unfold() {
    all('details').forEach(e => { e.open = true; });
    all('input[type=checkbox]:not(:checked)').forEach(e => e.click());
    return [];
  }

  // Of what is alike below one element (rows of a table, cards, marks of a drawing), the first stay,
  // and each that has something in it which none before it had: another tag, class or attribute.
  function thin(first) {
    const kindOf = e => [e.tagName, ...e.classList, ...e.getAttributeNames(), e.textContent.trim() !== ''].join(' ');
    const within = e => {
      const seen = new Map();
      for (const child of [...e.children]) {
        const kinds = [child, ...child.querySelectorAll('*')].map(kindOf);
        const {count, before} = seen.get(kinds[0]) ?? {count: 0, before: new Set()};
        const isNew = count < first || kinds.some(kind => !before.has(kind));
        seen.set(kinds[0], {count: count + 1, before: new Set([...before, ...kinds])});
        if (isNew) within(child); else child.remove();
      }
    };
    all('header, main, footer').forEach(within);
    return [];
  }

  return {afresh, brokenWords, doubleRules, lost, mark, overflow, overlaps, runOver, scrolling, stops, thin, twice, unfold};
})();
