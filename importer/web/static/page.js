// What the pages do beyond forms and links. All of it works without this file, only less smoothly.
"use strict";

// Progress: follow the events of an upload, and show the next page when it is done.
function follow(section) {
  const words = section.querySelector("[data-words]");
  const count = section.querySelector("[data-count]");
  const bar = section.querySelector("progress");
  const source = new EventSource(section.dataset.follow);
  source.addEventListener("step", (event) => {
    const step = JSON.parse(event.data);
    words.textContent = step.words;
    count.textContent = step.total ? `: ${step.done} of ${step.total}` : "";
    if (step.total) {
      bar.max = step.total;
      bar.value = step.done;
    } else {
      bar.removeAttribute("value");
    }
  });
  source.addEventListener("end", () => {
    source.close();
    location.reload();
  });
  source.addEventListener("error", () => {
    words.textContent = "The page's server does not answer. Trying again";
    count.textContent = "";
  });
}

// A file that is too large is said before it is sent.
function limit(input) {
  input.addEventListener("change", () => {
    const most = Number(input.dataset.most);
    const file = input.files[0];
    const isLarge = file && file.size > most;
    input.setCustomValidity(
      isLarge ? `“${file.name}” is larger than the ${most / 1000000} MB that are taken.` : "",
    );
    if (isLarge) input.reportValidity();
  });
}

// A second click sends nothing.
function once(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}

document.querySelectorAll("[data-follow]").forEach(follow);
document.querySelectorAll("input[data-most]").forEach(limit);
document.querySelectorAll("form[data-once]").forEach(once);
// A page that comes back from the browser's memory may send again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-once]").forEach((form) => delete form.dataset.sent);
});
