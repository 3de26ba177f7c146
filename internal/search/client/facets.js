/* global directory */

const names = directory.filters;

// valuesOf gives the values of a facet that a unit has.
function valuesOf(columns, name, unit) {
  const finding = unit >= directory.entries;
  const id = finding ? unit - directory.entries : unit;
  if (name === "kind" && finding) return ["findings"];
  if (name === "valence" && !finding) return [];
  const column = finding && name === "topic" ? columns.topics : columns[name];
  const own = name === "topic" || name === "valence";
  const text = columns.names[name][column[finding && !own ? columns.parents[id] : id]];
  return text ? text.split("\n") : [];
}

// filtered gives the units that pass all filters, and of each facet how many units have each value and pass the filters
// of the other facets.
export function filtered(columns, units, filters) {
  const wanted = new Map(names.map((name) => [name, [filters[name] ?? []].flat().map(String)]));
  const facets = Object.fromEntries(names.map((name) => [name, {}]));
  const passing = [];
  for (const unit of units) {
    const values = names.map((name) => valuesOf(columns, name, unit));
    const failed = names.filter((name, i) => wanted.get(name).length && !wanted.get(name).some((v) => values[i].includes(v)));
    if (!failed.length) passing.push(unit);
    names.forEach((name, i) => {
      if (failed.some((other) => other !== name)) return;
      for (const value of values[i]) facets[name][value] = (facets[name][value] ?? 0) + 1;
    });
  }
  return { passing, facets };
}

// filtering says whether there is anything to filter by.
export const filtering = (given) => names.some((name) => [given[name] ?? []].flat().length);
