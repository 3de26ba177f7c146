// Keeps a page of the preview up to date: reloads it for a new version of the site, and shows over it why
// there is none. Everything shown is set as text, never as HTML.
{
  const version = document.currentScript.dataset.version;
  const noSite = version === "0"; // the page is nothing but the list of problems
  const id = "leerblad-problems";
  const memory = "leerblad-scroll";
  const mark = "✗ ";
  let source;

  function restoreScroll() {
    const saved = JSON.parse(sessionStorage.getItem(memory));
    sessionStorage.removeItem(memory);
    if (saved?.path === location.pathname) {
      scrollTo({ left: saved.x, top: saved.y, behavior: "instant" });
    }
  }

  function reload() {
    source.close();
    sessionStorage.setItem(memory, JSON.stringify({ path: location.pathname, x: scrollX, y: scrollY }));
    location.reload();
  }

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function item(problem, labels) {
    const made = element("li", `leerblad-${problem.severity}`);
    const place = [problem.file, problem.line, problem.line && problem.column].filter(Boolean).join(":");
    const label = labels[problem.severity] ?? problem.severity;
    made.append(element("p", "leerblad-place", `${label} ${problem.code} ${place}`));
    made.append(element("p", "", problem.message));
    if (problem.sourceLine) {
      const before = [...problem.sourceLine].slice(0, Math.max(0, problem.column - 1)).join("");
      const caret = problem.column ? "\n" + before.replace(/[^\t]/gu, " ") + "^" : "";
      made.append(element("pre", "", problem.sourceLine + caret));
    }
    if (problem.hint) made.append(element("p", "leerblad-hint", problem.hint));
    return made;
  }

  function hide() {
    document.getElementById(id)?.remove();
  }

  function show(report) {
    hide();
    const overlay = element(noSite ? "main" : "aside");
    overlay.id = id;
    overlay.lang = report.language;
    overlay.setAttribute("role", "alert");
    overlay.append(element("h1", "", report.heading));
    if (report.note) overlay.append(element("p", "", report.note));
    const list = element("ol");
    list.append(...report.problems.map((problem) => item(problem, report.labels)));
    overlay.append(list);
    if (!noSite) {
      const close = element("button", "", `${report.close} (Esc)`);
      close.type = "button";
      close.addEventListener("click", hide);
      overlay.append(close);
    }
    document.body.append(overlay);
  }

  function markTitle(bad) {
    const title = document.title.startsWith(mark) ? document.title.slice(mark.length) : document.title;
    document.title = (bad ? mark : "") + title;
  }

  // A browser allows six connections to a server: a hidden tab must not hold one of them.
  function listen() {
    source?.close();
    if (document.hidden) return;
    source = new EventSource("/_leerblad/events");
    source.addEventListener("good", (event) => {
      if (event.data !== version) return reload();
      hide();
      markTitle(false);
    });
    source.addEventListener("bad", (event) => {
      const report = JSON.parse(event.data);
      if (String(report.version) !== version) return reload();
      show(report);
      if (noSite) document.title = report.heading;
      markTitle(report.problems.length > 0);
    });
  }

  if (!noSite) {
    const style = element("link");
    style.rel = "stylesheet";
    style.href = "/_leerblad/live.css";
    document.head.append(style);
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !noSite) hide();
  });
  document.addEventListener("visibilitychange", listen);
  restoreScroll();
  listen();
}
