// Papers can be dropped on the form; what was chosen is named. Without this script the form works as it stands.
for (const form of document.querySelectorAll("form.drop")) {
  const files = form.querySelector("#files"), chosen = form.querySelector(".chosen");
  const tell = () => {
    const names = [...form.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files].map((file) => file.name));
    const more = names.length > 3 ? ` and ${names.length - 3} more` : "";
    chosen.textContent = names.length ? `Chosen: ${names.slice(0, 3).join(", ")}${more}` : "";
  };
  form.addEventListener("change", tell);
  form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (event.dataTransfer.files.length) {
      files.files = event.dataTransfer.files;
      tell();
      form.querySelector("button").focus();
    }
  });
  form.addEventListener("submit", () => {
    const button = form.querySelector("button");
    button.setAttribute("aria-disabled", "true");
    chosen.textContent = chosen.textContent ? "Sending… stay on this page until it changes." : "";
  });
  addEventListener("pageshow", () => { form.querySelector("button").removeAttribute("aria-disabled"); tell(); });
}
