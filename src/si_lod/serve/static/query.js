// What scripts add to the query page; without them, or without the bundled editor, the form works as it is.
// Nothing is asked of another host, and nothing is kept in the browser.

const form = document.querySelector("form.query");
const area = form.querySelector("textarea");
const words = form.dataset;

/** Asks what is short by its address, so that it can be shared; the form sends the rest, and all where no script runs. */
function address() {
  form.addEventListener("submit", (event) => {
    const fields = new URLSearchParams(new FormData(form, event.submitter));
    fields.delete("redirect");
    if (fields.toString().length > Number(words.longest)) return;
    event.preventDefault();
    location.assign(`${form.action}?${fields}`);
  });
}

/** Shows the address where this page is served, so that the programs run here too. */
function addressPrograms() {
  const here = new URL(form.action).href;
  for (const endpoint of document.querySelectorAll(".snippets .endpoint")) endpoint.textContent = here;
}

/** Gives each program a button that copies it. */
function offerCopies() {
  for (const block of document.querySelectorAll(".snippets pre")) {
    const button = element("button", { type: "button", className: "copy", textContent: words.copy });
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(block.textContent);
      button.textContent = words.copied;
    });
    block.before(button);
  }
}

/** Puts the editor in the place of the text field, and a button beside it that brings the field back. */
async function edit() {
  const Yasqe = window.Yasqe;
  if (!Yasqe) return;
  const terms = await known();
  // Who is typing already types on, at the same place.
  const caret = document.activeElement === area ? area.selectionStart : null;
  // What is forked is not put among the defaults: the settings below are laid over those one by one, and what is named
  // in both places would do everything twice.
  Yasqe.defaults.autocompleters = [];
  Yasqe.forkAutocompleter("prefixes", { name: "site-prefixes", persistenceId: null, get: () => prefixes(terms) }, false);
  Yasqe.forkAutocompleter("class", completer("site-class", terms, terms.classes), false);
  Yasqe.forkAutocompleter("property", completer("site-property", terms, terms.properties), false);
  const editor = new Yasqe(element("div", { className: "editor" }, area), {
    value: area.value,
    autocompleters: ["site-prefixes", "variables", "site-class", "site-property"],
    prefixCcApi: null,
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    resizeable: false,
    editorHeight: "auto",
    inputStyle: "contenteditable",
    // It redraws the line a moment after each character, and so loses one that comes just then without a key: from a
    // phone, an input method or speech.
    highlightSelectionMatches: false,
    screenReaderLabel: form.querySelector("label").textContent,
    // The tabulator moves on, as it does in every form.
    extraKeys: { Tab: false, "Shift-Tab": false, "Ctrl-Enter": () => form.requestSubmit() },
  });
  editor.on("change", () => { area.value = editor.getValue(); });
  tellMistakes(editor);
  offerSwitch(editor);
  mark(editor);
  if (caret === null) return;
  editor.focus();
  editor.setCursor(editor.getDoc().posFromIndex(caret));
}

/** Has the sign beside a line that is no SPARQL speak the reader's language; what to write, the server tells. */
function tellMistakes(editor) {
  const check = editor.checkSyntax;
  editor.checkSyntax = () => {
    check();
    editor.eachLine(({ gutterMarkers }) => {
      const sign = gutterMarkers?.gutterErrorBar;
      if (sign) Object.assign(sign, { onmouseover: null, onmouseout: null, title: words.mistake, role: "img", ariaLabel: words.mistake });
    });
  };
  editor.checkSyntax();
}

/** Shows the place of an error that the server told. */
function mark(editor) {
  const { line, column, token } = words;
  if (!line) return;
  const from = Number(line) - 1;
  // The server counts characters; here one beyond U+FFFF counts twice.
  const start = [...editor.getLine(from)].slice(0, Number(column) - 1).join("").length;
  editor.markText({ line: from, ch: start }, { line: from, ch: start + Math.max(token.length, 1) }, { className: "there" });
  editor.setCursor({ line: from, ch: start });
}

function offerSwitch(editor) {
  const button = element("button", { type: "button", className: "switch" });
  const box = editor.rootEl.parentElement;
  const show = (plain) => {
    area.hidden = !plain;
    box.hidden = plain;
    button.textContent = plain ? words.editor : words.plain;
    if (plain) area.value = editor.getValue();
    else editor.setValue(area.value);
  };
  button.addEventListener("click", () => show(area.hidden));
  form.querySelector(".controls").append(button);
  show(false);
  editor.refresh();
}

/** What the release has, to complete names by; nothing if that does not come, since the editor is of use without. */
async function known() {
  const none = { prefixes: {}, classes: [], properties: [] };
  try {
    const response = await fetch(words.terms, { headers: { Accept: "application/json" } });
    return response.ok ? await response.json() : none;
  } catch {
    return none;
  }
}

function prefixes(terms) {
  return Object.entries(terms.prefixes).map(([name, iri]) => `${name}: <${iri}>`).sort();
}

/** Completes a name by what the release has: by how it is written, or by what people call it. */
function completer(name, terms, offered) {
  const byIri = new Map(offered.map((term) => [term.iri, term]));
  const short = new Map(offered.map((term) => [term.iri, shortened(term.iri, terms.prefixes)]));
  const fits = (term, typed) => {
    const local = typed.slice(typed.indexOf(":") + 1).toLowerCase();
    return short.get(term.iri).text.startsWith(typed) || `<${term.iri}`.startsWith(typed)
      || (!typed.includes(":") && `${term.name} ${short.get(term.iri).text}`.toLowerCase().includes(local));
  };
  return {
    name,
    bulk: false,
    autoShow: false,
    persistenceId: null,
    get: (_editor, token) => offered.filter((term) => fits(term, token.string.trim())).map((term) => term.iri),
    postProcessSuggestion: (_editor, _token, iri) => iri,
    postprocessHints: (editor, hints) => hints.map((hint) => {
      const { text, prefix } = short.get(hint.text);
      const { name: called, count } = byIri.get(hint.text);
      return {
        ...hint,
        text,
        displayText: `${text}   ${called} (${count})`,
        hint: (_editor, data, chosen) => {
          editor.replaceRange(text, chosen.from ?? data.from, chosen.to ?? data.to, "complete");
          if (prefix && !(prefix in editor.getPrefixesFromQuery())) {
            editor.addPrefixes({ [prefix]: terms.prefixes[prefix] });
          }
        },
      };
    }),
  };
}

/** The IRI as a prefixed name, by the longest namespace that fits, else in angle brackets. */
function shortened(iri, known_) {
  const fitting = Object.entries(known_)
    .filter(([, space]) => iri.startsWith(space) && /^[A-Za-z0-9_-]+$/.test(iri.slice(space.length)))
    .sort((one, other) => other[1].length - one[1].length);
  if (!fitting.length) return { text: `<${iri}>`, prefix: "" };
  const [prefix, space] = fitting[0];
  return { text: `${prefix}:${iri.slice(space.length)}`, prefix };
}

function element(name, properties, before = null) {
  const made = Object.assign(document.createElement(name), properties);
  before?.before(made);
  return made;
}

address();
addressPrograms();
offerCopies();
edit();
