// Runs side by side: sort by a column, filter by a field, curves over each other.
// Without this script the page has its table as it is, and a picture of the curves.
(() => {
  "use strict";
  const $ = (id) => document.getElementById(id);
  const table = $("runs");
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...table.tBodies[0].rows];
  const runs = JSON.parse($("curves").textContent);
  // the rows come in the order of the runs
  rows.forEach((row, i) => { runs[i].row = row; });

  // An element with attributes; texts are set as texts, never as HTML.
  function make(name, attributes = {}, text = "", space = null) {
    const e = space ? document.createElementNS(space, name)
      : document.createElement(name);
    for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
    if (text !== "") e.textContent = text;
    return e;
  }

  // ---- sorting
  function value(row, i) {
    const cell = row.cells[i];
    if ("v" in cell.dataset) return Number(cell.dataset.v);
    // a column of numbers has nothing to compare where there is none, e.g. "not set"
    return cell.classList.contains("n") ? "" : cell.textContent.trim();
  }

  function before(x, y, down) {
    // what is empty stays last in both directions
    if (x === "" || y === "") return (x === "") - (y === "");
    const numbers = typeof x === "number" && typeof y === "number";
    const by = numbers ? x - y
      : String(x).localeCompare(String(y), "en", { numeric: true });
    return down ? -by : by;
  }

  function sortBy(i, down) {
    rows.sort((a, b) => before(value(a, i), value(b, i), down));
    table.tBodies[0].append(...rows);
    for (const h of heads) h.removeAttribute("aria-sort");
    heads[i].setAttribute("aria-sort", down ? "descending" : "ascending");
  }

  heads.forEach((head, i) => {
    const button = make("button", { type: "button" }, head.textContent.trim());
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const now = head.getAttribute("aria-sort");
      // numbers begin with the largest, texts with A
      const first = head.classList.contains("n");
      sortBy(i, now ? now === "ascending" : first);
    });
  });

  // ---- filters: one for every column of a field that differs
  const filters = [];

  function addFilter(head, i) {
    const count = new Map();
    for (const row of rows) {
      const text = row.cells[i].textContent.trim();
      count.set(text, (count.get(text) || 0) + 1);
    }
    const label = make("label");
    const select = make("select", { "data-field": head.textContent.trim() });
    select.append(make("option", { value: "*" }, "all"));
    const texts = [...count.keys()].sort((a, b) => before(a, b, false));
    for (const text of texts) {
      const words = `${text} (${count.get(text)})`;
      select.append(make("option", { value: "=" + text }, words));
    }
    label.append(make("span", {}, head.textContent.trim()), select);
    $("filters").append(label);
    filters.push((row) =>
      select.value === "*" || select.value === "=" + row.cells[i].textContent.trim());
    select.addEventListener("change", applyFilters);
  }

  function applyFilters() {
    for (const row of rows) row.hidden = !filters.every((passes) => passes(row));
    const shown = rows.filter((row) => !row.hidden).length;
    $("count").textContent = `${shown} of ${rows.length} runs`;
    draw();
  }

  heads.forEach((head, i) => { if ("filter" in head.dataset) addFilter(head, i); });
  $("clear").addEventListener("click", () => {
    for (const s of $("filters").querySelectorAll("select")) s.value = "*";
    applyFilters();
  });

  // ---- which runs are drawn
  const METRICS = [
    ["val_accuracy", "validation accuracy"], ["val_loss", "validation loss"],
    ["accuracy", "training accuracy"], ["loss", "training loss"],
    ["lr", "learning rate"]];
  const AT_FIRST = 6;

  const drawable = runs.filter((run) => run.epochs > 0);
  drawable.forEach((run, i) => {
    run.box = make("input", {
      type: "checkbox", "aria-label": `draw the curves of ${run.name}` });
    run.box.checked = i < AT_FIRST;
    run.box.style.accentColor = run.colour;
    run.row.cells[0].prepend(run.box);
    run.box.addEventListener("change", draw);
    for (const [kind, faded] of [["pointerenter", true], ["pointerleave", false]])
      run.row.addEventListener(kind, () => highlight(faded ? run : null));
  });
  for (const [id, on] of [["all", true], ["none", false]])
    $(id).addEventListener("click", () => {
      for (const run of drawable) run.box.checked = on && !run.row.hidden;
      draw();
    });

  for (const [key, words] of METRICS)
    if (drawable.some((run) => run[key]))
      $("metric").append(make("option", { value: key }, words));
  for (const id of ["metric", "along"]) $(id).addEventListener("change", draw);

  function chosen() {
    const metric = $("metric").value;
    return drawable.filter((r) => r.box.checked && !r.row.hidden && r[metric]);
  }

  // ---- the chart
  const SVG = "http://www.w3.org/2000/svg";
  const HEIGHT = 340, LEFT = 52, RIGHT = 12, TOP = 14, BOTTOM = 40;
  let chart = null;

  // Round numbers that divide the way from low to high into some five to seven steps.
  function ticks(low, high, wanted = 5) {
    const raw = (high - low) / wanted || Math.abs(high) / wanted || 1;
    const power = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 5, 10].map((k) => k * power).find((s) => s >= raw * 0.7);
    const out = [];
    for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++)
      out.push(Number((k * step).toPrecision(10)));
    return out;
  }

  const along = (run) => ($("along").value === "minutes" ? run.minutes : run.epoch);
  const show = (v) => String(Number(v.toPrecision(4)));

  function scales(list, metric, width) {
    const xs = list.flatMap(along), ys = list.flatMap((r) => r[metric]);
    const known = ys.filter((y) => y !== null);
    let low = Math.min(...known), high = Math.max(...known);
    const room = (high - low || Math.abs(high) || 1) * 0.05;
    low = Math.max(low >= 0 ? 0 : -Infinity, low - room);
    high += room;
    const left = $("along").value === "minutes" ? 0 : Math.min(...xs);
    const right = Math.max(...xs, left + 1e-9);
    const span = width - LEFT - RIGHT;
    return {
      low, high, left, right,
      x: (v) => LEFT + ((v - left) / (right - left || 1)) * span,
      y: (v) => TOP + ((high - v) / (high - low)) * (HEIGHT - TOP - BOTTOM),
    };
  }

  function axes(svg, s, width) {
    const add = (name, attributes, text) =>
      svg.append(make(name, attributes, text, SVG));
    const rule = (y) =>
      add("line", { x1: LEFT, x2: width - RIGHT, y1: y, y2: y, class: "grid" });
    for (const t of ticks(s.low, s.high)) {
      rule(s.y(t));
      add("text", { x: LEFT - 8, y: s.y(t) + 4, "text-anchor": "end" }, show(t));
    }
    for (const t of ticks(s.left, s.right, Math.max(2, Math.min(8, width / 90)))) {
      if ($("along").value === "epoch" && !Number.isInteger(t)) continue;
      const place = { x: s.x(t), y: HEIGHT - BOTTOM + 18, "text-anchor": "middle" };
      add("text", place, show(t));
    }
    const words = $("along").value === "minutes" ? "minutes of training" : "epoch";
    rule(HEIGHT - BOTTOM);
    add("text", { x: width - RIGHT, y: HEIGHT - 4, "text-anchor": "end" }, words);
  }

  function path(run, metric, s) {
    let pen = "M";
    return along(run).map((x, i) => {
      const y = run[metric][i];
      const to = y === null ? "" : `${pen}${s.x(x).toFixed(1)} ${s.y(y).toFixed(1)}`;
      pen = y === null ? "M" : "L";
      return to;
    }).join("");
  }

  // The value at the place nearest to x (of the axis); without x the last there is.
  function reading(run, metric, x) {
    const xs = along(run);
    if (x !== null && x > xs[xs.length - 1]) return "ended";
    let best = -1;
    run[metric].forEach((y, i) => {
      if (y === null) return;
      const nearer = best < 0 || Math.abs(xs[i] - x) <= Math.abs(xs[best] - x);
      if (x === null || nearer) best = i;
    });
    return best < 0 ? "" : show(run[metric][best]);
  }

  function draw() {
    if (!drawable.length) return;
    const list = chosen(), metric = $("metric").value;
    const width = Math.max(280, $("plot").clientWidth);
    const words = METRICS.find(([key]) => key === metric)[1];
    const svg = make("svg", {
      viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: "img",
      "aria-label": `${words} of ${list.length} runs, epoch by epoch`,
    }, "", SVG);
    $("plot").replaceChildren(svg);
    $("legend").replaceChildren();
    chart = null;
    if (!list.length) {
      const hint = "No curve is chosen: tick the boxes before the names of the runs.";
      $("plot").replaceChildren(make("p", { class: "note" }, hint));
      $("at").textContent = "";
      return;
    }
    const s = scales(list, metric, width);
    axes(svg, s, width);
    const upright = { y1: TOP, y2: HEIGHT - BOTTOM, class: "cursor" };
    const cursor = make("line", upright, "", SVG);
    svg.append(cursor);
    for (const run of list) {
      run.line = make("path", { d: path(run, metric, s), class: "curve" }, "", SVG);
      run.line.style.stroke = run.colour;
      run.line.style.strokeDasharray = run.dash;
      svg.append(run.line);
    }
    chart = { svg, s, list, metric, cursor, width };
    list.forEach(addLegend);
    read(null);
  }

  function addLegend(run) {
    const item = make("li");
    const mark = make("svg", { width: 26, height: 10, "aria-hidden": "true" }, "", SVG);
    const line = make("line", { x1: 1, x2: 25, y1: 5, y2: 5, class: "curve" }, "", SVG);
    line.style.stroke = run.colour;
    line.style.strokeDasharray = run.dash;
    mark.append(line);
    run.said = make("output");
    item.append(mark, make("span", {}, run.name), run.said);
    item.addEventListener("pointerenter", () => highlight(run));
    item.addEventListener("pointerleave", () => highlight(null));
    $("legend").append(item);
  }

  function highlight(one) {
    if (!chart) return;
    const alone = chart.list.includes(one);
    for (const run of chart.list)
      run.line.classList.toggle("faded", alone && run !== one);
  }

  function read(x) {
    const { s, list, metric, cursor } = chart;
    for (const run of list) run.said.textContent = reading(run, metric, x);
    cursor.style.visibility = x === null ? "hidden" : "visible";
    if (x !== null) {
      cursor.setAttribute("x1", s.x(x));
      cursor.setAttribute("x2", s.x(x));
    }
    const place = $("along").value === "minutes" && x !== null
      ? `${x.toFixed(1)} min` : `epoch ${x}`;
    $("at").textContent = `values at ${x === null ? "the end of each curve" : place}`;
  }

  $("plot").addEventListener("pointermove", (event) => {
    if (!chart) return;
    const box = chart.svg.getBoundingClientRect();
    const share = (event.clientX - box.left - LEFT) / (chart.width - LEFT - RIGHT);
    const { left, right } = chart.s;
    const x = left + Math.min(1, Math.max(0, share)) * (right - left);
    read($("along").value === "minutes" ? x : Math.round(x));
  });
  $("plot").addEventListener("pointerleave", () => { if (chart) read(null); });

  // ---- now that all is ready, it takes the place of the picture
  for (const e of document.querySelectorAll("[data-with-script]")) e.hidden = false;
  $("filter-box").hidden = !filters.length;
  for (const e of document.querySelectorAll("[data-without-script]")) e.hidden = true;
  $("filter-box").open = window.innerWidth > 700 || filters.length < 3;
  if (drawable.length) new ResizeObserver(() => {
    if (!chart || $("plot").clientWidth !== chart.width) draw();
  }).observe($("plot"));
  applyFilters();
})();
