// Keeps an answer while it is typed, a moment after the last key. Without it the button below the form does the same.
"use strict";

(function () {
  const form = document.querySelector("[data-answer]");
  if (!form) return;
  const told = form.querySelector("[data-told]"), unchanged = document.querySelector("[data-unchanged]");
  const PAUSE = 1500, NEXT_TRY = 8000, LONGEST = 20000;
  let waiting = 0, isOut = false, isChanged = false, isRefused = false, pressed = null, hasWaited = false;
  let unsure = null; // words that left and of which nobody knows whether they came: they go again, as they were, before any others

  function typed() {
    const words = new FormData(form);
    words.delete("evidence"); // a file goes with the button
    words.set("deed", "save");
    return words;
  }

  async function keep() {
    clearTimeout(waiting);
    if (isOut || isRefused) return;
    isOut = true;
    if (!unsure) {
      unsure = typed();
      isChanged = false;
    }
    told.textContent = form.dataset.wait;
    try {
      const answer = await fetch(location.pathname, {
        method: "POST", body: unsure, credentials: "same-origin", headers: { "X-Requested-With": "fetch" },
        signal: AbortSignal.timeout ? AbortSignal.timeout(LONGEST) : undefined,
      });
      if (answer.status >= 500) throw new Error(String(answer.status));
      const said = (answer.headers.get("Content-Type") || "").startsWith("application/json") ? await answer.json() : null;
      if (said && said.seen) form.elements.seen.value = said.seen;
      told.textContent = said ? said.said : form.dataset.refused;
      isRefused = !answer.ok; // another window, or a link that has ended: trying again would not mend it, a button shows what will
      unsure = null;
      hasWaited = false;
      if (pressed) pressed.click();
      else if (isChanged) later(PAUSE);
      pressed = null;
    } catch {
      told.textContent = form.dataset.lost;
      pressed = null;
      later(NEXT_TRY);
    }
    isOut = false;
  }

  function later(pause) {
    clearTimeout(waiting);
    waiting = setTimeout(keep, pause);
  }

  form.addEventListener("input", (event) => {
    if (unchanged) unchanged.hidden = true; // its button sends last time's words, and leaves this page without these
    if (event.target.type === "file") return;
    isChanged = true;
    later(PAUSE);
  });

  window.addEventListener("online", () => { if (unsure) keep(); });

  // A button pressed while words are on their way waits until they have come: else they and it would be two windows to each other.
  // Pressed once more it goes, whatever became of them.
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    if (!unsure || hasWaited) return;
    event.preventDefault();
    hasWaited = true;
    pressed = event.submitter || form.querySelector("[type=submit]");
    keep();
  });
})();
