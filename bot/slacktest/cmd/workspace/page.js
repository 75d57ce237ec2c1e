// What the page does on its own: it sends what is typed and clicked, and
// fetches the panel anew whenever the workspace has changed.
"use strict";

const here = () => ({ ...document.body.dataset });
const trouble = (text) => { document.getElementById("trouble").textContent = text; };

async function send(fields, form) {
  const data = form ? new FormData(form) : new FormData();
  for (const [key, value] of Object.entries({ ...here(), ...fields })) data.set(key, value);
  const file = data.get("file");
  if (file instanceof File && file.size === 0) data.delete("file");
  const reply = await fetch("/do", { method: "POST", body: data });
  trouble(reply.ok ? "" : await reply.text());
}

let busy = false, again = false;
async function refresh() {
  if (busy) { again = true; return; }
  busy = true;
  const typing = document.activeElement && document.activeElement.closest("#modal");
  if (!typing) {
    const reply = await fetch("/panel?" + new URLSearchParams(here()));
    const panel = document.getElementById("panel");
    const html = await reply.text();
    if (panel.dataset.seen !== html) {
      panel.dataset.seen = html;
      panel.innerHTML = html;
      panel.scrollTop = panel.scrollHeight;
    }
  }
  busy = false;
  if (again) { again = false; refresh(); }
}

function fieldsOf(element) {
  const fields = { ...element.dataset };
  const message = element.closest("[data-ts]");
  if (message && !fields.ts) fields.ts = message.dataset.ts;
  const form = element.closest("form[data-view]");
  if (form && !fields.view) fields.view = form.dataset.view;
  return fields;
}

document.addEventListener("click", (event) => {
  const reply = event.target.closest(".reply");
  if (reply) {
    location.search = new URLSearchParams({ ...here(), thread: reply.dataset.thread });
    return;
  }
  const button = event.target.closest("button[data-do]");
  if (!button) return;
  const fields = fieldsOf(button);
  if (fields.ask !== undefined) {
    const text = prompt("Edit the message", fields.ask);
    if (text === null) return;
    fields.text = text;
  }
  if (document.activeElement) document.activeElement.blur();
  send(fields).then(refresh);
});

document.addEventListener("change", (event) => {
  if (event.target.closest("#who")) {
    location.search = new URLSearchParams({ ...here(), user: event.target.value, thread: "" });
    return;
  }
  const select = event.target.closest("select[data-do]");
  if (select) send({ ...fieldsOf(select), value: select.value });
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-do]");
  if (!form) return;
  event.preventDefault();
  send({ ...form.dataset }, form).then(() => {
    if (form.id === "composer") form.reset();
    if (document.activeElement && form.dataset.view) document.activeElement.blur();
    refresh();
  });
});

if (here().channel === "home" || document.querySelector("nav a.here[href$=direct]")) send({ do: "open" });
new EventSource("/changes").onmessage = refresh;
