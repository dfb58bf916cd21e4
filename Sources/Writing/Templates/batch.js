(function () {
"use strict";
var doc = document, tools = doc.querySelector("#batch-tools"), said = tools.querySelector("output"), field = tools.elements;
function plain(text) { return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/\u0111/g, "d"); }
var rows = Array.prototype.slice.call(doc.querySelectorAll(".cases tbody tr")).map(function (row) {
  return { row: row, words: plain(row.textContent), alarm: row.hasAttribute("data-alarm") };
});
function show() {
  var words = plain(field.words.value).split(/\s+/).filter(Boolean), shown = 0;
  rows.forEach(function (item) {
    var visible = words.every(function (word) { return item.words.indexOf(word) >= 0; })
      && (!field.state.value || item.row.classList.contains(field.state.value))
      && (!field.alarms.checked || item.alarm);
    item.row.hidden = !visible;
    if (visible) { shown += 1; }
  });
  said.textContent = tools.dataset.shown.replace("{shown}", shown).replace("{count}", rows.length);
}
tools.addEventListener("submit", function (event) { event.preventDefault(); });
tools.addEventListener("input", show);
show();
}());
