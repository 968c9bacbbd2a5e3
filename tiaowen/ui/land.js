(() => {
  // Fonts and late blocks move the page for a moment: settle on the provision until it rests or the reader takes over.
  const wanted = decodeURIComponent(location.hash.slice(1)) || "EID";
  let left = 14;
  const leave = () => { left = 0; };
  ["wheel", "touchstart", "keydown", "mousedown"].forEach((name) => addEventListener(name, leave, { once: true, passive: true }));
  const settle = () => {
    if (left === 0) return;
    left -= 1;
    const place = document.getElementById(wanted);
    if (place) {
      place.scrollIntoView({ block: "start" });
      place.focus({ preventScroll: true });
    }
    setTimeout(settle, 120);
  };
  settle();
})();
