#!/usr/bin/env python3
"""open_page.py PAGE --out DIR [--width N] [--dark] [--no-script] [--use] [--use-batch] [--sign] [--load FILE]

Opens a page in Debian's Chromium, without a network, and prints what it found as JSON:
`faults` (requests, errors of the console and of scripts, dialogs, rules of axe-core and of html5lib that are broken, a page wider than
the window, a control that the keyboard does not reach) and facts for the caller to judge. Leaves DIR/NAME-WIDTH.png and
DIR/NAME-WIDTH.pdf. With --use it works the controls of a report, too, with
--use-batch those of the overview of a batch; with --sign it signs a report without a finding, with --load it loads a review."""
import argparse, json, pathlib, sys
import axe_playwright_python, html5lib
from playwright.sync_api import sync_playwright

parser = argparse.ArgumentParser()
parser.add_argument("page")
parser.add_argument("--out", required=True)
parser.add_argument("--width", type=int, default=1280)
parser.add_argument("--dark", action="store_true")
parser.add_argument("--no-script", action="store_true")
parser.add_argument("--no-axe", action="store_true")
parser.add_argument("--use", action="store_true")
parser.add_argument("--use-batch", action="store_true")
parser.add_argument("--sign", action="store_true")
parser.add_argument("--load")
given = parser.parse_args()

path = pathlib.Path(given.page).resolve()
out = pathlib.Path(given.out)
out.mkdir(parents=True, exist_ok=True)
faults, facts = [], {}

strict = html5lib.HTMLParser(strict=False)
strict.parse(path.read_bytes())
faults += [f"html5lib {place}: {code} {values}" for place, code, values in strict.errors]

# What a keyboard must reach: everything that a pointer could use and that is to be seen.
REACHABLE = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
  .filter(e => !e.disabled && e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length > 0)
  .map((e, i) => { e.dataset.reach = i; return i; }).length"""


def reached(page):
    """How many of the reachable elements the Tab key visits, and which of those it visits show no focus."""
    count = page.evaluate(REACHABLE)
    seen, dim = set(), []
    page.evaluate("() => { document.activeElement && document.activeElement.blur(); window.scrollTo(0, 0); }")
    for _ in range(count + 5):
        page.keyboard.press("Tab")
        place = page.evaluate("""() => { const e = document.activeElement; if (!e || e === document.body) return null;
          const s = getComputedStyle(e); return [e.dataset.reach ?? null, s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0, e.outerHTML.slice(0, 80)]; }""")
        if place and place[0] is not None:
            seen.add(int(place[0]))
            if not place[1]:
                dim.append(place[2])
    missing = page.evaluate("seen => [...document.querySelectorAll('[data-reach]')].filter(e => !seen.includes(+e.dataset.reach)).map(e => e.outerHTML.slice(0, 80))", sorted(seen))
    return count, missing, dim


def judge(page, place=""):
    """The rules of axe-core that the page breaks as it stands now."""
    if given.no_axe or given.no_script:
        return
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate((pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})")
    faults.extend(f"axe {place} {v['id']}: {v['help']} ({len(v['nodes'])}): {v['nodes'][0]['html'][:120]}" for v in found["violations"])


def use(page):
    """Works every control of a report by keyboard, and tells what came of it."""
    shown = lambda: page.evaluate("() => [...document.querySelectorAll('#cards .card')].filter(c => !c.hidden).map(c => c.dataset.rank)")
    told = {"all": shown()}
    search = page.locator("#tools input[type=search]")
    search.focus()
    page.keyboard.type("no such gene")
    told["none"] = shown()
    search.fill("")
    first = page.evaluate("() => document.querySelector('#cards .card').dataset.gene")
    search.focus()
    page.keyboard.type(first.lower())
    told["search"] = [first, shown()]
    search.fill("")
    page.locator("#tools select[name=sort]").select_option("gene")
    told["genes"] = page.evaluate("() => [...document.querySelectorAll('#cards .card')].map(c => c.dataset.gene)")
    page.locator("#tools select[name=sort]").select_option("rank")
    told["model"] = page.evaluate("() => document.querySelector('#tools select[name=model]').options[1].value")
    page.locator("#tools select[name=model]").select_option(told["model"])
    told["filtered"] = page.evaluate("() => [...document.querySelectorAll('#cards .card')].filter(c => !c.hidden).map(c => c.dataset.models)")
    page.locator("#tools select[name=model]").select_option("")
    boxes = page.locator("[data-compare]")
    for place in (0, 1):
        boxes.nth(place).focus()
        page.keyboard.press("Space")
    page.locator("#tools button[name=compare]").focus()
    page.keyboard.press("Enter")
    told["compared"] = shown()
    page.screenshot(path=str(out / f"{path.stem}-compared.png"))
    judge(page, "with two compared")
    page.keyboard.press("Escape")
    told["after"] = shown()
    for button, name in (("open", "opened"), ("close", "closed")):
        page.locator(f"#tools button[name={button}]").focus()
        page.keyboard.press("Enter")
        told[name] = page.evaluate("() => document.querySelectorAll('#cards details[open]:not(.review)').length")
    card = page.locator("#cards .card").nth(0)
    card.locator("details.review summary").focus()
    page.keyboard.press("Enter")
    card.locator("[data-dismissed]").focus()
    page.keyboard.press("Space")
    told["dismissed"] = shown()
    page.locator("#tools input[name=dismissed]").focus()
    page.keyboard.press("Space")
    told["shown again"] = shown()
    page.evaluate("() => document.querySelectorAll('details').forEach(d => { d.open = true; })")
    judge(page, "with a dismissed card and all details open")
    page.screenshot(path=str(out / f"{path.stem}-dismissed.png"))
    card.locator("[data-reason]").fill("</script><img src=x onerror=alert(1)>")
    card.locator("[data-note]").fill("seen \u201cin\u201d clinic\nsecond line")
    card.locator("[data-class]").first.select_option("likely_pathogenic")
    told["criteria"] = criteria(page, card)
    card.locator("[data-criteria]").first.fill("PS3_Moderate, PP4")
    page.locator("[data-export]").focus()
    page.keyboard.press("Enter")
    told["unnamed"] = page.locator(".review-export output").inner_text()
    page.locator("[data-by]").fill("Dr. Lan")
    reason = card.locator("[data-reason]")
    words = reason.input_value()
    reason.fill(" - ")
    page.locator("[data-export]").focus()
    page.keyboard.press("Enter")
    told["unreasoned"] = [
        page.locator(".review-export output").inner_text(),
        page.evaluate("id => document.getElementById(id).textContent", reason.get_attribute("aria-describedby")),
        reason.get_attribute("aria-invalid"), reason.evaluate("e => e === document.activeElement")]
    judge(page, "with a dismissal that has no reason")
    reason.fill(words)
    page.locator("section[aria-labelledby=near-misses] [data-note]").first.fill("seen in the sister")
    with page.expect_download() as download:
        page.locator("[data-export]").focus()
        page.keyboard.press("Enter")
    saved = out / download.value.suggested_filename
    download.value.save_as(str(saved))
    told["saved"] = saved.name
    told["review"] = json.loads(saved.read_text())
    page.reload()
    page.locator("[data-load]").set_input_files(str(saved))
    page.wait_for_function("() => document.querySelector('.review-export output').textContent !== ''")
    told["loaded"] = [page.locator("[data-by]").input_value(), page.locator("[data-note]").first.input_value(), shown()]
    return told


def criteria(page, card):
    """What the form says to criteria as they are typed: after each text whether it is refused, and the words."""
    field = card.locator("[data-criteria]").first
    said = lambda: [field.get_attribute("aria-invalid") == "true", page.evaluate("id => document.getElementById(id).textContent", field.get_attribute("aria-describedby"))]
    told = {}
    field.fill("")
    field.focus()
    page.keyboard.type("PM2")
    told["PM2"] = said()
    page.keyboard.type("2")
    told["PM22"] = said()
    page.keyboard.press("Backspace")
    page.keyboard.type("_Sup")
    told["typing PM2_Sup"] = said()
    page.keyboard.press("Tab")
    told["left PM2_Sup"] = said()
    for text in ("pm3-very-strong; PP1_Strong PM2_P,BA1", "PP5", "BS1_StandAlone", "BA1_Strong", "PM3_Strong, PSV1"):
        field.fill(text)
        field.blur()
        told[text] = said()
    by = page.locator("[data-by]")
    by.fill("Dr. Lan")
    page.locator("[data-export]").focus()
    page.keyboard.press("Enter")
    told["save"] = [page.locator(".review-export output").inner_text(), field.evaluate("e => e === document.activeElement")]
    by.fill("")
    return told


def sign(page):
    """Signs a report without a finding, and tells what was saved."""
    page.locator("[data-by]").fill("Dr. Lan")
    page.locator("[data-sign]").focus()
    page.keyboard.press("Space")
    with page.expect_download() as download:
        page.locator("[data-export]").focus()
        page.keyboard.press("Enter")
    saved = out / download.value.suggested_filename
    download.value.save_as(str(saved))
    return json.loads(saved.read_text())


def load(page, file):
    """Loads a review into the form, with all details open."""
    page.locator("[data-load]").set_input_files(file)
    page.wait_for_function("() => document.querySelector('.review-export output').textContent !== ''")
    page.evaluate("() => document.querySelectorAll('details').forEach(d => { d.open = true; })")
    page.wait_for_timeout(200)
    facts["told"] = page.locator(".review-export output").inner_text()
    facts["note"] = page.locator("[data-note]").first.input_value()


def use_batch(page):
    """Works the controls of the overview of a batch by keyboard, and tells which cases were shown in which order."""
    shown = lambda: page.evaluate("() => [...document.querySelectorAll('.cases tbody tr')].filter(r => !r.hidden).map(r => r.cells[0].textContent.trim())")
    told = {"all": shown()}
    search = page.locator("#batch-tools input[type=search]")
    search.focus()
    page.keyboard.type("stxbp1")
    told["search"] = shown()
    told["said"] = page.locator("#batch-tools output").inner_text()
    search.fill("")
    page.locator("#batch-tools select[name=state]").select_option("failed")
    told["failed"] = shown()
    page.locator("#batch-tools select[name=state]").select_option("")
    page.locator("#batch-tools input[name=alarms]").focus()
    page.keyboard.press("Space")
    told["alarms"] = shown()
    page.keyboard.press("Space")
    for place, name in ((0, "by case"), (4, "by points")):
        page.locator(".cases thead button").nth(place).focus()
        page.keyboard.press("Enter")
        told[name] = shown()
    told["links"] = page.evaluate("() => [...document.querySelectorAll('.cases tbody a')].map(a => a.getAttribute('href'))")
    return told


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
    context = browser.new_context(
        viewport={"width": given.width, "height": 900}, offline=True, java_script_enabled=not given.no_script,
        color_scheme="dark" if given.dark else "light")
    page = context.new_page()
    page.on("request", lambda r: None if r.url == path.as_uri() or r.url.startswith("blob:") else faults.append("request " + r.url[:200]))
    page.on("console", lambda m: faults.append("console " + m.text[:200]) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: faults.append("script " + str(e)[:200]))
    page.on("dialog", lambda d: (faults.append("dialog " + d.message[:200]) if d.type != "beforeunload" else None, d.accept()))
    page.goto(path.as_uri())
    page.wait_for_timeout(200)
    name = f"{path.stem}-{given.width}{'-dark' if given.dark else ''}{'-plain' if given.no_script else ''}"
    page.screenshot(path=str(out / f"{name}.png"), full_page=True)
    page.pdf(path=str(out / f"{name}.pdf"), format="A4", tagged=True)
    if not given.no_script:
        facts["title"] = page.title()
        facts["bytes"] = path.stat().st_size
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append("the page is wider than its window")
        judge(page)
        if given.sign:
            facts["signed"] = sign(page)
        if given.load:
            load(page, given.load)
        if given.use or given.use_batch:
            facts["reachable"], missing, dim = reached(page)
            faults += ["no Tab reaches " + text for text in missing] + ["no focus shown at " + text for text in dim]
            facts["used"] = use(page) if given.use else use_batch(page)
    browser.close()
json.dump({"faults": faults, "facts": facts}, sys.stdout, ensure_ascii=False)
