// Takes what was typed along to the same page in the other language: kept in this tab alone, put back once, then forgotten.
"use strict";

(function () {
  const KEPT = "diogel-typed", NOT_TYPED = ["hidden", "file", "password", "submit", "button", "reset"];
  const place = () => location.pathname.replace(/^\/(cy|en)(?=\/)/, "") + location.search;
  const typed = () => [...document.querySelectorAll("main form[method=post]")]
    .flatMap((form) => [...form.elements])
    .filter((each) => each.name && !NOT_TYPED.includes(each.type));
  const chosen = (select) => [...select.options].map((option) => option.selected);
  const held = (each) => (each.options ? chosen(each) : ["checkbox", "radio"].includes(each.type) ? each.checked : each.value);
  const drawn = (fields) => JSON.stringify(fields.map((each) => [each.name, held(each)]));

  function putBack(kept) {
    const fields = typed();
    // Only on the very same form: one that has changed since would get words in the wrong place.
    if (kept.place !== place() || kept.fields.length !== fields.length) return;
    fields.forEach((each, at) => {
      const [name, value] = kept.fields[at];
      if (name !== each.name) return;
      if (each.options) [...each.options].forEach((option, number) => { option.selected = value[number] === true; });
      else if (typeof value === "boolean") each.checked = value;
      else each.value = value;
      each.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  const kept = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  const asDrawn = drawn(typed());
  if (kept) putBack(JSON.parse(kept));

  document.addEventListener("click", (event) => {
    if (!event.target.closest(".dg-lang a[hreflang]")) return;
    const now = drawn(typed()), came = document.querySelector("main .govuk-error-summary"); // a form that came back is drawn as typed
    if (now !== asDrawn || came) sessionStorage.setItem(KEPT, JSON.stringify({ place: place(), fields: JSON.parse(now) }));
  });
})();
