// Keeps an answer while it is typed, a moment after the last key. Without it the button below the form does the same.
"use strict";

(function () {
  const form = document.querySelector("[data-answer]");
  if (!form) return;
  const told = form.querySelector("[data-told]"), unchanged = document.querySelector("[data-unchanged]"), PAUSE = 1500;
  let waiting = 0, isOut = false, isChanged = false, isStale = false, pressed = null;

  async function keep() {
    if (isOut || isStale) return;
    isOut = true;
    isChanged = false;
    told.textContent = form.dataset.wait;
    const words = new FormData(form);
    words.delete("evidence"); // a file goes with the button
    words.set("deed", "save");
    try {
      const answer = await fetch(location.pathname, { method: "POST", body: words, credentials: "same-origin", headers: { "X-Requested-With": "fetch" } });
      const said = (answer.headers.get("Content-Type") || "").startsWith("application/json") ? await answer.json() : null;
      if (!said) throw new Error(String(answer.status));
      if (said.seen) form.elements.seen.value = said.seen;
      isStale = answer.status === 409;
      told.textContent = said.said;
    } catch {
      told.textContent = form.dataset.lost;
    }
    isOut = false;
    if (pressed) pressed.click();
    else if (isChanged) later();
  }

  function later() {
    isChanged = true;
    clearTimeout(waiting);
    waiting = setTimeout(keep, PAUSE);
  }

  form.addEventListener("input", (event) => {
    if (unchanged) unchanged.hidden = true; // its button sends last time's words, and leaves this page without these
    if (event.target.type !== "file") later();
  });

  // A button pressed while words are on their way waits until they have come: else they and it would be two windows to each other.
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    if (!isOut) return;
    event.preventDefault();
    pressed = event.submitter || form.querySelector("[type=submit]");
  });
})();
