// What a click does in a report: it filters, sorts, and opens a photo. The page is
// complete without it. It fetches nothing, stores nothing, and makes no global name.
(() => {
  "use strict"

  const find = (query, at = document) => at.querySelector(query)
  const all = (query, at = document) => [...at.querySelectorAll(query)]
  const block = document.getElementById("data")
  const data = block ? JSON.parse(block.textContent) : { names: [], photos: [] }
  const { names, photos } = data
  const byId = new Map(photos.map((p, i) => [p.id, i]))
  const percent = x => (100 * x).toFixed(x < 0.1 ? 1 : 0) + "%"
  const plural = (n, word) =>
    `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`

  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties)
    element.append(...children)
    return element
  }

  const button = (text, does, className = "") => {
    const made = make("button", { type: "button", className }, text)
    made.addEventListener("click", does)
    return made
  }

  const onEnter = (element, does) => element.addEventListener("keydown", event => {
    if (event.key !== "Enter" && event.key !== " ") return
    event.preventDefault()
    does()
  })

  // ---- the filter: what is selected, in the address and in words

  const KEYS = ["label", "guess", "trait", "value", "wrong"]
  let filter = {}

  const isFiltered = () => Object.keys(filter).length > 0

  const filterOf = fields => {
    const known = KEYS.filter(k => fields[k] !== undefined && fields[k] !== "")
    const chosen = Object.fromEntries(known.map(k => [k, String(fields[k])]))
    for (const k of ["label", "guess"])
      if (k in chosen && names[parseInt(chosen[k], 10)] === undefined) delete chosen[k]
    return chosen
  }

  const readAddress = () => {
    const hash = location.hash.slice(1)
    if (hash && !hash.includes("=")) return // a link to a section leaves the filter
    filter = filterOf(Object.fromEntries(new URLSearchParams(hash)))
    show()
  }

  const setFilter = fields => {
    filter = filterOf(fields)
    const hash = new URLSearchParams(filter).toString()
    const address = location.href.split("#")[0] + (hash && "#" + hash)
    history.pushState(null, "", address)
    show()
  }

  const isSame = fields => KEYS.every(k => (fields[k] ?? "") === (filter[k] ?? ""))

  const toggle = fields => setFilter(isSame(filterOf(fields)) ? {} : fields)

  const without = (...keys) => setFilter(
    Object.fromEntries(Object.entries(filter).filter(([k]) => !keys.includes(k))))

  const hasTrait = photo => {
    const t = (data.traits || []).findIndex(x => x.name === filter.trait)
    return t >= 0 && data.traits[t].values[photo.slices[t]] === filter.value
  }

  const matches = photo =>
    (filter.label === undefined || photo.label === Number(filter.label)) &&
    (filter.guess === undefined || photo.guess === Number(filter.guess)) &&
    (filter.trait === undefined || hasTrait(photo)) &&
    (filter.wrong === undefined || photo.label !== photo.guess)

  const isWrong = photo => photo.label !== photo.guess

  const chosen = () => photos.filter(isFiltered() ? matches : isWrong)

  // how many photos match in the whole run; null where the page cannot know
  const total = () => {
    if (data.whole) return chosen().length
    if (filter.trait !== undefined) return null
    let n = 0
    data.counts.forEach((row, label) => row.forEach((count, guess) => {
      if (matchesPair(label, guess)) n += count
    }))
    return n
  }

  const matchesPair = (label, guess) => isFiltered()
    ? matches({ label, guess, slices: [] })
    : label !== guess

  const words = () => {
    const found = []
    if (filter.label) found.push([`label: ${names[filter.label]}`, ["label"]])
    if (filter.guess) found.push([`guess: ${names[filter.guess]}`, ["guess"]])
    if (filter.trait)
      found.push([`${filter.trait}: ${filter.value}`, ["trait", "value"]])
    if (filter.wrong) found.push(["mistakes only", ["wrong"]])
    return found
  }

  const countText = () => {
    const n = chosen().length, of = total()
    const noun = isFiltered() && !filter.wrong ? "photo" : "mistake"
    if (of === null) return `${plural(n, noun)} of those kept in this page`
    return n === of ? plural(n, noun)
      : `${n.toLocaleString("en")} of ${plural(of, noun)} kept in this page`
  }

  // ---- the bar with what is selected

  const bar = make("div", { className: "bar", hidden: true })
  bar.setAttribute("role", "region")
  bar.setAttribute("aria-label", "What is selected")

  const chip = ([text, keys]) => {
    const made = button(text, () => without(...keys), "chip")
    made.setAttribute("aria-label", `remove the filter ${text}`)
    return made
  }

  const showBar = () => {
    const mistakes = make("a", { href: "#photos", textContent: `see ${countText()}` })
    mistakes.addEventListener("click", event => {
      event.preventDefault()
      gallery.parentElement.scrollIntoView()
      find("button", gallery)?.focus({ preventScroll: true })
    })
    const wrong = chosen().filter(isWrong).length
    const only = button(
      "mistakes only", () => setFilter({ ...filter, wrong: 1 }), "plain")
    only.hidden = wrong === 0 || wrong === chosen().length
    const clear = button("clear", () => setFilter({}), "plain")
    bar.replaceChildren(...words().map(chip), mistakes, only, clear)
    bar.hidden = !isFiltered()
  }

  // ---- the gallery

  const STEP = 28
  const gallery = document.getElementById("photos")
  const status = make("p", { className: "note" })
  status.setAttribute("role", "status")
  const more = button("", () => fillGallery(gallery.children.length), "plain")
  let listed = []

  const picture = photo => photo.src
    ? make("img", { src: photo.src, alt: "" })
    : make("div", { className: "none", textContent: "no picture" })

  const guessText = photo => isWrong(photo)
    ? `taken for ${names[photo.guess]}`
    : "recognised"

  const said = photo =>
    [names[photo.label], guessText(photo), percent(photo.top[0][1]) + " sure"]

  const caption = (...lines) => make(
    "figcaption", {}, ...lines.map(textContent => make("span", { textContent })))

  const tile = photo => {
    const open = button(picture(photo), () => openPhoto(photo), "open")
    const lines = [...said(photo), photo.id]
    open.setAttribute("aria-label", `open ${lines.join(", ")}`)
    const item = make("li", {}, make("figure", {}, open, caption(...lines)))
    item.dataset.photo = photo.id
    return item
  }

  const fillGallery = from => {
    const next = listed.slice(from, from + STEP)
    gallery.append(...next.map(tile))
    const left = listed.length - from - next.length
    more.textContent = `Show ${Math.min(left, STEP)} more of ${plural(left, "photo")}`
    more.hidden = left < 1
    if (from) gallery.children[from]?.querySelector("button").focus()
  }

  const showGallery = () => {
    listed = chosen()
    gallery.replaceChildren()
    status.textContent = isFiltered()
      ? `${countText()}: ${words().map(w => w[0]).join(", ")}`
      : countText()
    fillGallery(0)
  }

  // ---- what else follows the filter: tables, reasons, matrix, map

  const rowMatches = row => {
    const { label, guess } = row.dataset
    if (label === undefined) return true
    const chosenLabel = filter.label, chosenGuess = filter.guess
    if (guess === undefined)
      return chosenLabel === undefined && chosenGuess === undefined ||
        [chosenLabel, chosenGuess].includes(label)
    return (chosenLabel ?? label) === label && (chosenGuess ?? guess) === guess
  }

  const showTable = table => {
    const rows = all("tbody tr[data-label]", table)
    for (const row of rows) row.hidden = !rowMatches(row)
    const nothing = rows.length > 0 && rows.every(row => row.hidden)
    find("tfoot", table)?.remove()
    if (!nothing) return
    const textContent = "No row is about this selection."
    const cell = make("td", { colSpan: 99, textContent })
    table.append(make("tfoot", {}, make("tr", {}, cell)))
  }

  const showReasons = () => {
    const cases = all("[data-about]")
    for (const part of cases) {
      const photo = photos[byId.get(part.dataset.about)]
      part.hidden = Boolean(photo && isFiltered() && !matches(photo))
    }
    if (cases.length) noReasons.hidden = !cases.every(part => part.hidden)
  }

  const noReasons = make("p", {
    className: "note", hidden: true,
    textContent: "None of the photos explained here is in the selection."
  })

  const showMarks = () => {
    for (const cell of cells)
      cell.element.classList.toggle("on", isFiltered() && isSame(
        { ...filter, label: cell.label, guess: cell.guess }))
    for (const row of all("tr[data-trait]"))
      row.classList.toggle("on", row.dataset.trait === filter.trait &&
        row.dataset.value === filter.value)
    for (const dot of dots) dot.element.classList.toggle("off", !matches(dot.photo))
    for (const item of all(".legend li"))
      item.classList.toggle("on", item.dataset.label === filter.label)
  }

  const show = () => {
    if (!gallery || !photos.length) return
    showBar()
    showGallery()
    all("table").forEach(showTable)
    showReasons()
    showMarks()
  }

  // ---- the confusion matrix

  const cells = []
  let here = null

  const cellText = (label, guess) => {
    const n = data.counts[label][guess]
    const sum = data.counts[label].reduce((a, b) => a + b, 0)
    const verb = label === guess ? "recognised" : `taken for ${names[guess]}`
    const share = `${n} of ${plural(sum, "photo")} (${percent(n / sum)})`
    return `${names[label]} ${verb}: ${share}`
  }

  const addTitle = (element, text) => {
    const title = document.createElementNS(element.namespaceURI, "title")
    title.textContent = text
    element.append(title)
    element.setAttribute("aria-label", text)
    element.setAttribute("role", "button")
  }

  const standOn = cell => {
    here?.element.setAttribute("tabindex", "-1")
    here = cell
    here.element.setAttribute("tabindex", "0")
  }

  const ARROWS = {
    ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]
  }

  // the nearest thing in the direction of an arrow key; sideways counts double
  const nearestTowards = (from, things, [dx, dy]) => {
    let best = null, least = Infinity
    for (const thing of things) {
      const x = thing.x - from.x, y = thing.y - from.y
      const ahead = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx)
      const far = ahead + 2 * aside
      if (ahead > 0.01 && aside <= ahead && far < least) [best, least] = [thing, far]
    }
    return best
  }

  const moveOnMatrix = event => {
    const arrow = ARROWS[event.key]
    if (!arrow) return
    event.preventDefault()
    const next = nearestTowards(here, cells, arrow)
    if (!next) return
    standOn(next)
    next.element.focus()
  }

  const addCell = element => {
    const [label, guess] = element.id.match(/\d+/g).slice(-2)
    const box = element.getBBox()
    const cell = { element, label, guess, x: box.x, y: box.y }
    cells.push(cell)
    addTitle(element, cellText(label, guess))
    element.setAttribute("tabindex", "-1")
    const pick = () => { standOn(cell); toggle({ label, guess }) }
    element.addEventListener("click", pick)
    onEnter(element, pick)
  }

  const addName = element => {
    const [, key, c] = element.id.match(/-(label|guess)-(\d+)$/)
    addTitle(element, `${key}: ${names[c]}`)
    element.addEventListener("click", () => toggle({ [key]: c }))
  }

  const useMatrix = () => {
    all("svg g[id*='-cell-']").forEach(addCell)
    if (!cells.length) return
    const matrix = cells[0].element.ownerSVGElement
    matrix.classList.add("matrix")
    matrix.setAttribute("role", "group")
    all("g[id*='-label-'], g[id*='-guess-']", matrix).forEach(addName)
    matrix.addEventListener("keydown", moveOnMatrix)
    standOn(cells[0])
    hint(matrix, "Click a cell or a name for its photos, or use Tab, arrows and Enter.")
  }

  const hint = (element, text) => {
    const words = element.closest("figure")?.querySelector("figcaption")
    words?.append(make("span", { className: "hint", textContent: " " + text }))
  }

  // ---- tables: sort by a column, filter by a row

  const valueOf = cell => {
    const text = (cell?.textContent ?? "").trim()
    const number = Number(text.replace(/[,%]/g, ""))
    return text === "" || Number.isNaN(number) ? text : number
  }

  const compare = (a, b) => {
    if (a === b) return 0
    if (a === "" || b === "") return a === "" ? Infinity : -Infinity // comes last
    if (typeof a === "number" && typeof b === "number") return a - b
    return String(a).localeCompare(String(b), "en", { numeric: true })
  }

  const sortBy = (table, column, direction) => {
    const body = table.tBodies[0]
    const order = row => Number(row.dataset.order)
    const rows = [...body.rows].sort((one, two) => {
      const [a, b] = [one, two].map(row => valueOf(row.cells[column]))
      const d = direction && compare(a, b)
      return (Number.isFinite(d) ? d * direction : d) || order(one) - order(two)
    })
    body.append(...rows)
  }

  const SORTED = { 0: "none", 1: "ascending", "-1": "descending" }

  const addSorting = table => {
    const heads = all("thead th", table)
    ;[...table.tBodies[0].rows].forEach((row, i) => { row.dataset.order = i })
    heads.forEach((head, column) => {
      const first = head.classList.contains("n") ? -1 : 1
      const next = { none: first, [SORTED[first]]: -first, [SORTED[-first]]: 0 }
      const sort = () => {
        const direction = next[head.getAttribute("aria-sort") ?? "none"]
        for (const other of heads) other.setAttribute("aria-sort", "none")
        head.setAttribute("aria-sort", SORTED[direction])
        sortBy(table, column, direction)
      }
      head.setAttribute("aria-sort", "none")
      head.replaceChildren(button(head.textContent, sort, "sort"))
    })
  }

  const addPicking = row => {
    const { label, guess, trait, value } = row.dataset
    const pick = () => toggle({ label, guess, trait, value })
    const cell = row.cells[0]
    row.classList.add("pick")
    row.addEventListener("click", pick)
    cell.replaceChildren(button(cell.textContent, () => {}, "plain"))
  }

  // ---- the map

  const NEAR = 18 // px of the screen
  const map = document.getElementById("map")
  const dots = []
  const tip = make("div", { className: "tip", hidden: true })
  let now = null

  const onScreen = dot => {
    const at = map.getScreenCTM()
    return { x: at.a * dot.x + at.e, y: at.d * dot.y + at.f }
  }

  const dotAt = event => {
    let best = null, least = NEAR
    for (const dot of dots) {
      if (dot.element.classList.contains("off")) continue
      const { x, y } = onScreen(dot)
      const far = Math.hypot(x - event.clientX, y - event.clientY)
      if (far < least) [best, least] = [dot, far]
    }
    return best
  }

  const pointAt = dot => {
    now?.element.classList.remove("now")
    now = dot
    map?.classList.toggle("over", Boolean(dot))
    tip.hidden = !dot
    if (!dot) return
    dot.element.classList.add("now")
    const { photo } = dot
    tip.replaceChildren(make("figure", {}, picture(photo), caption(...said(photo))))
    const { x, y } = onScreen(dot)
    const wide = tip.offsetWidth, high = tip.offsetHeight
    const left = x + 14 + wide > innerWidth ? x - 14 - wide : x + 14
    const top = Math.min(Math.max(8, y - high / 2), innerHeight - high - 8)
    tip.style.left = Math.max(8, left) + "px"
    tip.style.top = top + "px"
  }

  const onMapKey = event => {
    const arrow = ARROWS[event.key]
    if (event.key === "Escape") pointAt(null)
    if (event.key === "Enter" && now) openPhoto(now.photo)
    if (!arrow) return
    event.preventDefault()
    const bright = dots.filter(dot => !dot.element.classList.contains("off"))
    const next = now ? nearestTowards(now, bright, arrow) : bright[0]
    if (next) pointAt(next)
  }

  const useLegend = item => {
    const pick = button("", () => toggle({ label: item.dataset.label }), "plain")
    pick.append(...item.childNodes)
    item.append(pick)
  }

  const useMap = () => {
    for (const element of all("circle", map)) {
      const [x, y] = ["cx", "cy"].map(name => Number(element.getAttribute(name)))
      dots.push({ element, x, y, photo: photos[element.dataset.i] })
    }
    map.setAttribute("tabindex", "0")
    map.setAttribute("role", "application")
    map.addEventListener("pointermove", event => pointAt(dotAt(event)))
    map.addEventListener("pointerleave", () => pointAt(null))
    map.addEventListener("blur", () => pointAt(null))
    map.addEventListener("keydown", onMapKey)
    map.addEventListener("click", event => {
      const dot = dotAt(event)
      if (dot) openPhoto(dot.photo)
    })
    all(".legend li").forEach(useLegend)
    document.body.append(tip)
    hint(map, "Point at a dot for its photo, click it for more, or use arrows, Enter.")
  }

  // ---- a photo, large

  const large = make("dialog", { className: "large" })
  let opened = null // the photo
  let opener = null // what had the focus before
  let place = 0

  const decode = text => Uint8Array.from(atob(text), c => c.charCodeAt(0))

  // a map as pixels: orange, as opaque as the network saw something
  const heatPixels = text => {
    const [height, width] = data.grid
    const canvas = make("canvas", { width, height })
    const pixels = new ImageData(width, height)
    decode(text).forEach((v, i) => pixels.data.set([217, 114, 43, v * 0.75], 4 * i))
    canvas.getContext("2d").putImageData(pixels, 0, 0)
    return canvas
  }

  // the photo in grey, and over it the map, stretched to the photo's shape
  const heatView = (photo, text) => {
    const image = picture(photo), layer = make("canvas")
    image.addEventListener("load", () => {
      layer.width = image.naturalWidth
      layer.height = image.naturalHeight
      const pen = layer.getContext("2d")
      pen.imageSmoothingQuality = "high"
      pen.drawImage(heatPixels(text), 0, 0, layer.width, layer.height)
    })
    return make("div", { className: "heat" }, image, layer)
  }

  const figure = (content, text) => make(
    "figure", {}, content, make("figcaption", { textContent: text }))

  const views = photo => {
    const found = [figure(picture(photo), photo.id)]
    const classes = [photo.guess, photo.label]
    ;(photo.heat || []).forEach((text, i) => {
      const words = `what spoke for ${names[classes[i]]}`
      found.push(figure(heatView(photo, text), words))
    })
    return make("div", { className: "views" }, ...found)
  }

  const topFive = photo => {
    const rows = photo.top.map(([c, p]) => {
      const name = make("span", { textContent: names[c] })
      const length = make("i", { className: c === photo.label ? "own" : "" })
      length.style.width = `max(2px, ${100 * p}%)`
      const track = make("span", { className: "track" }, length)
      return make("li", {}, name, track, make("b", { textContent: percent(p) }))
    })
    const title = "Its five likeliest classes; blue is the label"
    const list = make("ol", { className: "top" }, ...rows)
    return [make("h3", { textContent: title }), list]
  }

  const neighbours = photo => {
    if (!photo.near?.length) return []
    const items = photo.near.map(([i, likeness]) => {
      const other = photos[i]
      const open = button(picture(other), () => openPhoto(other), "open")
      open.setAttribute("aria-label", `open ${names[other.label]}, ${other.id}`)
      const lines = [names[other.label], `${likeness.toFixed(3)} alike`]
      return make("li", {}, make("figure", {}, open, caption(...lines)))
    })
    const title = make("h3", { textContent: "The photos it takes for most alike" })
    return [title, make("ul", { className: "photos" }, ...items)]
  }

  const step = by => {
    if (!listed.length) return
    const at = listed.indexOf(opened)
    place = at < 0 ? place : at
    const next = listed[(place + by + listed.length) % listed.length]
    openPhoto(next)
  }

  const largeHead = photo => {
    const text = isWrong(photo)
      ? `${names[photo.label]}, taken for ${names[photo.guess]}`
      : `${names[photo.label]}, recognised`
    const at = listed.indexOf(photo)
    const where = at < 0 ? "" : `${at + 1} of ${listed.length.toLocaleString("en")}`
    const back = button("←", () => step(-1), "round")
    const on = button("→", () => step(1), "round")
    const close = button("×", () => large.close(), "round")
    back.setAttribute("aria-label", "the photo before")
    on.setAttribute("aria-label", "the next photo")
    close.setAttribute("aria-label", "close")
    const title = make("h2", { textContent: text, id: "large-title" })
    const note = make("span", { className: "note" }, where)
    return make("header", {}, title, note, back, on, close)
  }

  const openPhoto = photo => {
    opened = photo
    pointAt(null)
    const below = [topFive(photo), neighbours(photo)].map(x => make("div", {}, ...x))
    const columns = make("div", { className: "columns" }, ...below)
    large.replaceChildren(largeHead(photo), views(photo), columns)
    if (!large.open) {
      opener = document.activeElement
      large.showModal()
    }
    large.scrollTop = 0
    all("button.round", large).at(-1).focus()
  }

  const onLargeKey = event => {
    if (event.key === "ArrowLeft") step(-1)
    if (event.key === "ArrowRight") step(1)
  }

  // the browser gives the focus back to the opener; in the gallery it goes on to the
  // photo that was looked at last
  const backToTile = () => {
    if (!gallery.contains(opener)) return
    const item = all("li", gallery).find(x => x.dataset.photo === opened.id)
    if (item) find("button", item).focus()
  }

  const useLarge = () => {
    large.setAttribute("aria-labelledby", "large-title")
    large.addEventListener("keydown", onLargeKey)
    large.addEventListener("close", backToTile)
    large.addEventListener("click", event => {
      if (event.target === large) large.close() // beside the content
    })
    document.body.append(large)
  }

  // photos outside the gallery open, too, where the page keeps them
  const useThumbnail = item => {
    const photo = photos[byId.get(item.dataset.photo)], image = find("img", item)
    if (!photo || !image || item.closest("#photos")) return
    const open = button("", () => openPhoto(photo), "open")
    open.setAttribute("aria-label", `open ${image.alt}`)
    image.replaceWith(open)
    open.append(image)
  }

  // ---- the page

  const usePhotos = () => {
    gallery.before(status)
    gallery.after(more)
    find("[data-about]")?.before(noReasons)
    document.body.append(bar)
    useLarge()
    useMatrix()
    all("li[data-photo]").forEach(useThumbnail)
    all("tr[data-label], tr[data-trait]").forEach(addPicking)
    if (map) useMap()
    addEventListener("hashchange", readAddress)
    addEventListener("popstate", readAddress)
    readAddress()
  }

  all("table").filter(table => table.tBodies[0]).forEach(addSorting)
  if (gallery && photos.length) usePhotos()
})()
