(function () {
"use strict";
var doc = document, unsaved = false;
function one(selector, within) { return (within || doc).querySelector(selector); }
function all(selector, within) { return Array.prototype.slice.call((within || doc).querySelectorAll(selector)); }
function plain(text) { return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/\u0111/g, "d"); }
function filled(text, values) { return text.replace(/\{(\w+)\}/g, function (whole, key) { return key in values ? values[key] : whole; }); }
doc.documentElement.classList.add("scripted");

// Tables whose rows may be put in another order: a button in each head.
all("table[data-sortable]").forEach(function (table) {
  var body = table.tBodies[0];
  all("thead th", table).forEach(function (head, column) {
    var button = doc.createElement("button");
    button.type = "button";
    while (head.firstChild) { button.appendChild(head.firstChild); }
    head.appendChild(button);
    button.addEventListener("click", function () {
      var falling = head.getAttribute("aria-sort") === "ascending";
      all("th[aria-sort]", table).forEach(function (other) { other.removeAttribute("aria-sort"); });
      head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      var rows = Array.prototype.slice.call(body.rows).map(function (row, place) {
        var cell = row.cells[column], text = cell.getAttribute("data-value") || cell.textContent.trim();
        var number = head.classList.contains("number") ? parseFloat(cell.getAttribute("data-value") || text.replace(/[^0-9.eE+-]/g, "")) : NaN;
        return { row: row, text: text, number: number, place: place };
      });
      rows.sort(function (a, b) {
        // What is missing stays last in both directions.
        var order = isNaN(a.number) || isNaN(b.number)
          ? (isNaN(a.number) && isNaN(b.number) ? a.text.localeCompare(b.text) * (falling ? -1 : 1) : isNaN(a.number) ? 1 : -1)
          : (a.number - b.number) * (falling ? -1 : 1);
        return order || a.place - b.place;
      });
      rows.forEach(function (entry) { body.appendChild(entry.row); });
    });
  });
});

var tools = one("#tools"), list = one("#cards"), review = one(".review-export");
if (!list || !review) { return; }
var told = one("output", review), by = one("[data-by]", review), sign = one("[data-sign]", review);
// What can be said of a candidate or of a near miss: one form each.
var forms = all("details.review").map(function (part) {
  return {
    part: part, gene: part.dataset.gene, dismissed: one("[data-dismissed]", part), reason: one("[data-reason]", part),
    fault: one("[data-fault]", part), note: one("[data-note]", part), variants: all("[data-variant]", part)
  };
});
// What reviewers gave before, as this page was written.
forms.forEach(function (form) {
  var given = form.part.dataset;
  form.dismissed.checked = "givenDismissal" in given;
  form.reason.value = given.givenDismissal || "";
  form.note.value = given.givenNote;
  form.variants.forEach(function (part) {
    one("[data-class]", part).value = part.dataset.givenClass;
    one("[data-criteria]", part).value = part.dataset.givenCriteria;
  });
});
var field = tools ? tools.elements : null, said = tools ? one("output", tools) : null, comparing = false;
var cards = !tools ? [] : all(".card", list).map(function (card) {
  return { card: card, words: plain(card.textContent), data: card.dataset, compared: one("[data-compare]", card), dismissed: one("[data-dismissed]", card) };
});

function isShown(item) {
  if (comparing) { return item.compared.checked; }
  var words = plain(field.words.value).split(/\s+/).filter(Boolean);
  return words.every(function (word) { return item.words.indexOf(word) >= 0; })
    && (!field.model.value || item.data.models.split(" ").indexOf(field.model.value) >= 0)
    && (!field.hint.value || item.data.hints.split(" ").indexOf(field.hint.value) >= 0)
    && (field.dismissed.checked || !item.dismissed.checked);
}
function show() {
  if (!tools) { return; }
  var shown = 0;
  cards.forEach(function (item) {
    var visible = isShown(item);
    item.card.hidden = !visible;
    item.card.classList.toggle("dismissed", item.dismissed.checked);
    if (visible) { shown += 1; }
  });
  var chosen = cards.filter(function (item) { return item.compared.checked; }).length;
  field.compare.disabled = !comparing && chosen !== 2;
  field.compare.textContent = comparing ? field.compare.dataset.end : field.compare.dataset.begin;
  list.classList.toggle("comparing", comparing);
  cards.forEach(function (item) { item.compared.disabled = comparing || (chosen >= 2 && !item.compared.checked); });
  said.textContent = filled(tools.dataset.shown, { shown: shown, count: cards.length });
}
function sort() {
  var key = field.sort.value;
  cards.slice().sort(function (a, b) {
    var order = key === "gene" ? a.data.gene.localeCompare(b.data.gene) : key === "rank" ? 0 : b.data[key] - a.data[key];
    return order || a.data.rank - b.data.rank;
  }).forEach(function (item) { list.appendChild(item.card); });
}
function endComparing() {
  comparing = false;
  cards.forEach(function (item) { item.compared.checked = false; });
  show();
  field.compare.focus();
}
if (tools) {
  tools.addEventListener("submit", function (event) { event.preventDefault(); });
  tools.addEventListener("input", function () { sort(); show(); });
  field.open.addEventListener("click", function () { all("details:not(.review)", list).forEach(function (part) { part.open = true; }); });
  field.close.addEventListener("click", function () { all("details:not(.review)", list).forEach(function (part) { part.open = false; }); });
  field.compare.addEventListener("click", function () { if (comparing) { endComparing(); } else { comparing = true; show(); } });
}
doc.addEventListener("keydown", function (event) { if (event.key === "Escape" && comparing) { endComparing(); } });
list.addEventListener("input", show);
forms.forEach(function (form) {
  form.part.addEventListener("input", function () { unsaved = true; complain(form, false); });
});
if (sign) { sign.addEventListener("change", function () { unsaved = true; }); }
function reveal(card) {
  if (card && card.hidden) { comparing = false; tools.reset(); field.dismissed.checked = true; show(); }
}
function complain(form, isWrong) {
  form.fault.textContent = isWrong ? review.dataset.unreasoned : "";
  if (isWrong) { form.reason.setAttribute("aria-invalid", "true"); } else { form.reason.removeAttribute("aria-invalid"); }
}
// A link to a card that is filtered away shows it.
doc.addEventListener("click", function (event) {
  var link = event.target.closest && event.target.closest("a[href^='#candidate-']");
  var card = link && doc.getElementById(link.getAttribute("href").slice(1));
  reveal(card);
});

// Criteria are checked as they are typed, by the rules that 'rarescreen review import' has.
var rules = review.dataset;
function given(name) { return rules[name].split(" "); }
var spellings = given("codes").reduce(function (all, code) {
  var words = given("alone").indexOf(code) >= 0 ? given("aloneWords") : given("strengthWords");
  return all.concat(code, words.map(function (word) { return code + word; }));
}, []);
function wordsOf(input) { return input.value.split(/[\s,;]+/).filter(Boolean); }
function fault(word) {
  var parts = word.toUpperCase().split(/[_-]+/).filter(Boolean), code = parts[0], strength = parts.slice(1).join("");
  if (given("retired").indexOf(code) >= 0) { return filled(rules.retiredText, { word: word }); }
  if (given("codes").indexOf(code) < 0) { return filled(rules.unknown, { word: word, known: given("codes").join(", ") }); }
  var standsAlone = given("alone").indexOf(code) >= 0, isAlone = given("aloneWords").indexOf(strength) >= 0;
  if (!strength || (standsAlone ? isAlone : given("strengthWords").indexOf(strength) >= 0)) { return ""; }
  if (isAlone || (standsAlone && given("strengthWords").indexOf(strength) >= 0)) {
    return filled(rules.aloneText, { word: word, known: given("alone").join(", ") });
  }
  return filled(rules.strengthText, { word: word, known: given(standsAlone ? "aloneWords" : "strengths").join(", ") });
}
// A word that is still being typed is no fault as long as it may become a criterion.
function isBegun(input, word) {
  var letters = word.toUpperCase().replace(/[_-]/g, "");
  return doc.activeElement === input && input.value.slice(-word.length) === word
    && spellings.some(function (spelling) { return spelling.indexOf(letters) === 0; });
}
function check(input, isTyping) {
  var words = wordsOf(input);
  if (isTyping && words.length && isBegun(input, words[words.length - 1])) { words.pop(); }
  var text = words.map(fault).filter(Boolean).join(" ");
  var place = doc.getElementById(input.getAttribute("aria-describedby"));
  if (place.textContent !== text) { place.textContent = text; }
  if (text) { input.setAttribute("aria-invalid", "true"); } else { input.removeAttribute("aria-invalid"); }
  return !text;
}
var criteria = all("details.review [data-criteria]");
criteria.forEach(function (input, place) {
  var told = doc.createElement("p");
  told.className = "fault";
  told.id = "criteria-fault-" + (place + 1);
  told.setAttribute("role", "status");
  input.setAttribute("aria-describedby", told.id);
  input.parentNode.parentNode.appendChild(told);
  input.addEventListener("input", function () { check(input, true); });
  input.addEventListener("change", function () { check(input, false); });
});

function entries(name, date) {
  var found = [];
  forms.forEach(function (form) {
    var note = form.note.value.trim();
    form.variants.forEach(function (part) {
      var entry = { variant: part.dataset.variant, gene: form.gene };
      var words = wordsOf(one("[data-criteria]", part));
      if (words.length) { entry.criteria = words; }
      if (one("[data-class]", part).value) { entry["class"] = one("[data-class]", part).value; }
      if (form.dismissed.checked) { entry.dismiss = form.reason.value.trim(); }
      if (note) { entry.note = note; }
      if (Object.keys(entry).length > 2) { entry.by = name; entry.date = date; found.push(entry); }
    });
  });
  return found;
}
// A dismissal that nobody can follow is none: the first without a reason is shown, and nothing is saved.
function isReasoned() {
  var open = forms.filter(function (form) { return form.dismissed.checked && !/\p{L}/u.test(form.reason.value); });
  open.forEach(function (form) { complain(form, true); });
  if (!open.length) { return true; }
  reveal(open[0].part.closest(".card"));
  open[0].part.open = true;
  open[0].reason.focus();
  told.textContent = review.dataset.unreasoned + " " + open.map(function (form) { return form.part.dataset.label; }).join(", ");
  return false;
}
function two(number) { return ("0" + number).slice(-2); }
one("[data-export]", review).addEventListener("click", function () {
  var name = by.value.trim(), now = new Date();
  if (!name) { told.textContent = review.dataset.unnamed; by.focus(); return; }
  var wrong = criteria.filter(function (input) { return !check(input, false); });
  if (wrong.length) {
    told.textContent = filled(review.dataset.wrong, { count: wrong.length });
    reveal(wrong[0].closest(".card"));
    wrong[0].closest("details").open = true;
    wrong[0].focus();
    return;
  }
  if (!isReasoned()) { return; }
  var date = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join("-");
  var found = entries(name, date);
  if (!found.length && !(sign && sign.checked)) { told.textContent = review.dataset.empty; return; }
  var content = { "case": review.dataset["case"], build: review.dataset.build, review: found };
  if (sign && sign.checked) { content.report = { by: name, signed: now.toISOString().replace(/\.\d+/, ""), basis: review.dataset.basis }; }
  var link = doc.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(content, null, 1) + "\n"], { type: "application/json" }));
  link.download = review.dataset["case"].replace(/[^\w.-]+/g, "_") + ".review.json";
  link.click();
  setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  unsaved = false;
  told.textContent = filled(review.dataset.saved, { count: found.length + (content.report ? 1 : 0), file: link.download });
});
function load(content) {
  if (content["case"] !== review.dataset["case"]) { told.textContent = review.dataset.foreign; return; }
  var count = 0;
  (content.review || []).forEach(function (entry) {
    forms.forEach(function (form) {
      if (entry.gene && entry.gene !== form.gene) { return; }
      form.variants.forEach(function (part) {
        if (part.dataset.variant !== entry.variant) { return; }
        one("[data-class]", part).value = entry["class"] || "";
        one("[data-criteria]", part).value = [].concat(entry.criteria || []).join(", ");
        if (entry.dismiss) { form.dismissed.checked = true; form.reason.value = entry.dismiss; }
        if (entry.note) { form.note.value = entry.note; }
        if (entry.by) { by.value = entry.by; }
        count += 1;
      });
    });
  });
  told.textContent = filled(review.dataset.loaded, { count: count });
  criteria.forEach(function (input) { check(input, false); });
  show();
}
one("[data-load]", review).addEventListener("change", function (event) {
  var reader = new FileReader();
  reader.onload = function () {
    try { load(JSON.parse(reader.result)); } catch (error) { told.textContent = review.dataset.unread; }
  };
  if (event.target.files[0]) { reader.readAsText(event.target.files[0]); }
});
window.addEventListener("beforeunload", function (event) { if (unsaved) { event.preventDefault(); } });
show();
}());
