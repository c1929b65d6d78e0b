// "See more" on long sections.
export function listenForFolds() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".see-more");
    if (!button) return;
    const isOpen = button.closest(".fold").classList.toggle("open");
    button.ariaExpanded = String(isOpen);
    button.textContent = isOpen ? "See less" : "See more";
  });
}
