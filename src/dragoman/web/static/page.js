// What is quicker or handier with a script; every page says and does the same without it.
"use strict";

const text = document.getElementById("text");

// The row that the address names: open its card, and let its words stand out.
function follow() {
  const ident = decodeURIComponent(location.hash.slice(1));
  if (!text || !/^[aefq]\d+$/.test(ident)) return;
  for (const piece of text.querySelectorAll(".on")) piece.classList.remove("on");
  const card = document.getElementById(ident);
  if (!card) return;
  const details = card.querySelector("details");
  if (details) details.open = true;
  const pieces = text.querySelectorAll(`[data-rows~="${ident}"]`);
  for (const piece of pieces) piece.classList.add("on");
  card.scrollIntoView({ block: "nearest" });
  if (pieces.length && !inSight(pieces[0])) pieces[0].scrollIntoView({ block: "center" });
}

function inSight(element) {
  const box = element.getBoundingClientRect();
  return box.top >= 0 && box.bottom <= window.innerHeight;
}

if (text) {
  window.addEventListener("hashchange", follow);
  follow();

  // A click on an event's or a quotation's words opens its card; a name is a link already.
  text.addEventListener("click", (event) => {
    if (event.target.closest("a") || String(getSelection())) return;
    const piece = event.target.closest("[data-rows]");
    const ident = piece && piece.dataset.rows.split(" ").filter((r) => /^[efq]/.test(r)).pop();
    if (ident) location.hash = ident;
  });

  // A card that is opened by hand shows its words, too.
  for (const summary of document.querySelectorAll(".card > details > summary")) {
    summary.addEventListener("click", () => {
      const card = summary.parentElement.parentElement;
      if (!summary.parentElement.open && card.id) setTimeout(() => (location.hash = card.id));
    });
  }

  // j and k go through the events, as n and p would.
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { j: 1, k: -1 }[event.key];
    if (!step) return;
    const cards = [...document.querySelectorAll(".card.event")].map((c) => c.id);
    if (!cards.length) return;
    const at = cards.indexOf(location.hash.slice(1));
    location.hash = cards[at < 0 ? (step > 0 ? 0 : cards.length - 1) : (at + step + cards.length) % cards.length];
  });

  // Words that are picked out in the text have an address: offsets count code points, as the record's do.
  const picked = document.getElementById("picked");
  document.addEventListener("selectionchange", () => {
    const chosen = getSelection();
    const range = chosen.rangeCount ? chosen.getRangeAt(0) : null;
    const inside = range && !range.collapsed && text.contains(range.commonAncestorContainer) && !text.querySelector(".hidden");
    picked.hidden = !inside;
    if (!inside) return;
    const before = document.createRange();
    before.selectNodeContents(text);
    before.setEnd(range.startContainer, range.startOffset);
    const start = [...before.toString()].length;
    const link = picked.querySelector("a");
    link.href = `${link.dataset.base}?at=${start}-${start + [...range.toString()].length}#here`;
  });
}

// Files may be dropped on the form.
const drop = document.getElementById("drop");
if (drop) {
  const input = drop.querySelector("input");
  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", kind === "dragenter" || kind === "dragover");
      if (kind === "drop") input.files = event.dataTransfer.files;
    });
  }
}
