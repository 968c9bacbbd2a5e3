(() => {
  document.documentElement.lang = "zh-CN";
  if (window.tiaowenReady) return;
  window.tiaowenReady = true;

  // http:// on an intranet has no navigator.clipboard: fall back to a selection.
  const byHand = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    area.style.opacity = "0";
    document.body.appendChild(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch (error) {
      return byHand(text);
    }
  };
  document.addEventListener("click", async (event) => {
    const near = (wanted) => (event.target.closest ? event.target.closest(wanted) : null);
    if (near("button[data-print]")) window.print();
    const button = near("button[data-copy]");
    if (!button) return;
    const link = button.dataset.copy.startsWith("?");
    const text = link ? location.origin + location.pathname.replace(/reader\/?$/, "") + button.dataset.copy : button.dataset.copy;
    const done = await copy(text);
    const label = button.textContent;
    button.textContent = done ? button.dataset.done : button.dataset.failed;
    setTimeout(() => { button.textContent = label; }, 1500);
  });
})();
